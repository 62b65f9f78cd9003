import { LightningElement, api } from 'lwc';
import { LABEL } from './labels';

/** What the books would receive for an invoice, before and after a change of mappings. Fires `invoicechange` with `{ value }`. */
export default class TrueupMappingPreview extends LightningElement {
  /** The invoices to choose from, as the selector reads them. */
  @api invoices = [];
  @api invoiceId;
  /** Answer of preview-mapping: `{ problems, payloads: [{ object, rows }] }`; absent while it is on its way. */
  @api preview;

  label = LABEL;
  isOnlyChanges = true;

  get hasInvoices() {
    return this.invoices.length > 0;
  }

  get choices() {
    return this.invoices.map(({ Id, Name, Number__c: number, Account__r: account }) => ({
      value: Id,
      label: [number ?? Name, account?.Name].filter(Boolean).join(' - '),
    }));
  }

  /** They are shown in words here; their fields are those of the form above. */
  get problems() {
    return (this.preview?.problems ?? []).map(({ message, action }) => ({ message, action }));
  }

  get payloads() {
    return (this.preview?.payloads ?? [])
      .map(({ object, rows }) => ({
        object,
        rows: rows
          .filter(({ changed }) => changed || !this.isOnlyChanges)
          .map((row) => ({
            ...row,
            before: row.before ?? LABEL.nothing,
            after: row.after ?? LABEL.nothing,
            className: row.changed ? 'changed' : '',
          })),
      }))
      .filter(({ rows }) => rows.length > 0);
  }

  get isUnchanged() {
    return Boolean(this.preview) && this.payloads.length === 0;
  }

  handleInvoice(event) {
    this.dispatchEvent(new CustomEvent('invoicechange', { detail: { value: event.detail.value } }));
  }

  handleOnlyChanges(event) {
    this.isOnlyChanges = event.target.checked;
  }
}
