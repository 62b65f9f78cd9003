import type { HeldInvoice, HeldPayment, LoadedFrom } from '../../domain/first-load/mirror.ts';
import type { MatchAccount } from '../../domain/first-load/plan-matches.ts';
import type { InvoiceStatus } from '../../domain/invoice.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import type { Row } from './client.ts';
import type { OrgFeatures } from './select.ts';
import { quote, quoteAll, toId18 } from './soql.ts';
import { children, id18, minorOf, paymentKeyOf, text, toAccount } from './translate.ts';

/** Stands in the place of a payment's key: what is settled but by no payment. */
export const REST_KEY = 'loaded-rest';

/** Rows of a page; a query without children answers with as many at once. */
export const ACCOUNTS = 2000;
/** Keys of one query. */
export const KEYS = 200;

export const accountsQuery = (after: string | null, features: OrgFeatures): string =>
  `SELECT Id, Name, Trueup_Loaded_Key__c, Phone, Website, BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry${features.multiCurrency ? ', CurrencyIsoCode' : ''},
    (SELECT Email FROM Contacts WHERE Email != null ORDER BY Name LIMIT 20)
  FROM Account ${after === null ? '' : `WHERE Id > ${quote(after)} `}ORDER BY Id LIMIT ${ACCOUNTS}`;

export function toMatchAccount(row: Row): MatchAccount {
  const { id, name, phone, address, currency } = toAccount(row);
  const emails = children(row, 'Contacts').flatMap((contact) => text(contact, 'Email') ?? []);
  return {
    id,
    name,
    phone,
    address,
    currency,
    website: text(row, 'Website'),
    emails: [...new Set(emails)],
    loadedKey: text(row, 'Trueup_Loaded_Key__c'),
  };
}

/** Records cannot be given to a user who has left. */
export const activeOwner = (row: Row): string | null => ((row.Owner as Row | null)?.IsActive === true ? id18(row, 'OwnerId') : null);

export const heldInvoicesQuery = (field: string, values: readonly string[], companyKey: string): string => `
  SELECT Id, Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c, Loaded_From__c, Loaded_Balance__c, Account__c, Number__c, Status__c, Currency_Code__c,
    Total__c, Tax__c, Invoice_Date__c, Due_Date__c, (SELECT Allocation_Key__c, Effective_Amount__c, Payment__r.QuickBooks_Payment_Id__c FROM Trueup_Allocations__r),
    (SELECT Id FROM Trueup_Lines__r LIMIT 1)
  FROM Trueup_Invoice__c WHERE ${field} IN (${quoteAll(values)}) AND Company__r.External_Key__c = ${quote(companyKey)}`;

export function toHeldInvoice(row: Row): HeldInvoice {
  const currency = text(row, 'Currency_Code__c') ?? 'USD';
  const id = toId18(String(row.Id));
  return {
    id,
    stripeInvoiceId: text(row, 'Stripe_Invoice_Id__c'),
    quickbooksInvoiceId: text(row, 'QuickBooks_Invoice_Id__c'),
    loadedFrom: text(row, 'Loaded_From__c') as LoadedFrom | null,
    accountId: id18(row, 'Account__c') ?? '',
    number: text(row, 'Number__c'),
    status: text(row, 'Status__c') as InvoiceStatus,
    currency,
    total: minorOf(row.Total__c, currency),
    tax: minorOf(row.Tax__c, currency),
    balance: minorOf(row.Loaded_Balance__c, currency),
    invoiceDate: text(row, 'Invoice_Date__c') ?? '',
    dueDate: text(row, 'Due_Date__c') ?? '',
    hasLine: children(row, 'Trueup_Lines__r').length > 0,
    allocations: children(row, 'Trueup_Allocations__r').map((part) => {
      const key = paymentKeyOf(String(part.Allocation_Key__c));
      const copiedAs = text((part.Payment__r as Row | null) ?? {}, 'QuickBooks_Payment_Id__c');
      return { invoiceId: id, paymentKey: key === REST_KEY ? null : key, copiedAs, amount: minorOf(part.Effective_Amount__c, currency) };
    }),
  };
}

export const heldPaymentsQuery = (field: string, values: readonly string[], companyKey: string): string => `
  SELECT Id, Stripe_Payment_Id__c, QuickBooks_Payment_Id__c, Loaded_From__c, Account__c, Amount__c, Currency_Code__c, Status__c, Source_System__c,
    (SELECT Invoice__c, Effective_Amount__c FROM Trueup_Allocations__r)
  FROM Trueup_Payment__c WHERE ${field} IN (${quoteAll(values)}) AND Company__r.External_Key__c = ${quote(companyKey)}`;

export function toHeldPayment(row: Row): HeldPayment {
  const currency = text(row, 'Currency_Code__c') ?? 'USD';
  return {
    id: toId18(String(row.Id)),
    stripePaymentId: text(row, 'Stripe_Payment_Id__c'),
    quickbooksPaymentId: text(row, 'QuickBooks_Payment_Id__c'),
    loadedFrom: text(row, 'Loaded_From__c') as LoadedFrom | null,
    accountId: id18(row, 'Account__c') ?? '',
    amount: minorOf(row.Amount__c, currency),
    currency,
    status: text(row, 'Status__c') as PaymentStatus,
    sourceSystem: row.Source_System__c === 'Stripe' ? 'Stripe' : 'QuickBooks',
    countsFor: children(row, 'Trueup_Allocations__r').flatMap((part) =>
      part.Effective_Amount__c === 0 ? [] : (id18(part, 'Invoice__c') ?? []),
    ),
  };
}
