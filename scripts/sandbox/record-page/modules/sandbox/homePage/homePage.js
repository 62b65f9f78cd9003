import { LightningElement } from 'lwc';
import { registry } from '@sandbox/registry';
import { isVisible } from 'sandbox/criteria';
import { currentApp } from 'sandbox/session';

const HALVES = ['bottomLeft', 'bottomRight'];

/** Home of the app, from the Lightning page the app activates for it. */
export default class HomePage extends LightningElement {
  page = registry.pages[currentApp().pages['standard-home']];

  connectedCallback() {
    document.title = 'Home | Sandbox';
  }

  get main() {
    return Object.entries(this.page.regions)
      .filter(([name, { facet, components }]) => !facet && name !== 'sidebar' && components.some(({ visibility }) => isVisible(visibility)))
      .map(([name]) => ({
        name,
        columnClass: `slds-col slds-m-bottom_small slds-size_1-of-1 ${HALVES.includes(name) ? 'slds-medium-size_1-of-2' : ''}`,
      }));
  }
}
