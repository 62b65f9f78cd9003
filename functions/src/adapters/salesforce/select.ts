import type { Link } from '../../domain/link.ts';
import type { SourceType } from '../../domain/source.ts';
import { quote, quoteAll } from './soql.ts';

/** Which features the org has, found out once per process from its own descriptions. */
export interface OrgFeatures {
  multiCurrency: boolean;
}

const iso = (features: OrgFeatures) => (features.multiCurrency ? ', CurrencyIsoCode' : '');

export const INVOICE_FIELDS = `Id, OwnerId, Owner.IsActive, Intent_Key__c, Company__r.External_Key__c, Source_Id__c, Account__c, Contact__c, Number__c, Status__c, Currency_Code__c,
  Invoice_Date__c, Due_Date__c, Terms__c, PO_Number__c, Memo__c, Delivery__c, Bill_To_Email__c, Subtotal__c, Tax__c, Total__c, Paid__c, Credited__c, Amount_Due__c,
  Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c, QuickBooks_Sync_Token__c, Sent_At__c, Problem__c, Revision__c, Loaded_From__c, CreatedDate,
  (SELECT Line_Key__c, Product__c, Description__c, Quantity__c, Unit_Price__c, Amount__c, Tax_Amount__c, Service_Date__c FROM Trueup_Lines__r ORDER BY Sort_Order__c),
  (SELECT Allocation_Key__c, Kind__c, Effective_Amount__c FROM Trueup_Allocations__r),
  (SELECT Issue_Key__c FROM Trueup_Sync_Issues__r WHERE Status__c = 'Open'),
  (SELECT Operation_Key__c FROM Trueup_Operations__r WHERE Kind__c = 'Issue Invoice' LIMIT 1)`;

export const companyQuery = (companyKey: string): string => `
  SELECT Id, External_Key__c, Name, Org_Id__c, Stripe_Account_Id__c, QuickBooks_Realm_Id__c, Mode__c, Home_Currency__c, Time_Zone__c, Number_Prefix__c,
    Tax_Engine__c, Tax_Rate__c, Clearing_Account__c, Fee_Account__c, Disputed_Funds_Account__c, Bad_Debt_Account__c, Payout_Account__c,
    Default_Terms__c, Active__c, Connected__c, CreatedDate
  FROM Trueup_Company__c WHERE External_Key__c = ${quote(companyKey)}`;

export const accessQuery = (userId: string, recordId: string): string => `
  SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess WHERE UserId = ${quote(userId)} AND RecordId = ${quote(recordId)}`;

interface SourceQueries {
  /** The source with its lines as the child `lines` relationship. */
  source: string;
  /** Name of the child relationship that holds the lines; null for an Account. */
  lines: string | null;
  /** Condition on Account.Id that gives the source's account. */
  account: string;
  /** Sub-select of the lines' products. */
  products: string | null;
}

const LINE = 'Id, Product2Id, Product2.Name, Product2.ProductCode, Description, Quantity, UnitPrice, ServiceDate';

/** Sources by type. An org without Orders or Quotes never has ids of them, so these queries never run there. */
export function sourceQueries(type: SourceType, id: string, features: OrgFeatures): SourceQueries {
  const key = quote(id);
  switch (type) {
    case 'Opportunity':
      return {
        // UnitPrice is the sales price before the line's Discount percent; TotalPrice has it folded in.
        source: `SELECT Id, Name, AccountId, ContactId, OwnerId${iso(features)},
          (SELECT ${LINE}, Discount, SortOrder FROM OpportunityLineItems ORDER BY SortOrder NULLS LAST, Id) FROM Opportunity WHERE Id = ${key}`,
        lines: 'OpportunityLineItems',
        account: `SELECT AccountId FROM Opportunity WHERE Id = ${key}`,
        products: `SELECT Product2Id FROM OpportunityLineItem WHERE OpportunityId = ${key}`,
      };
    case 'Order':
      return {
        source: `SELECT Id, Name, OrderNumber, AccountId, BillToContactId, OpportunityId, OwnerId, PoNumber, Status${iso(features)},
          (SELECT ${LINE} FROM OrderItems ORDER BY OrderItemNumber, Id) FROM Order WHERE Id = ${key}`,
        lines: 'OrderItems',
        account: `SELECT AccountId FROM Order WHERE Id = ${key}`,
        products: `SELECT Product2Id FROM OrderItem WHERE OrderId = ${key}`,
      };
    case 'Quote':
      return {
        source: `SELECT Id, Name, AccountId, ContactId, OpportunityId, OwnerId${iso(features)},
          (SELECT ${LINE}, Discount, SortOrder FROM QuoteLineItems ORDER BY SortOrder NULLS LAST, Id) FROM Quote WHERE Id = ${key}`,
        lines: 'QuoteLineItems',
        account: `SELECT AccountId FROM Quote WHERE Id = ${key}`,
        products: `SELECT Product2Id FROM QuoteLineItem WHERE QuoteId = ${key}`,
      };
    case 'Account':
      return {
        source: `SELECT Id, Name, OwnerId${iso(features)} FROM Account WHERE Id = ${key}`,
        lines: null,
        account: key,
        products: null,
      };
  }
}

export const LINK_FIELDS = `Id, System__c, Account__c, Record_Id__c, Record_Type__c, Currency_Code__c, External_Id__c, External_Type__c, Matched_By__c, Status__c, Display_Name__c, External_URL__c, Reasons__c`;
export const REVIEW_FIELDS = 'Review_Key__c, System__c, Record_Type__c, Account__c, Record_Id__c, Status__c, Reason__c, Candidates__c';
export const ofCompany = (companyKey: string) => `Company__r.External_Key__c = ${quote(companyKey)}`;
/** Nobody is created in a broken one's place without a person. */
const linkedOrBroken = (companyKey: string) => `Status__c IN ('Linked', 'Broken') AND ${ofCompany(companyKey)}`;

/** The account with its contacts and links: one query, since a composite call takes five at most. */
export const accountQuery = (account: string, companyKey: string, features: OrgFeatures): string => `
  SELECT Id, Name, Phone, BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry${iso(features)},
    (SELECT Id, AccountId, Name, Email FROM Contacts ORDER BY Name LIMIT 200),
    (SELECT ${LINK_FIELDS} FROM Trueup_Links__r WHERE ${linkedOrBroken(companyKey)}),
    (SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Reviews__r WHERE ${ofCompany(companyKey)})
  FROM Account WHERE Id IN (${account})`;

/** Products with their links and reviews, in one query for the same reason. @param products condition on Product2.Id */
export const productsQuery = (products: string, companyKey: string): string => `
  SELECT Id,
    (SELECT ${LINK_FIELDS} FROM Trueup_Links__r WHERE ${linkedOrBroken(companyKey)}),
    (SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Reviews__r WHERE ${ofCompany(companyKey)})
  FROM Product2 WHERE Id IN (${products})`;

export const earlierLinesQuery = (sourceId: string): string => `
  SELECT Line_Key__c, Source_Line_Id__c, Product__c, Quantity__c, Invoice__c, Invoice__r.Number__c, Invoice__r.Status__c
  FROM Trueup_Invoice_Line__c WHERE Invoice__r.Source_Id__c = ${quote(sourceId)}`;

/** @param where condition on Account__c or Product__c: a semi-join may not stand under OR, so each is a query of its own */
export const linksQuery = (companyKey: string, where: string, states: readonly Link['status'][] = ['Linked']): string =>
  `SELECT ${LINK_FIELDS} FROM Trueup_Link__c WHERE Status__c IN (${quoteAll(states)}) AND ${ofCompany(companyKey)} AND ${where}`;

export const invoiceQuery = (where: string, suffix = ''): string =>
  `SELECT ${INVOICE_FIELDS} FROM Trueup_Invoice__c WHERE ${where} ${suffix}`;

export const invoicesOfKeys = (intentKey: string, lineKeys: readonly string[]): Record<'byIntent' | 'byLine', string> => ({
  byIntent: invoiceQuery(`Intent_Key__c = ${quote(intentKey)}`),
  byLine: invoiceQuery(`Id IN (SELECT Invoice__c FROM Trueup_Invoice_Line__c WHERE Line_Key__c IN (${quoteAll(lineKeys)}))`),
});

export const briefQuery = (companyKey: string, after: string | null, limit: number): string =>
  `SELECT Id, Number__c, Status__c, Currency_Code__c, Invoice_Date__c, Total__c, Amount_Due__c, Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c, CreatedDate
  FROM Trueup_Invoice__c WHERE Company__r.External_Key__c = ${quote(companyKey)} AND Status__c != 'Rejected' AND Loaded_From__c = null${after ? ` AND Id > ${quote(after)}` : ''}
  ORDER BY Id LIMIT ${limit}`;
