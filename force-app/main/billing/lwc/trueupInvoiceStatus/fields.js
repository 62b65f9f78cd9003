import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import AMOUNT_DUE from '@salesforce/schema/Trueup_Invoice__c.Amount_Due__c';
import CREDITED from '@salesforce/schema/Trueup_Invoice__c.Credited__c';
import CURRENCY from '@salesforce/schema/Trueup_Invoice__c.Currency_Code__c';
import DUE_DATE from '@salesforce/schema/Trueup_Invoice__c.Due_Date__c';
import NAME from '@salesforce/schema/Trueup_Invoice__c.Name';
import NUMBER from '@salesforce/schema/Trueup_Invoice__c.Number__c';
import PAID from '@salesforce/schema/Trueup_Invoice__c.Paid__c';
import PAY_LINK from '@salesforce/schema/Trueup_Invoice__c.Pay_Link__c';
import PDF_LINK from '@salesforce/schema/Trueup_Invoice__c.PDF_Link__c';
import PROBLEM from '@salesforce/schema/Trueup_Invoice__c.Problem__c';
import QUICKBOOKS_AS_OF from '@salesforce/schema/Trueup_Invoice__c.QuickBooks_As_Of__c';
import QUICKBOOKS_URL from '@salesforce/schema/Trueup_Invoice__c.QuickBooks_URL__c';
import SALESFORCE_AS_OF from '@salesforce/schema/Trueup_Invoice__c.Salesforce_As_Of__c';
import STATUS from '@salesforce/schema/Trueup_Invoice__c.Status__c';
import STRIPE_AS_OF from '@salesforce/schema/Trueup_Invoice__c.Stripe_As_Of__c';
import STRIPE_URL from '@salesforce/schema/Trueup_Invoice__c.Stripe_URL__c';
import TOTAL from '@salesforce/schema/Trueup_Invoice__c.Total__c';

/** Without these there is nothing to show. */
export const FIELDS = [NAME, STATUS];

/** Field-level security may hide any of these from the user. */
export const OPTIONAL_FIELDS = [
  AMOUNT_DUE,
  CREDITED,
  CURRENCY,
  DUE_DATE,
  NUMBER,
  PAID,
  PAY_LINK,
  PDF_LINK,
  PROBLEM,
  QUICKBOOKS_AS_OF,
  QUICKBOOKS_URL,
  SALESFORCE_AS_OF,
  STRIPE_AS_OF,
  STRIPE_URL,
  TOTAL,
];

/** The record as the component shows it; what the user may not see is absent. */
export function invoiceOf(record) {
  const value = (field) => getFieldValue(record, field) ?? undefined;
  return {
    number: value(NUMBER) ?? value(NAME),
    status: value(STATUS),
    statusLabel: getFieldDisplayValue(record, STATUS) ?? value(STATUS),
    currencyCode: value(CURRENCY),
    dueDate: value(DUE_DATE),
    total: value(TOTAL),
    paid: value(PAID),
    credited: value(CREDITED),
    due: value(AMOUNT_DUE),
    payLink: value(PAY_LINK),
    pdfLink: value(PDF_LINK),
    problem: value(PROBLEM),
    salesforceAsOf: value(SALESFORCE_AS_OF),
    stripe: { url: value(STRIPE_URL), asOf: value(STRIPE_AS_OF) },
    quickbooks: { url: value(QUICKBOOKS_URL), asOf: value(QUICKBOOKS_AS_OF) },
  };
}
