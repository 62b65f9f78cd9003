import { amount, describedAs, flag, longText, nameField, picklist, readOnly, reference, required, text, url } from './builders.ts';
import type { StandardObject } from './builders.ts';

const DOC = 'developer.salesforce.com/docs Product2, Pricebook2, PricebookEntry (object reference)';

export const product2: StandardObject = {
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  sharing: 'ReadWrite',
  owner: false,
  writable: true,
  currency: true,
  source: 'documented',
  compactLayout: ['Name', 'ProductCode', 'Family', 'IsActive'],
  fields: describedAs(
    'documented',
    DOC,
    text('Name', 'Product Name', 255, nameField),
    text('ProductCode', 'Product Code', 255),
    longText('Description', 'Product Description', 4000),
    flag('IsActive', 'Active'),
    picklist('Family', 'Product Family', ['None']),
    text('ExternalId', 'External Id', 255),
    url('DisplayUrl', 'Display URL', { length: 1000 }),
    picklist('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', []),
    flag('IsArchived', 'Archived', readOnly),
    text('StockKeepingUnit', 'Product SKU', 180),
  ),
};

export const pricebook2: StandardObject = {
  name: 'Pricebook2',
  label: 'Price Book',
  labelPlural: 'Price Books',
  keyPrefix: '01s',
  sharing: 'ReadWrite',
  owner: false,
  writable: true,
  source: 'documented',
  compactLayout: ['Name', 'IsActive', 'IsStandard'],
  fields: describedAs(
    'documented',
    DOC,
    text('Name', 'Price Book Name', 255, nameField),
    flag('IsActive', 'Active'),
    text('Description', 'Description', 255),
    flag('IsStandard', 'Is Standard Price Book', readOnly),
    flag('IsArchived', 'Archived', readOnly),
  ),
};

/** Pricebook2Id and Product2Id cannot be changed once set. */
export const pricebookEntry: StandardObject = {
  name: 'PricebookEntry',
  label: 'Price Book Entry',
  labelPlural: 'Price Book Entries',
  keyPrefix: '01u',
  sharing: 'ReadWrite',
  owner: false,
  writable: true,
  currency: true,
  source: 'documented',
  compactLayout: ['Name', 'UnitPrice', 'IsActive'],
  fields: describedAs(
    'documented',
    DOC,
    text('Name', 'Product Name', 255, { nameField: true, ...readOnly }),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'PricebookEntries', {
      relationshipName: 'Pricebook2',
      updateable: false,
      onDelete: 'cascade',
      ...required,
    }),
    reference('Product2Id', 'Product ID', 'Product2', 'PricebookEntries', {
      relationshipName: 'Product2',
      updateable: false,
      onDelete: 'cascade',
      ...required,
    }),
    amount('UnitPrice', 'List Price', required),
    flag('IsActive', 'Active'),
    flag('UseStandardPrice', 'Use Standard Price'),
    text('ProductCode', 'Product Code', 255, readOnly),
    flag('IsArchived', 'Archived', readOnly),
  ),
};
