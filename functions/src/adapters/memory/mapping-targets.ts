import type { TargetField, TargetOption } from '../../domain/map-fields/target.ts';

/** A field that takes any text, except for `more`. */
export const targetField = (object: TargetField['object'], name: string, more: Partial<TargetField> = {}): TargetField => ({
  object,
  name,
  label: name,
  key: null,
  type: 'text',
  length: null,
  required: false,
  writable: true,
  reason: null,
  named: null,
  options: null,
  ...more,
});

const classes = (): TargetOption[] => [
  { value: 'Hardware', label: 'Hardware', id: '5001', active: true },
  { value: 'Services', label: 'Services', id: '5002', active: true },
  { value: 'Old', label: 'Old', id: '5003', active: false },
];

/** A small QuickBooks company: classes, one custom field, a customer's title. */
export const ledgerTargets = (): TargetField[] => [
  targetField('QuickBooks Invoice', 'ClassRef', { label: 'Class', type: 'list', options: classes() }),
  targetField('QuickBooks Invoice', 'CustomField[Project]', { label: 'Project', key: '1', length: 31 }),
  targetField('QuickBooks Invoice', 'ShipDate', { label: 'Ship date', type: 'date' }),
  targetField('QuickBooks Invoice', 'DocNumber', {
    label: 'Number',
    writable: false,
    reason: 'The number is the same in all three systems.',
  }),
  targetField('QuickBooks Invoice Line', 'ClassRef', { label: 'Class', type: 'list', options: classes() }),
  targetField('QuickBooks Customer', 'Title', { length: 16 }),
];

export const stripeTargets = (): TargetField[] => [
  targetField('Stripe Invoice', 'metadata[…]', { length: 500, named: { longestName: 40, most: 46, reserved: ['salesforce_invoice_id'] } }),
  targetField('Stripe Invoice', 'footer', { length: 5000 }),
  targetField('Stripe Customer', 'metadata[…]', { length: 500, named: { longestName: 40, most: 48, reserved: [] } }),
];
