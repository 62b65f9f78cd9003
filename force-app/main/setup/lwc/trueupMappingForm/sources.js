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

const reachable = (objectName, fields) => fields.filter(({ name }) => !REACHABLE[objectName] || REACHABLE[objectName].includes(name));
const plain = (fields) => fields.filter(({ leadsTo }) => !leadsTo);
const sorted = (fields) => [...fields].sort((a, b) => a.label.localeCompare(b.label));

/** Parents whose fields are found from here too; of records that are billed there would be too many. */
export const nearParents = (objectName, fields) =>
  REACHABLE[objectName] ? fields.filter(({ name, leadsTo }) => leadsTo && REACHABLE[objectName].includes(name)) : [];

/**
 * Options of the picker: the way back, parents, what the user may read of the object at hand, and of near parents.
 * `steps` are the parents gone through, `{ relationship, object }`; `near` are fields of parents by relationship.
 */
export function sourceOptions(objectName, fields, steps, near = {}) {
  const within = reachable(objectName, fields);
  const parents = within.filter(({ leadsTo }) => leadsTo && steps.length < MOST_PARENTS);
  const deeper = parents.flatMap(({ name, label, leadsTo }) =>
    plain(reachable(leadsTo, near[name] ?? [])).map((field) => ({
      ...field,
      name: `${name}.${field.name}`,
      label: `${formatLabel(LABEL.leadsTo, label)} ${field.label}`,
    })),
  );
  return [
    ...(steps.length > 0 ? [{ value: BACK, label: LABEL.backTo, hint: '', staysOpen: true }] : []),
    ...sorted(parents).map(({ name, label, leadsTo }) => ({
      value: name,
      label: formatLabel(LABEL.leadsTo, label),
      hint: name,
      staysOpen: true,
      leadsTo,
    })),
    ...[...sorted(plain(within)), ...sorted(deeper)].map(({ name, label, type, length, options }) => ({
      value: name,
      label,
      hint: `${name} (${describe(SHOWN_TYPE[type], length)})`,
      values: options,
    })),
  ];
}

export const pathOf = (steps, name) => [...steps.map(({ relationship }) => relationship), name].join('.');
