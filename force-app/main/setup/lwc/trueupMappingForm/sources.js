import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL, OBJECT_LABEL, TYPE_LABEL } from './labels';

const INVOICE = 'Trueup_Invoice__c';
const LINE = 'Trueup_Invoice_Line__c';
const OF_LINE = 'QuickBooks Invoice Line';
/** SOQL follows no more parents than this. */
const MOST_PARENTS = 5;
/** The parent that is chosen to go back. */
export const BACK = '..';

/** An invoice is mapped before it exists: of it and its lines only these can be read. */
const REACHABLE = {
  [INVOICE]: [
    'Invoice_Date__c',
    'Due_Date__c',
    'Terms__c',
    'PO_Number__c',
    'Memo__c',
    'Currency_Code__c',
    'Delivery__c',
    'Bill_To_Email__c',
    'Account__r',
    'Contact__r',
    'Opportunity__r',
  ],
  [LINE]: ['Description__c', 'Quantity__c', 'Unit_Price__c', 'Service_Date__c', 'Sort_Order__c', 'Product__r', 'Invoice__r'],
};

const SHOWN_TYPE = {
  BOOLEAN: 'yesNo',
  CURRENCY: 'number',
  DATE: 'date',
  DATETIME: 'date',
  DOUBLE: 'number',
  EMAIL: 'email',
  INTEGER: 'number',
  PERCENT: 'number',
  PICKLIST: 'list',
};

/** Objects that paths can start at, for what a mapping fills. The first is the default. */
export function startsOf(targetObject) {
  const starts =
    targetObject === OF_LINE
      ? [LINE, INVOICE, 'OpportunityLineItem', 'OrderItem', 'QuoteLineItem']
      : [INVOICE, 'Opportunity', 'Order', 'Quote'];
  return starts.map((value) => ({ value, label: OBJECT_LABEL[value] }));
}

/** What a type and a length are called. */
export function describe(type, length) {
  return [TYPE_LABEL[type] ?? TYPE_LABEL.text, length ? formatLabel(LABEL.upTo, length) : ''].filter(Boolean).join(', ');
}

/**
 * Options of the picker: what the user may read of the object at hand, parents first, and the way back.
 * `steps` are the parents gone through, `{ relationship, object }`.
 */
export function sourceOptions(objectName, fields, steps) {
  const reachable = REACHABLE[objectName];
  const within = fields.filter(
    ({ name, leadsTo }) => (!reachable || reachable.includes(name)) && (!leadsTo || steps.length < MOST_PARENTS),
  );
  const options = within.map(({ name, label, type, length, leadsTo }) => ({
    value: name,
    label: leadsTo ? formatLabel(LABEL.leadsTo, label) : label,
    hint: leadsTo ? name : `${name} (${describe(SHOWN_TYPE[type], length)})`,
    staysOpen: Boolean(leadsTo),
    leadsTo,
  }));
  const sorted = options.sort((a, b) => Number(Boolean(b.leadsTo)) - Number(Boolean(a.leadsTo)) || a.label.localeCompare(b.label));
  return steps.length > 0 ? [{ value: BACK, label: LABEL.backTo, hint: '', staysOpen: true }, ...sorted] : sorted;
}

export const pathOf = (steps, name) => [...steps.map(({ relationship }) => relationship), name].join('.');
