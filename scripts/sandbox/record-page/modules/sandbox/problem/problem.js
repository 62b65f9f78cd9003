import { LightningElement, api } from 'lwc';

/** A page that cannot be shown: what happened and what to do. */
export default class Problem extends LightningElement {
  @api title;
  @api message;

  connectedCallback() {
    document.title = `${this.title} | Sandbox`;
  }
}
