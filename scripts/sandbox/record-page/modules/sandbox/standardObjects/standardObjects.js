// Salesforce's own objects have layouts, compact layouts and list columns in every org; the package ships none of them.
// These stand for them: the fields of the standard layouts that the local org knows. Packaged objects never come here.
import { registry } from '@sandbox/registry';

const STANDARD = {
  Account: {
    icon: 'standard:account',
    compact: ['Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
    columns: ['Name', 'Phone', 'BillingCity', 'Type', 'OwnerId'],
    sections: [
      [
        'Account Information',
        [
          'Name',
          'ParentId',
          'AccountNumber',
          'Type',
          'Industry',
          'Phone',
          'Website',
          'OwnerId',
          'AnnualRevenue',
          'NumberOfEmployees',
          'CurrencyIsoCode',
        ],
      ],
      [
        'Address Information',
        [
          'BillingStreet',
          'BillingCity',
          'BillingState',
          'BillingPostalCode',
          'BillingCountry',
          'ShippingStreet',
          'ShippingCity',
          'ShippingState',
          'ShippingPostalCode',
          'ShippingCountry',
        ],
      ],
      ['Description Information', ['Description']],
    ],
    related: {
      Contacts: ['Name', 'Title', 'Email', 'Phone'],
      Opportunities: ['Name', 'StageName', 'Amount', 'CloseDate'],
      Orders: ['OrderNumber', 'Status', 'EffectiveDate', 'TotalAmount'],
    },
  },
  Contact: {
    icon: 'standard:contact',
    compact: ['AccountId', 'Title', 'Email', 'Phone'],
    columns: ['Name', 'AccountId', 'Title', 'Phone', 'Email'],
    sections: [
      ['Contact Information', ['Name', 'AccountId', 'Title', 'Department', 'Email', 'Phone', 'MobilePhone', 'OwnerId']],
      ['Address Information', ['MailingStreet', 'MailingCity', 'MailingState', 'MailingPostalCode', 'MailingCountry']],
    ],
    related: {},
  },
  Opportunity: {
    icon: 'standard:opportunity',
    compact: ['AccountId', 'CloseDate', 'Amount', 'OwnerId', 'StageName'],
    columns: ['Name', 'AccountId', 'StageName', 'Amount', 'CloseDate', 'OwnerId'],
    sections: [
      [
        'Opportunity Information',
        [
          'Name',
          'AccountId',
          'Type',
          'OwnerId',
          'Amount',
          'CurrencyIsoCode',
          'CloseDate',
          'StageName',
          'Probability',
          'ExpectedRevenue',
          'Pricebook2Id',
          'ContactId',
        ],
      ],
      ['Additional Information', ['LeadSource', 'NextStep']],
      ['Description Information', ['Description']],
    ],
    related: { OpportunityLineItems: ['Product2Id', 'Quantity', 'UnitPrice', 'TotalPrice', 'ServiceDate', 'Description'] },
  },
  Order: {
    icon: 'standard:orders',
    compact: ['AccountId', 'Status', 'EffectiveDate', 'TotalAmount', 'OwnerId'],
    columns: ['OrderNumber', 'AccountId', 'Status', 'EffectiveDate', 'TotalAmount', 'OwnerId'],
    sections: [
      [
        'Order Information',
        [
          'OrderNumber',
          'AccountId',
          'Status',
          'Type',
          'EffectiveDate',
          'EndDate',
          'TotalAmount',
          'CurrencyIsoCode',
          'OpportunityId',
          'Pricebook2Id',
          'PoNumber',
          'BillToContactId',
          'OwnerId',
          'ActivatedDate',
        ],
      ],
      ['Address Information', ['BillingStreet', 'BillingCity', 'BillingState', 'BillingPostalCode', 'BillingCountry']],
      ['Description Information', ['Description']],
    ],
    related: { OrderItems: ['OrderItemNumber', 'Product2Id', 'Quantity', 'UnitPrice', 'TotalPrice', 'ServiceDate'] },
  },
  Product2: {
    icon: 'standard:product',
    compact: ['ProductCode', 'Family'],
    columns: ['Name', 'ProductCode', 'Family', 'IsActive'],
    sections: [['Product Information', ['Name', 'ProductCode', 'Family', 'IsActive', 'Description']]],
    related: {},
  },
  OpportunityLineItem: { icon: 'standard:product_item', compact: ['OpportunityId', 'Quantity', 'UnitPrice', 'TotalPrice'], related: {} },
  OrderItem: { icon: 'standard:product_item', compact: ['OrderId', 'Quantity', 'UnitPrice', 'TotalPrice'], related: {} },
  Pricebook2: { icon: 'standard:pricebook', related: {} },
  User: { icon: 'standard:user', compact: ['Title', 'Email'], related: {} },
};
const SYSTEM = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'LastViewedDate',
  'LastReferencedDate',
  'LastActivityDate',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'UserRecordAccessId',
]);

const standard = (objectApiName) => STANDARD[objectApiName] || {};

export function iconOf(objectApiName) {
  return (
    standard(objectApiName).icon ||
    registry.tabs[objectApiName]?.icon ||
    (objectApiName?.endsWith('__c') ? 'standard:custom' : 'standard:record')
  );
}

/** Fields of the highlights panel, the record's name left out: it is the title. */
export function compactFields(info) {
  const fields = registry.compactLayouts[info.apiName] || standard(info.apiName).compact || [];
  return fields.filter((name) => !info.nameFields?.includes(name));
}

/** Columns of a list view; without one, those of the standard "All" list. */
export function listFields(info, view) {
  const named = registry.listViews[info.apiName]?.find(({ name }) => name === view);
  return named?.fields || standard(info.apiName).columns || ['Name', 'LastModifiedDate'];
}

/** Sections of the page layout: `{ heading, showHeading, columns: [[{ field, editable, required }]] }`. */
export function layoutSections(info) {
  const packaged = registry.layouts[info.apiName]?.sections;
  if (packaged) return packaged;
  const sections = standard(info.apiName).sections || [['Information', Object.keys(info.fields).filter((name) => !SYSTEM.has(name))]];
  return [...sections, ['System Information', ['CreatedById', 'LastModifiedById']]]
    .map(([heading, fields]) => [heading, fields.filter((name) => info.fields[name])])
    .filter(([, fields]) => fields.length > 0)
    .map(([heading, fields]) => ({
      heading,
      showHeading: true,
      columns: inTwo(
        fields.map((field) => ({
          field,
          editable: Boolean(info.fields[field].updateable),
          required: Boolean(info.fields[field].required),
        })),
      ),
    }));
}

function inTwo(items) {
  const half = Math.ceil(items.length / 2);
  return [items.slice(0, half), items.slice(half)];
}

/**
 * Related lists as `{ relationshipName, childObject, fields, sortBy }`: of the packaged layout, else the standard ones and every
 * packaged object that looks up to this one. A list whose object the user may not see is left out.
 */
export function relatedLists(info) {
  const relationships = info.childRelationships || [];
  const packaged = registry.layouts[info.apiName]?.relatedLists;
  if (packaged) {
    return packaged.flatMap((list) => {
      const found = relationships.find((one) =>
        list.relationshipName
          ? one.relationshipName === list.relationshipName
          : one.childObjectApiName === list.childObject && one.fieldName === list.childField,
      );
      return found?.relationshipName
        ? [{ ...list, relationshipName: found.relationshipName, childObject: found.childObjectApiName, childField: found.fieldName }]
        : [];
    });
  }
  const own = standard(info.apiName).related || {};
  return relationships
    .filter(
      ({ relationshipName, childObjectApiName }) =>
        relationshipName && (own[relationshipName] || registry.compactLayouts[childObjectApiName]),
    )
    .map(({ relationshipName, childObjectApiName, fieldName }) => ({
      relationshipName,
      childObject: childObjectApiName,
      childField: fieldName,
      fields: own[relationshipName] || registry.compactLayouts[childObjectApiName].filter((name) => name !== fieldName),
    }))
    .sort((a, b) => Number(Boolean(own[b.relationshipName])) - Number(Boolean(own[a.relationshipName])));
}
