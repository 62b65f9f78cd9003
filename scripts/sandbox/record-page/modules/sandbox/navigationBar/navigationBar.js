import { LightningElement, api } from 'lwc';
import { go } from 'sandbox/router';
import { currentApp, tabsOf } from 'sandbox/session';

/** Rough width of a tab in the widest font a machine falls back to; what does not fit goes under "More", as on the platform. */
const WIDTH_PER_LETTER = 9;
const PADDING = 26;
const RESERVED = 330;

/** App launcher, app name and the tabs of the app. */
export default class NavigationBar extends LightningElement {
  @api reference;
  app = currentApp();
  width = window.innerWidth;
  resized = () => {
    this.width = window.innerWidth;
  };

  connectedCallback() {
    window.addEventListener('resize', this.resized);
  }

  disconnectedCallback() {
    window.removeEventListener('resize', this.resized);
  }

  get tabs() {
    return tabsOf(this.app).map((tab) => {
      const active = Boolean(this.reference && tab.matches(this.reference));
      return { ...tab, itemClass: `slds-context-bar__item${active ? ' slds-is-active' : ''}`, current: active ? 'page' : undefined };
    });
  }

  get visibleCount() {
    let room = this.width - RESERVED;
    return this.tabs.findIndex(({ label }) => {
      room -= label.length * WIDTH_PER_LETTER + PADDING;
      return room < 0;
    });
  }

  get visibleTabs() {
    return this.visibleCount < 0 ? this.tabs : this.tabs.slice(0, this.visibleCount);
  }

  get moreTabs() {
    return this.visibleCount < 0 ? [] : this.tabs.slice(this.visibleCount);
  }

  get hasMore() {
    return this.moreTabs.length > 0;
  }

  handleMore(event) {
    go(event.detail.value);
  }
}
