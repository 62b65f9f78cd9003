import { LightningElement, api, wire } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import timeZone from '@salesforce/i18n/timeZone';
import sendInvoice from '@salesforce/apex/TrueupInvoiceController.sendInvoice';
import EMAIL from '@salesforce/schema/Trueup_Invoice__c.Bill_To_Email__c';
import NAME from '@salesforce/schema/Trueup_Invoice__c.Name';
import SENT_AT from '@salesforce/schema/Trueup_Invoice__c.Sent_At__c';
import { Follower, runOperation } from 'c/trueupFollowOperation';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const STEPS = ['sent'];

/** Has Stripe e-mail an invoice to the customer, once more if it was sent before. */
export default class TrueupSendInvoice extends LightningElement {
  /** Invoice to send. */
  @api recordId;

  label = LABEL;
  timeZone = timeZone;
  expectedSteps = STEPS;
  record;
  loadError;
  refusal = {};
  progress;

  @wire(getRecord, { recordId: '$recordId', fields: [NAME], optionalFields: [EMAIL, SENT_AT] })
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

  get question() {
    const email = getFieldValue(this.record, EMAIL);
    const name = getFieldValue(this.record, NAME);
    return email ? formatLabel(LABEL.sendTo, name, email) : formatLabel(LABEL.noEmail, name);
  }

  get sentAt() {
    return getFieldValue(this.record, SENT_AT);
  }

  get closeLabel() {
    return this.progress ? LABEL.close : LABEL.cancel;
  }

  handleClose() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async handleSend() {
    if (this.progress) {
      return;
    }
    this.refusal = {};
    this.progress = { state: 'running', steps: [] };
    this.follower = new Follower((payload) => payload.Invoice_Id__c === this.recordId);
    const last = await runOperation(
      () => sendInvoice({ invoiceId: this.recordId }),
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
    const message = formatLabel(LABEL.sentMessage, getFieldValue(this.record, NAME));
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.sent, message, variant: 'success' }));
    this.dispatchEvent(new CloseActionScreenEvent());
  }
}
