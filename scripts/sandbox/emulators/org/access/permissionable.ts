import type { OrgField, OrgObject } from '../schema/model.ts';

/** Standard fields outside field-level security although they may be empty. Recorded in describes, except lines and orders. */
const FIXED = new Set([
  'contact.firstname',
  'contact.salutation',
  'opportunity.pricebook2id',
  'opportunity.forecastcategoryname',
  'opportunity.contactid',
  'opportunity.fiscalquarter',
  'opportunity.fiscalyear',
  'opportunity.laststagechangedate',
  'opportunitylineitem.pricebookentryid',
  'opportunitylineitem.product2id',
  'opportunitylineitem.productcode',
  'opportunitylineitem.sortorder',
  'opportunitylineitem.unitprice',
  'orderitem.pricebookentryid',
  'orderitem.product2id',
  'orderitem.quantity',
  'order.statuscode',
  'order.pricebook2id',
  'order.accountid',
  'pricebookentry.productcode',
  'opportunitycontactrole.role',
]);
const STANDARD_FLAGS = new Set(['opportunity.isprivate', 'product2.isactive']);
const GOVERNED = new Set([
  'Account',
  'Contact',
  'Opportunity',
  'OpportunityLineItem',
  'Order',
  'OrderItem',
  'Quote',
  'QuoteLineItem',
  'Product2',
]);

/** True when field-level security applies to the field; otherwise reading the object is enough. */
export function isPermissionable(object: OrgObject, field: OrgField): boolean {
  // Access is given to a custom metadata type as a whole.
  if (object.kind === 'metadata') return false;
  if (field.nameField || field.masterDetail || field.type === 'id') return false;
  if (field.custom) return field.nillable || field.type === 'boolean';
  if (object.kind !== 'standard' || !GOVERNED.has(object.name)) return false;
  const key = `${object.name}.${field.name}`.toLowerCase();
  if (field.type === 'boolean') return STANDARD_FLAGS.has(key);
  return field.nillable && !FIXED.has(key) && field.name !== 'CurrencyIsoCode';
}

/** Rights on the parts of an address are given on the address. */
export function governingField(object: OrgObject, field: OrgField): OrgField {
  if (field.type === 'address') return field;
  const match = /^(.+?)(Street|City|State|PostalCode|Country|Latitude|Longitude|GeocodeAccuracy)$/.exec(field.name);
  const compound = match ? object.fields.get(`${match[1] ?? ''}address`.toLowerCase()) : undefined;
  return compound ?? field;
}
