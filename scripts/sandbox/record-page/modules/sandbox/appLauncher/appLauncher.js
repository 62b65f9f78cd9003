import { LightningElement, api } from 'lwc';
import { currentApp, openableApps, openApp, tabsOf } from 'sandbox/session';

/** The waffle: the package's apps, and every tab of the open one. */
export default class AppLauncher extends LightningElement {
  /** Name of the open app. */
  @api current;
  open = false;

  get expanded() {
    return String(this.open);
  }

  get apps() {
    return openableApps().map((app) => ({ ...app, current: app.name === this.current ? 'true' : undefined }));
  }

  get items() {
    return tabsOf(currentApp());
  }

  handleToggle() {
    this.open = !this.open;
  }

  handleKey(event) {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.template.querySelector('button').focus();
  }

  handleFocusOut(event) {
    if (event.relatedTarget && !this.template.contains(event.relatedTarget)) this.open = false;
  }

  handleApp(event) {
    openApp(event.currentTarget.dataset.app);
  }

  handleItem() {
    this.open = false;
  }
}
