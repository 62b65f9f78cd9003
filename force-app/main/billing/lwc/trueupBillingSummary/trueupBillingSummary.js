import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { RefreshEvent } from 'lightning/refresh';
import { refreshApex } from '@salesforce/apex';
import getSummary from '@salesforce/apex/TrueupBillingSummaryController.getSummary';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { formatLabel } from 'c/trueupFormatLabel';
import { invoicePage } from 'c/trueupInvoicePage';
import { LABEL } from './labels';

/** What was billed, paid, is open and left to bill on an Account, Opportunity or Order, with its invoices. Live. */
export default class TrueupBillingSummary extends NavigationMixin(LightningElement) {
  /** Account, Opportunity or Order whose page this is. */
  @api recordId;

  /** API name of the record's object. */
  @api objectApiName;

  label = LABEL;
  liveMode = 'live';
  summary;
  error;
  invoices = [];

  @wire(getSummary, { sourceId: '$recordId' })
  takeSummary(result) {
    this.wired = result;
    if (result.data) {
      this.summary = result.data;
      this.linkInvoices(result.data.invoices ?? []);
    }
    this.error = result.error;
  }

  connectedCallback() {
    this.stopWatching = watchBillingEvents({
      matches: (payload) => this.concerns(payload),
      onChange: () => this.handleNews(),
      onMode: (mode) => {
        this.liveMode = mode;
      },
    });
  }

  disconnectedCallback() {
    this.stopWatching();
  }

  get isLoading() {
    return !this.summary && !this.error;
  }

  get isEmpty() {
    return this.summary.invoiceCount === 0 && this.invoices.length === 0;
  }

  get hasOrdered() {
    return this.summary.ordered > 0;
  }

  get amounts() {
    const { billed, paid, open, left } = this.summary;
    return [
      { key: 'billed', label: LABEL.billed, value: billed },
      { key: 'paid', label: LABEL.paid, value: paid },
      { key: 'open', label: LABEL.open, value: open },
      { key: 'left', label: LABEL.left, value: left, help: LABEL.leftHelp },
    ].filter((amount) => amount.value !== undefined && amount.value !== null);
  }

  /** Percent, for the eye alone: no amount is computed here. */
  get billedShare() {
    const { ordered, left } = this.summary;
    return Math.max(0, Math.min(100, Math.round(100 - (100 * left) / ordered)));
  }

  get shareText() {
    return formatLabel(LABEL.billedOfOrdered, this.billedShare);
  }

  get shareStyle() {
    return `width: ${this.billedShare}%`;
  }

  get otherCurrencies() {
    const codes = this.summary.otherCurrencies ?? [];
    return codes.length > 0 ? formatLabel(LABEL.otherCurrencies, codes.join(', ')) : '';
  }

  /** The page's related lists show the same invoices. */
  handleNews() {
    this.handleRefresh();
    this.dispatchEvent(new RefreshEvent());
  }

  handleRefresh() {
    return this.wired && refreshApex(this.wired);
  }

  handleOpen(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](invoicePage(event.currentTarget.dataset.id));
  }

  /** Events name the record an invoice was issued from: an account or opportunity also bills through records below it. */
  concerns(payload) {
    return this.objectApiName !== 'Order' || payload.Source_Id__c === this.recordId;
  }

  async linkInvoices(invoices) {
    const urls = await Promise.all(invoices.map((invoice) => this[NavigationMixin.GenerateUrl](invoicePage(invoice.Id))));
    this.invoices = invoices.map((invoice, index) => ({ ...invoice, url: urls[index] }));
  }
}
