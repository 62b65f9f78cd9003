import { LightningElement, api, wire } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import voidInvoice from '@salesforce/apex/TrueupInvoiceController.voidInvoice';
import NAME from '@salesforce/schema/Trueup_Invoice__c.Name';
import { Follower, runOperation } from 'c/trueupFollowOperation';
import { formatLabel } from 'c/trueupFormatLabel';
import { CONSEQUENCE_LIST, LABEL } from './labels';

const STEPS = ['checked', 'stripe', 'quickbooks', 'written-back'];

/** Voids an unpaid invoice in Stripe, then in QuickBooks, for a reason the person gives. Shows first what that means. */
export default class TrueupVoidInvoice extends LightningElement {
  /** Invoice to void. */
  @api recordId;

  label = LABEL;
  expectedSteps = STEPS;
  consequences = CONSEQUENCE_LIST;
  record;
  loadError;
  reason = '';
  refusal = {};
  progress;

  @wire(getRecord, { recordId: '$recordId', fields: [NAME] })
  takeRecord({ data, error }) {
    this.record = data ?? this.record;
    this.loadError = error;
  }

  disconnectedCallback() {
    this.follower?.stop();
  }

  get isLoading() {
    return !this.record && !this.loadError;
  }

  get isForm() {
    return Boolean(this.record) && !this.progress;
  }

  get name() {
    return getFieldValue(this.record, NAME);
  }

  get heading() {
    return formatLabel(LABEL.consequences, this.name);
  }

  get closeLabel() {
    return this.progress ? LABEL.close : LABEL.cancel;
  }

  handleReason(event) {
    this.reason = event.detail.value;
  }

  handleClose() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async handleVoid() {
    const reason = this.reason.trim();
    if (this.progress || !reason) {
      this.template.querySelector('lightning-textarea')?.reportValidity();
      return;
    }
    this.refusal = {};
    this.progress = { state: 'running', steps: [] };
    this.follower = new Follower((payload) => payload.Invoice_Id__c === this.recordId);
    const last = await runOperation(
      () => voidInvoice({ invoiceId: this.recordId, reason }),
      this.follower,
      (answer) => {
        this.progress = answer;
      },
    );
    this.follower.stop();
    if (last?.state === 'done') {
      this.finish();
    } else if (['rejected', 'refused', 'compensated'].includes(last?.state)) {
      this.backToForm(last);
    }
  }

  backToForm({ problems, error }) {
    this.refusal = { problems, error: error ?? (problems.length > 0 ? undefined : LABEL.noReason) };
    this.progress = undefined;
  }

  finish() {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    const message = formatLabel(LABEL.voidedMessage, this.name);
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.voided, message, variant: 'success' }));
    this.dispatchEvent(new CloseActionScreenEvent());
  }
}
