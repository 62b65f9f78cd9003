import type { TaxEngine } from '../../domain/company.ts';
import { ITEM } from '../../domain/map-fields/mapping.ts';
import type { TargetField, TargetOption } from '../../domain/map-fields/target.ts';
import { offeredTerms } from '../../domain/terms.ts';
import type { LedgerReference } from '../../ports/ledger.ts';

/** The lists that mappings name their entries of. */
export interface Lists {
  classes: TargetOption[];
  departments: TargetOption[];
  paymentMethods: TargetOption[];
}

/** A custom field's value on sales forms: 31 characters, as its entry field in QuickBooks takes. */
const CUSTOM_FIELD_LENGTH = 31;
/** What the US edition takes on lines. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/invoice */
const LINE_TAX_CODES = ['TAX', 'NON'];

const SWITCH_ON = 'Ask the accountant to switch it on in QuickBooks, under Account and settings.';

type Made = Omit<TargetField, 'object'>;
const field = (name: string, label: string, type: TargetField['type'], more: Partial<Made> = {}): Made => ({
  name,
  label,
  type,
  key: null,
  length: null,
  required: false,
  writable: true,
  reason: null,
  named: null,
  options: null,
  ...more,
});
const text = (name: string, label: string, length: number): Made => field(name, label, 'text', { length });
const list = (name: string, label: string, options: TargetOption[]): Made => field(name, label, 'list', { options });
const own = (name: string, label: string, reason: string): Made => field(name, label, 'text', { writable: false, reason });
const onlyIf = (on: boolean, reason: string, made: Made): Made =>
  on ? made : { ...made, writable: false, reason: `${reason} ${SWITCH_ON}` };
const of = (object: TargetField['object'], fields: Made[]): TargetField[] => fields.map((each) => ({ object, ...each }));

/** QuickBooks marks the names of inactive entries itself. */
export const plainName = (name: string): string => name.replace(/ \(deleted\)$/, '');

const optionNamed = ({ id, name, active }: { id: string; name: string; active: boolean }): TargetOption => ({
  value: plainName(name),
  label: plainName(name),
  id,
  active,
});

/** Terms that the panel offers: a day of the month is none, and some are there in every company. Retired ones are named as such. */
const proposed = (terms: LedgerReference['terms']): TargetOption[] => [
  ...offeredTerms(terms).map(({ value, label, termId }) => ({ value, label, id: termId ?? value, active: true })),
  ...terms.filter(({ active }) => !active).map(optionNamed),
];

export function invoiceTargets({ tracks, customFields, terms }: LedgerReference, { classes, departments }: Lists): TargetField[] {
  return of('QuickBooks Invoice', [
    onlyIf(tracks.classOfInvoice, 'QuickBooks does not track a class for the whole transaction.', list('ClassRef', 'Class', classes)),
    onlyIf(tracks.location, 'QuickBooks does not track locations.', list('DepartmentRef', 'Location', departments)),
    list('SalesTermRef', 'Terms, as proposed in the panel', proposed(terms)),
    onlyIf(tracks.shipping, 'QuickBooks does not show shipping on sales forms.', field('ShipDate', 'Ship date', 'date')),
    ...customFields.map(({ id, name }) => ({ ...text(`CustomField[${name}]`, name, CUSTOM_FIELD_LENGTH), key: id })),
    own('CustomerRef', 'Customer', 'The customer comes from matching.'),
    own('DocNumber', 'Number', 'The number is the same in all three systems.'),
    own('TxnDate', 'Date', "It is the invoice's own date."),
    own('DueDate', 'Due date', "It follows from the invoice's terms."),
    own('CurrencyRef', 'Currency', 'The currency is that of the record billed.'),
    own('CustomerMemo', 'Message', "The invoice's PO number and memo go there."),
    own('PrivateNote', 'Memo on statement', 'Trueup marks its own invoices there.'),
    own('BillEmail', 'E-mail', "The contact's e-mail address goes there."),
    own('TxnTaxDetail', 'Tax', 'Tax is computed once, by the engine the company chose.'),
    own('TotalAmt', 'Total', 'Amounts are those of the invoice.'),
    own('AllowOnlineCreditCardPayment', 'Online card payment', 'Customers pay on the page of Stripe alone.'),
    own('AllowOnlineACHPayment', 'Online bank payment', 'Customers pay on the page of Stripe alone.'),
  ]);
}

export function lineTargets(
  { tracks, taxCodes, marksTaxableLines }: LedgerReference,
  { classes, items }: Pick<Lists, 'classes'> & { items: TargetOption[] },
  engine: TaxEngine,
): TargetField[] {
  const codes = taxCodes.filter(({ name }) => !marksTaxableLines || LINE_TAX_CODES.includes(name)).map(optionNamed);
  return of('QuickBooks Invoice Line', [
    onlyIf(tracks.classOfLine, 'QuickBooks does not track a class for each line.', list('ClassRef', 'Class', classes)),
    engine === 'QuickBooks'
      ? list('TaxCodeRef', 'Tax code', codes)
      : own('TaxCodeRef', 'Tax code', 'The company has tax computed elsewhere, and QuickBooks takes those amounts.'),
    list(ITEM, 'Product or service', items),
    own('Description', 'Description', 'It is that of the invoice line.'),
    own('Qty', 'Quantity', 'It is that of the invoice line.'),
    own('UnitPrice', 'Rate', 'It is that of the invoice line.'),
    own('Amount', 'Amount', 'It is that of the invoice line.'),
    own('ServiceDate', 'Service date', 'It is that of the invoice line.'),
  ]);
}

export function customerTargets({ terms }: LedgerReference, { paymentMethods }: Lists): TargetField[] {
  const delivery = ['Print', 'Email', 'None'].map((value) => ({ value, label: value, id: value, active: true }));
  return of('QuickBooks Customer', [
    list('SalesTermRef', 'Terms', terms.map(optionNamed)),
    list('PaymentMethodRef', 'Payment method', paymentMethods),
    list('PreferredDeliveryMethod', 'Delivery method', delivery),
    text('Title', 'Title', 16),
    text('GivenName', 'First name', 100),
    text('FamilyName', 'Last name', 100),
    text('Mobile', 'Mobile', 30),
    text('Fax', 'Fax', 30),
    text('WebAddr', 'Website', 1000),
    text('ResaleNum', 'Resale number', 16),
    own('DisplayName', 'Display name', "The account's name goes there."),
    own('CompanyName', 'Company name', "The account's name goes there."),
    own('PrimaryEmailAddr', 'E-mail', "The contact's e-mail address goes there."),
    own('PrimaryPhone', 'Phone', "The account's phone number goes there."),
    own('BillAddr', 'Billing address', "The account's billing address goes there."),
    own('CurrencyRef', 'Currency', 'The currency is that of the record billed.'),
    own('Notes', 'Notes', 'Trueup marks its own customers there.'),
  ]);
}
