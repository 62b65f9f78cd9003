import { address, amount, date, datetime, describedAs, email, flag, longText, number, picklist, readOnly, reference, required, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const ORDER_DOC = 'developer.salesforce.com/docs Order, OrderItem (object reference)';

/** Names and types from the object reference; lengths are remembered. */
export const order: StandardObject = {
  name: 'Order', label: 'Order', labelPlural: 'Orders', keyPrefix: '801',
  sharing: 'Private', owner: true, writable: true, currency: true, feature: 'orders', source: 'documented',
  compactLayout: ['OrderNumber', 'AccountId', 'EffectiveDate', 'TotalAmount', 'Status'],
  fields: describedAs('documented', ORDER_DOC,
    reference('AccountId', 'Account ID', 'Account', 'Orders', { onDelete: 'restrict', ...required }),
    reference('OpportunityId', 'Opportunity ID', 'Opportunity', 'Orders'),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Orders', { relationshipName: 'Pricebook2' }),
    reference('OriginalOrderId', 'Original Order ID', 'Order', null),
    reference('QuoteId', 'Quote ID', 'Quote', 'Orders'),
    date('EffectiveDate', 'Order Start Date', required),
    date('EndDate', 'Order End Date'),
    flag('IsReductionOrder', 'Reduction Order', { updateable: false }),
    picklist('Status', 'Status', ['Draft', 'Activated'], required),
    longText('Description', 'Description'),
    reference('BillToContactId', 'Bill To Contact ID', 'Contact', null),
    reference('ShipToContactId', 'Ship To Contact ID', 'Contact', null),
    date('PoDate', 'PO Date'),
    text('PoNumber', 'PO Number', 80),
    text('OrderReferenceNumber', 'Order Reference Number', 80),
    picklist('Type', 'Order Type', [], { length: 40 }),
    text('Name', 'Order Name', 80),
    address('Billing', 'Billing'),
    address('Shipping', 'Shipping'),
    datetime('ActivatedDate', 'Activated Date', readOnly),
    reference('ActivatedById', 'Activated By ID', 'User', null, readOnly),
    picklist('StatusCode', 'Status Category', ['Draft', 'Activated'], { restrictedPicklist: true, ...readOnly }),
    text('OrderNumber', 'Order Number', 30, { nameField: true, ...readOnly, nillable: false, autoNumber: { format: '{00000000}', start: 100 } }),
    amount('TotalAmount', 'Order Amount', readOnly),
  ),
};

export const orderItem: StandardObject = {
  name: 'OrderItem', label: 'Order Product', labelPlural: 'Order Products', keyPrefix: '802',
  sharing: 'ControlledByParent', sharingParent: 'OrderId', owner: false, writable: true, currency: true, feature: 'orders', source: 'documented',
  compactLayout: ['OrderItemNumber', 'Quantity', 'UnitPrice', 'TotalPrice'],
  fields: describedAs('documented', ORDER_DOC,
    reference('OrderId', 'Order ID', 'Order', 'OrderItems', { onDelete: 'cascade', updateable: false, ...required }),
    reference('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'OrderItems', { onDelete: 'restrict', updateable: false }),
    reference('Product2Id', 'Product ID', 'Product2', 'OrderItems', { relationshipName: 'Product2', updateable: false }),
    reference('OriginalOrderItemId', 'Original Order Item ID', 'OrderItem', null),
    reference('QuoteLineItemId', 'Quote Line Item ID', 'QuoteLineItem', null),
    number('AvailableQuantity', 'Available Quantity', 18, 2, readOnly),
    number('Quantity', 'Quantity', 18, 2, required),
    amount('UnitPrice', 'Unit Price'),
    amount('ListPrice', 'List Price', readOnly),
    amount('TotalPrice', 'Total Price', readOnly),
    date('ServiceDate', 'Start Date'),
    date('EndDate', 'End Date'),
    text('Description', 'Line Description', 255),
    text('OrderItemNumber', 'Order Product Number', 30, { nameField: true, ...readOnly, nillable: false, autoNumber: { format: '{0000000000}', start: 1 } }),
  ),
};

const QUOTE_DOC = 'developer.salesforce.com/docs Quote, QuoteLineItem (object reference)';

export const quote: StandardObject = {
  name: 'Quote', label: 'Quote', labelPlural: 'Quotes', keyPrefix: '0Q0',
  sharing: 'ControlledByParent', sharingParent: 'OpportunityId', owner: true, writable: true, currency: true, feature: 'quotes', source: 'documented',
  compactLayout: ['QuoteNumber', 'Name', 'GrandTotal', 'Status'],
  fields: describedAs('documented', QUOTE_DOC,
    text('Name', 'Quote Name', 255, { nameField: true, ...required }),
    reference('OpportunityId', 'Opportunity ID', 'Opportunity', 'Quotes', { onDelete: 'cascade', updateable: false, ...required }),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Quotes', { relationshipName: 'Pricebook2' }),
    reference('ContactId', 'Contact ID', 'Contact', 'Quotes'),
    reference('AccountId', 'Account ID', 'Account', 'Quotes', readOnly),
    text('QuoteNumber', 'Quote Number', 30, { ...readOnly, autoNumber: { format: '{00000000}', start: 1 } }),
    picklist('Status', 'Status', ['Draft', 'Needs Review', 'In Review', 'Approved', 'Rejected', 'Presented', 'Accepted', 'Denied']),
    date('ExpirationDate', 'Expiration Date'),
    longText('Description', 'Description'),
    text('BillingName', 'Bill To Name', 255),
    email('Email', 'Email'),
    address('Billing', 'Bill To'),
    amount('Tax', 'Tax'),
    amount('ShippingHandling', 'Shipping and Handling'),
    amount('Subtotal', 'Subtotal', readOnly),
    amount('TotalPrice', 'Total Price', readOnly),
    amount('GrandTotal', 'Grand Total', readOnly),
    flag('IsSyncing', 'Syncing', readOnly),
  ),
};

export const quoteLineItem: StandardObject = {
  name: 'QuoteLineItem', label: 'Quote Line Item', labelPlural: 'Quote Line Items', keyPrefix: '0QL',
  sharing: 'ControlledByParent', sharingParent: 'QuoteId', owner: false, writable: true, currency: true, feature: 'quotes', source: 'documented',
  compactLayout: ['LineNumber', 'Quantity', 'UnitPrice', 'TotalPrice'],
  fields: describedAs('documented', QUOTE_DOC,
    reference('QuoteId', 'Quote ID', 'Quote', 'QuoteLineItems', { onDelete: 'cascade', updateable: false, ...required }),
    reference('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'QuoteLineItems', { onDelete: 'restrict' }),
    reference('Product2Id', 'Product ID', 'Product2', 'QuoteLineItems', { relationshipName: 'Product2', updateable: false }),
    text('LineNumber', 'Line Item Number', 30, { nameField: true, ...readOnly, autoNumber: { format: '{00000000}', start: 1 } }),
    number('Quantity', 'Quantity', 12, 2, required),
    amount('UnitPrice', 'Sales Price'),
    percent('Discount', 'Discount'),
    text('Description', 'Line Item Description', 255),
    date('ServiceDate', 'Date'),
    amount('ListPrice', 'List Price', readOnly),
    amount('Subtotal', 'Subtotal', readOnly),
    amount('TotalPrice', 'Total Price', readOnly),
  ),
};

function percent(name: string, label: string) {
  return { ...number(name, label, 5, 2), type: 'percent' as const };
}
