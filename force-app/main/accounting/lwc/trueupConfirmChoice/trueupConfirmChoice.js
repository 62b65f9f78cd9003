import { LightningElement, api } from 'lwc';
import CANCEL from '@salesforce/label/c.Trueup_Cancel';

/** Says what a choice will do before it is done. Fires `confirm`, or `cancel` (Escape too). Takes the focus when it appears. */
export default class TrueupConfirmChoice extends LightningElement {
  /** What is asked, as a heading. */
  @api question;

  /** What will happen: `[{ key, says }]`. */
  @api consequences = [];

  /** Text of the button that does it. */
  @api confirmLabel;

  /** While it is being done nothing can be pressed. */
  @api isBusy = false;

  /** How far it is, while it is being done. */
  @api progress;

  cancelLabel = CANCEL;

  renderedCallback() {
    if (!this.hasTakenFocus) {
      this.hasTakenFocus = true;
      this.template.querySelector('[data-id="question"]').focus();
    }
  }

  get isWorking() {
    return this.isBusy && Boolean(this.progress);
  }

  handleKey(event) {
    if (event.key === 'Escape' && !this.isBusy) {
      event.stopPropagation();
      this.handleCancel();
    }
  }

  handleConfirm() {
    this.dispatchEvent(new CustomEvent('confirm'));
  }

  handleCancel() {
    this.dispatchEvent(new CustomEvent('cancel'));
  }
}
