import type { Company, TaxEngine } from '../../domain/company.ts';
import { exponentOf } from '../../domain/currency.ts';
import type { InvoiceRecord, InvoiceStatus } from '../../domain/invoice.ts';
import type { ItemContent, ItemReview } from '../../domain/item-review.ts';
import type { Link, MatchedBy } from '../../domain/link.ts';
import { type MatchReview, readContent } from '../../domain/match-review.ts';
import { formatMinor, parseMoney } from '../../domain/money.ts';
import type { BillAccount, BillContact, EarlierLine, SourceLine } from '../../domain/source.ts';
import type { Row } from './client.ts';
import { toId18 } from './soql.ts';

/** Text of a field, or null when it is empty. */
export const text = (row: Row, field: string): string | null => {
  const value = row[field];
  return value === null || value === undefined || value === '' ? null : String(value);
};
const must = (row: Row, field: string): string => text(row, field) ?? '';
const parent = (row: Row, field: string): Row => (row[field] as Row | null) ?? {};
export const children = (row: Row, relationship: string): Row[] => (row[relationship] as { records?: Row[] } | null)?.records ?? [];
export const id18 = (row: Row, field: string): string | null => {
  const id = text(row, field);
  return id ? toId18(id) : null;
};

/** A JSON number of Salesforce as plain decimal text: 1.5 -> `1.5`, never an exponent. */
export function decimalText(value: unknown): string {
  const number = Number(value ?? 0);
  if (Number.isInteger(number)) return BigInt(number).toString();
  return number.toFixed(8).replace(/0+$/, '').replace(/\.$/, '');
}

/** Minor units of a currency field; Salesforce keeps three places whatever the currency. */
export function minorOf(value: unknown, currency: string): number {
  const places = exponentOf(currency);
  const money = parseMoney(Number(value ?? 0).toFixed(places), currency);
  if (!money) throw new Error(`Salesforce answered with ${String(value)}, which is no amount of ${currency}`);
  return money.minor;
}

/** A number for a currency field. */
export const amountOf = (minor: number, currency: string): number => Number(formatMinor(minor, currency));

const TAX_ENGINES: readonly TaxEngine[] = ['None', 'Stripe Tax', 'QuickBooks', 'Salesforce Rate'];

export function toCompany(row: Row): Company {
  return {
    id: must(row, 'Id'),
    key: must(row, 'External_Key__c'),
    name: must(row, 'Name'),
    orgId: must(row, 'Org_Id__c'),
    stripeAccountId: text(row, 'Stripe_Account_Id__c'),
    quickbooksRealmId: text(row, 'QuickBooks_Realm_Id__c'),
    mode: row.Mode__c === 'Live' ? 'Live' : 'Test',
    homeCurrency: must(row, 'Home_Currency__c'),
    timeZone: text(row, 'Time_Zone__c') ?? 'UTC',
    numberPrefix: text(row, 'Number_Prefix__c') ?? '',
    taxEngine: TAX_ENGINES.find((engine) => engine === row.Tax_Engine__c) ?? 'None',
    taxRate: text(row, 'Tax_Rate__c') === null ? null : decimalText(row.Tax_Rate__c),
    clearingAccount: text(row, 'Clearing_Account__c') ?? 'Stripe Clearing',
    feeAccount: text(row, 'Fee_Account__c'),
    disputedFundsAccount: text(row, 'Disputed_Funds_Account__c'),
    badDebtAccount: text(row, 'Bad_Debt_Account__c'),
    payoutAccount: text(row, 'Payout_Account__c'),
    booksFrom: new Date(must(row, 'CreatedDate')).toISOString(),
    defaultTerms: text(row, 'Default_Terms__c'),
    active: row.Active__c === true,
    connected: row.Connected__c === true,
  };
}

export function toAccount(row: Row): BillAccount {
  const address = {
    line1: text(row, 'BillingStreet'),
    city: text(row, 'BillingCity'),
    state: text(row, 'BillingState'),
    postalCode: text(row, 'BillingPostalCode'),
    country: text(row, 'BillingCountry'),
  };
  const given = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== null));
  return {
    id: toId18(must(row, 'Id')),
    name: must(row, 'Name'),
    currency: text(row, 'CurrencyIsoCode'),
    phone: text(row, 'Phone'),
    address: Object.keys(given).length > 0 ? given : null,
  };
}

export const toContact = (row: Row): BillContact => ({
  id: toId18(must(row, 'Id')),
  accountId: id18(row, 'AccountId') ?? '',
  name: must(row, 'Name'),
  email: text(row, 'Email'),
});

export const toSourceLine = (row: Row, index: number): SourceLine => ({
  id: toId18(must(row, 'Id')),
  productId: id18(row, 'Product2Id'),
  productName: text(parent(row, 'Product2'), 'Name') ?? '',
  productCode: text(parent(row, 'Product2'), 'ProductCode'),
  description: text(row, 'Description'),
  quantity: decimalText(row.Quantity),
  unitPrice: decimalText(row.UnitPrice),
  discountPercent: row.Discount === null || row.Discount === undefined ? null : decimalText(row.Discount),
  serviceDate: text(row, 'ServiceDate'),
  sortOrder: index + 1,
});

export const toEarlierLine = (row: Row): EarlierLine => ({
  lineKey: must(row, 'Line_Key__c'),
  sourceLineId: id18(row, 'Source_Line_Id__c'),
  productId: id18(row, 'Product__c'),
  quantity: decimalText(row.Quantity__c),
  invoiceId: toId18(must(row, 'Invoice__c')),
  invoiceNumber: text(parent(row, 'Invoice__r'), 'Number__c'),
  invoiceStatus: must(parent(row, 'Invoice__r'), 'Status__c') as InvoiceStatus,
});

/** A merge hands the child records of the account that goes to the one that is left; they still name the former. */
const recordOf = (row: Row): string => id18(row, 'Account__c') ?? toId18(must(row, 'Record_Id__c'));

export const toLink = (row: Row): Link => ({
  system: row.System__c === 'Stripe' ? 'stripe' : 'quickbooks',
  recordId: recordOf(row),
  recordType: row.Record_Type__c === 'Product2' ? 'Product2' : 'Account',
  currency: text(row, 'Currency_Code__c'),
  externalId: must(row, 'External_Id__c'),
  externalType: must(row, 'External_Type__c') as Link['externalType'],
  matchedBy: must(row, 'Matched_By__c') as MatchedBy,
  linkId: toId18(must(row, 'Id')),
  status: must(row, 'Status__c') as Link['status'],
  ...(text(row, 'Display_Name__c') ? { displayName: must(row, 'Display_Name__c') } : {}),
  ...(text(row, 'External_URL__c') ? { url: must(row, 'External_URL__c') } : {}),
  ...(text(row, 'Reasons__c') ? { reasons: must(row, 'Reasons__c') } : {}),
});

/** None when its candidates cannot be read: the next look writes it anew. */
export function toReview(row: Row): MatchReview[] {
  const content = readContent(text(row, 'Candidates__c'));
  if (!content) return [];
  return [
    {
      key: must(row, 'Review_Key__c'),
      system: row.System__c === 'Stripe' ? 'stripe' : 'quickbooks',
      recordId: recordOf(row),
      status: must(row, 'Status__c') as MatchReview['status'],
      reason: must(row, 'Reason__c'),
      // The account that is left of a merge: what is made now is made for it.
      content: { ...content, ours: { ...content.ours, accountId: recordOf(row) } },
    },
  ];
}

/** The same of a product. */
export function toItemReview(row: Row): ItemReview[] {
  const content = readContent<ItemContent>(text(row, 'Candidates__c'));
  if (!content) return [];
  return [
    {
      key: must(row, 'Review_Key__c'),
      recordType: 'Product2',
      system: row.System__c === 'Stripe' ? 'stripe' : 'quickbooks',
      recordId: toId18(must(row, 'Record_Id__c')),
      status: must(row, 'Status__c') as ItemReview['status'],
      reason: must(row, 'Reason__c'),
      content,
    },
  ];
}

/** Records cannot be given to a user who has left; a queue is not active either. */
const activeOwner = (row: Row): string | null => (parent(row, 'Owner').IsActive === true ? id18(row, 'OwnerId') : null);

export function toInvoiceRecord(row: Row): InvoiceRecord {
  const currency = must(row, 'Currency_Code__c');
  const amount = (field: string) => minorOf(row[field], currency);
  const intentKey = must(row, 'Intent_Key__c');
  const [issueOperation] = children(row, 'Trueup_Operations__r');
  return {
    id: toId18(must(row, 'Id')),
    ownerId: activeOwner(row),
    intentKey,
    operationKey: issueOperation ? must(issueOperation, 'Operation_Key__c') : intentKey,
    companyKey: must(parent(row, 'Company__r'), 'External_Key__c'),
    sourceId: must(row, 'Source_Id__c'),
    accountId: id18(row, 'Account__c') ?? '',
    contactId: id18(row, 'Contact__c'),
    number: text(row, 'Number__c'),
    status: must(row, 'Status__c') as InvoiceStatus,
    currency,
    invoiceDate: must(row, 'Invoice_Date__c'),
    dueDate: must(row, 'Due_Date__c'),
    terms: must(row, 'Terms__c'),
    poNumber: text(row, 'PO_Number__c'),
    memo: text(row, 'Memo__c'),
    delivery: row.Delivery__c === 'Send by Stripe' ? 'send' : 'do-not-send',
    billToEmail: text(row, 'Bill_To_Email__c'),
    subtotal: amount('Subtotal__c'),
    tax: amount('Tax__c'),
    total: amount('Total__c'),
    paid: amount('Paid__c'),
    credited: amount('Credited__c'),
    amountDue: amount('Amount_Due__c'),
    stripeInvoiceId: text(row, 'Stripe_Invoice_Id__c'),
    quickbooksInvoiceId: text(row, 'QuickBooks_Invoice_Id__c'),
    quickbooksSyncToken: text(row, 'QuickBooks_Sync_Token__c'),
    sentAt: text(row, 'Sent_At__c'),
    problem: text(row, 'Problem__c'),
    openIssues: children(row, 'Trueup_Sync_Issues__r').map((issue) => must(issue, 'Issue_Key__c')),
    issuedAt: new Date(must(row, 'CreatedDate')).toISOString(),
    revision: Number(row.Revision__c ?? 0),
    ...(text(row, 'Loaded_From__c') === null ? {} : { loaded: true as const }),
    lines: children(row, 'Trueup_Lines__r').map((line) => ({
      lineKey: must(line, 'Line_Key__c'),
      productId: id18(line, 'Product__c'),
      description: must(line, 'Description__c'),
      quantity: decimalText(line.Quantity__c),
      unitPrice: decimalText(line.Unit_Price__c),
      amount: minorOf(line.Amount__c, currency),
      tax: minorOf(line.Tax_Amount__c, currency),
      serviceDate: text(line, 'Service_Date__c'),
    })),
    allocations: children(row, 'Trueup_Allocations__r').map((part) => ({
      paymentKey: paymentKeyOf(must(part, 'Allocation_Key__c')),
      kind: part.Kind__c === 'Credit' ? 'Credit' : 'Payment',
      amount: minorOf(part.Effective_Amount__c, currency),
    })),
  };
}

/** `<payment key>|<invoice id>`: one allocation of a payment to an invoice. `|` is in no id. */
export const allocationKey = (paymentKey: string, invoiceId: string): string => `${paymentKey}|${invoiceId}`;
export const paymentKeyOf = (key: string): string => key.split('|')[0] ?? key;
