import { LightningElement, api, wire } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { formatLabel } from 'c/trueupFormatLabel';
import { FIELDS, invoiceOf, OPTIONAL_FIELDS } from './fields';
import { LABEL } from './labels';

/** Where an invoice stands in the three systems: status, amounts, links, and how fresh each system's data is. Live. */
export default class TrueupInvoiceStatus extends LightningElement {
  /** Invoice whose page this is. */
  @api recordId;

  label = LABEL;
  liveMode = 'live';
  invoice;
  error;

  @wire(getRecord, { recordId: '$recordId', fields: FIELDS, optionalFields: OPTIONAL_FIELDS })
  takeRecord({ data, error }) {
    if (data) {
      this.invoice = invoiceOf(data);
    }
    this.error = error;
  }

  connectedCallback() {
    this.stopWatching = watchBillingEvents({
      matches: (payload) => payload.Invoice_Id__c === this.recordId,
      onChange: () => this.refresh(),
      onMode: (mode) => {
        this.liveMode = mode;
      },
    });
  }

  disconnectedCallback() {
    this.stopWatching();
  }

  /** The record, and with it the page's other components: payments come as related records. */
  refresh() {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    this.dispatchEvent(new RefreshEvent());
  }

  get isLoading() {
    return !this.invoice && !this.error;
  }

  get amounts() {
    const { total, paid, credited, due } = this.invoice;
    return [
      { key: 'total', label: LABEL.total, value: total },
      { key: 'paid', label: LABEL.paid, value: paid },
      { key: 'credited', label: LABEL.credited, value: credited || undefined },
      { key: 'due', label: LABEL.amountDue, value: due },
    ]
      .filter((amount) => amount.value !== undefined)
      .map((amount) => ({ ...amount, labelKey: `${amount.key}-label` }));
  }

  get links() {
    const { pdfLink, stripe, quickbooks } = this.invoice;
    return [
      { key: 'pdf', label: LABEL.openPdf, url: pdfLink },
      { key: 'stripe', label: formatLabel(LABEL.openIn, LABEL.stripe), url: stripe.url },
      { key: 'quickbooks', label: formatLabel(LABEL.openIn, LABEL.quickbooks), url: quickbooks.url },
    ].filter((link) => link.url);
  }

  get systems() {
    const { salesforceAsOf, stripe, quickbooks } = this.invoice;
    return [
      { key: 'salesforce', label: LABEL.salesforce, asOf: salesforceAsOf },
      { key: 'stripe', label: LABEL.stripe, asOf: stripe.asOf },
      { key: 'quickbooks', label: LABEL.quickbooks, asOf: quickbooks.asOf },
    ].map((system) => ({ ...system, labelKey: `${system.key}-label`, asOf: system.asOf && new Date(system.asOf) }));
  }
}
