import { LightningElement, api } from 'lwc';

/** Runs a quick action: a screen action in a modal until it closes itself, a headless one by its `invoke`. Fires `close`. */
export default class QuickAction extends LightningElement {
  @api action;
  @api recordId;
  @api objectApiName;
  header;

  get label() {
    return this.header || this.action.label;
  }

  handleHeader(event) {
    this.header = event.detail;
  }

  async handleHeadless(event) {
    await event.detail.invoke();
    this.handleClose();
  }

  handleClose(event) {
    event?.stopPropagation();
    this.dispatchEvent(new CustomEvent('close'));
  }
}
