import { LightningElement, api } from 'lwc';
import { textOfField } from 'c/trueupInvoiceProblems';
import { DELIVERY_OPTIONS, LABEL } from './labels';

const NO_CONTACT = 'none';
/** Where each field's problems point in preview-invoice. */
const PATHS = {
  accountId: 'billTo.accountId',
  contactId: 'billTo.contactId',
  invoiceDate: 'invoiceDate',
  terms: 'terms',
  poNumber: 'poNumber',
  delivery: 'delivery',
  memo: 'memo',
};

/** Bill-to, date, terms, purchase order number, memo and delivery. Fires `fieldchange` with `{ name, value }`. */
export default class TrueupInvoiceHeader extends LightningElement {
  /** The draft whose fields are shown. */
  @api draft;

  /** `{ accounts, contacts }` that can be billed, as preview-invoice gives them. */
  @api billTo;

  /** Terms on offer: `{ value, label }`. */
  @api terms;

  /** Problems of the whole draft; those with a field of this part are shown beside it. */
  @api problems = [];

  /** Whether nothing can be changed at the moment. */
  @api isDisabled = false;

  label = LABEL;
  deliveryOptions = DELIVERY_OPTIONS;
  reported = new Map();

  get accountOptions() {
    return this.billTo.accounts.map(({ id, name }) => ({ value: id, label: name }));
  }

  get contactOptions() {
    const contacts = this.billTo.contacts.map(({ id, name, email }) => ({ value: id, label: name, description: email ?? '' }));
    return [...contacts, { value: NO_CONTACT, label: LABEL.noContact }];
  }

  get contactValue() {
    return this.draft.contactId ?? NO_CONTACT;
  }

  /** What is wrong with each field, in words; empty where nothing is. */
  get notes() {
    return Object.fromEntries(Object.entries(PATHS).map(([name, path]) => [name, textOfField(this.problems, path)]));
  }

  renderedCallback() {
    this.fields.forEach((field) => {
      const { name, note } = field.dataset;
      if (note !== (this.reported.get(name) ?? '')) {
        this.reported.set(name, note);
        field.setCustomValidity(note);
        field.reportValidity();
      }
    });
  }

  /** Puts the cursor into the field with this path; false when it is not here. */
  @api
  focusField(path) {
    const field = this.fields.find((each) => each.dataset.path === path);
    field?.focus();
    return Boolean(field);
  }

  get fields() {
    return [...this.template.querySelectorAll('[data-path]')];
  }

  handleChange(event) {
    const { name } = event.target.dataset;
    const value = event.detail.value === NO_CONTACT ? null : event.detail.value;
    this.dispatchEvent(new CustomEvent('fieldchange', { detail: { name, value } }));
  }
}
