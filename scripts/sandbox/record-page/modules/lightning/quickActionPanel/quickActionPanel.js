import { LightningElement, api } from 'lwc';

/** Header, body and footer of a screen quick action. The modal around it takes the header as its name. */
export default class QuickActionPanel extends LightningElement {
  @api header;

  connectedCallback() {
    this.dispatchEvent(new CustomEvent('sandboxactionheader', { bubbles: true, composed: true, detail: this.header }));
  }
}
