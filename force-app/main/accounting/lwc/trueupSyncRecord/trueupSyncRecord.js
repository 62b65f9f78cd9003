import { LightningElement, api, wire } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import syncRecord from '@salesforce/apex/TrueupSyncController.syncRecord';
import ACCOUNT_NAME from '@salesforce/schema/Account.Name';
import INVOICE_NAME from '@salesforce/schema/Trueup_Invoice__c.Name';
import { formatLabel } from 'c/trueupFormatLabel';
import { askFor } from 'c/trueupReadRefusal';
import { EXPLAINED, LABEL } from './labels';

const NAMES = [ACCOUNT_NAME, INVOICE_NAME];

/** Has an invoice or an account looked at again in Stripe and QuickBooks. */
export default class TrueupSyncRecord extends LightningElement {
  /** Invoice or account to look at. */
  @api recordId;
  /** Which of the two it is. */
  @api objectApiName;

  label = LABEL;
  record;
  loadError;
  refusal = {};
  isBusy = false;

  @wire(getRecord, { recordId: '$recordId', fields: '$fields' })
  takeRecord({ data, error }) {
    this.record = data ?? this.record;
    this.loadError = error;
  }

  get fields() {
    return NAMES.filter(({ objectApiName }) => objectApiName === this.objectApiName);
  }

  get isLoading() {
    return !this.record && !this.loadError;
  }

  get name() {
    return getFieldValue(this.record, this.fields[0]);
  }

  get explained() {
    const isInvoice = this.objectApiName === INVOICE_NAME.objectApiName;
    return formatLabel(isInvoice ? EXPLAINED.invoice : EXPLAINED.account, this.name);
  }

  handleClose() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async handleSync() {
    this.isBusy = true;
    this.refusal = {};
    const { answer, refusal } = await askFor(() => syncRecord({ recordId: this.recordId }));
    this.isBusy = false;
    // Done for the whole list, which was this one record: what is left out of it was not asked for.
    this.refusal = refusal ?? (answer.queued === 0 ? { problems: answer.problems } : {});
    if (!this.refusal.problems && !this.refusal.error) {
      this.finish();
    }
  }

  finish() {
    const message = formatLabel(LABEL.askedMessage, this.name);
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.asked, message, variant: 'success' }));
    this.handleClose();
  }
}
