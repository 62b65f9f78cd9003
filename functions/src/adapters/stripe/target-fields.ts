import type { TargetField } from '../../domain/map-fields/target.ts';
import { MARK, PO_NUMBER } from './translate.ts';

/** https://docs.stripe.com/api/metadata */
const METADATA = { keys: 50, key: 40, value: 500 };
/** https://docs.stripe.com/api/invoices/create#create_invoice-custom_fields; one of the four is kept for the PO number. */
const CUSTOM_FIELDS = { most: 3, name: 40, value: 140 };
/** Stripe's longest text. */
const LONGEST = 5000;

type Made = Omit<TargetField, 'object'>;
const text = (name: string, label: string, more: Partial<Made>): Made => ({
  name,
  label,
  type: 'text',
  key: null,
  length: null,
  required: false,
  writable: true,
  reason: null,
  named: null,
  options: null,
  ...more,
});
const own = (name: string, label: string, reason: string): Made => text(name, label, { writable: false, reason });
const metadata = (ours: readonly string[]): Made =>
  text('metadata[…]', 'Metadata', {
    length: METADATA.value,
    named: { longestName: METADATA.key, most: METADATA.keys - ours.length, reserved: Object.values(MARK) },
  });

/** What an invoice and a customer take from mappings. */
export function stripeTargets(): TargetField[] {
  const of = (object: TargetField['object'], fields: Made[]): TargetField[] => fields.map((each) => ({ object, ...each }));
  return [
    ...of('Stripe Invoice', [
      metadata([MARK.invoice, MARK.operation, MARK.company, MARK.account]),
      text('custom_fields[…]', 'Custom field on the invoice', {
        length: CUSTOM_FIELDS.value,
        named: { longestName: CUSTOM_FIELDS.name, most: CUSTOM_FIELDS.most, reserved: [PO_NUMBER] },
      }),
      text('footer', 'Footer', { length: LONGEST }),
      own('description', 'Memo', "The invoice's memo goes there."),
      own('number', 'Number', 'The number is the same in all three systems.'),
      own('customer', 'Customer', 'The customer comes from matching.'),
      own('currency', 'Currency', 'The currency is that of the record billed.'),
      own('due_date', 'Due date', "It follows from the invoice's terms."),
      own('effective_at', 'Date', "It is the invoice's own date."),
      own('automatic_tax', 'Automatic tax', 'Tax is computed once, by the engine the company chose.'),
    ]),
    ...of('Stripe Customer', [
      metadata([MARK.account, MARK.company]),
      text('description', 'Description', { length: LONGEST }),
      own('name', 'Name', "The account's name goes there."),
      own('email', 'E-mail', "The contact's e-mail address goes there."),
      own('phone', 'Phone', "The account's phone number goes there."),
      own('address', 'Address', "The account's billing address goes there."),
    ]),
  ];
}
