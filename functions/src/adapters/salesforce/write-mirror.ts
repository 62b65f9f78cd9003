import type { CopiedPayment, MirrorAllocation, MirrorInvoice, MirrorPayment } from '../../domain/first-load/mirror.ts';
import { reviewContentOf } from '../../domain/first-load/unknown-customer.ts';
import { writeContent } from '../../domain/match-review.ts';
import type { LoadOwner, UnknownCustomer } from '../../ports/load-records.ts';
import type { PastCustomer } from '../../domain/first-load/past.ts';
import type { Row } from './client.ts';
import type { OrgFeatures } from './select.ts';
import { REST_KEY } from './select-mirror.ts';
import { allocationKey, amountOf } from './translate.ts';
import { currencyField, given } from './write-fields.ts';

/** A URL field of Salesforce holds 255 characters; a cut link would lead nowhere. */
const fitUrl = (url: string | null): string | null => (url !== null && url.length > 255 ? null : url);
const quickbooksKey = (id: string | null, { quickbooksRealmId }: LoadOwner): string | undefined =>
  id === null ? undefined : `${quickbooksRealmId ?? ''}:${id}`;

/** What is said of any loaded document. */
const documentRow = (mirror: MirrorInvoice | MirrorPayment, owner: LoadOwner, features: OrgFeatures): Row => ({
  Name: mirror.name.slice(0, 80),
  OwnerId: mirror.ownerId ?? undefined,
  Company__c: owner.companyId,
  Account__c: mirror.accountId,
  Loaded_From__c: mirror.loadedFrom,
  Status__c: mirror.status,
  Currency_Code__c: mirror.currency,
  Stripe_URL__c: mirror.stripeUrl ?? undefined,
  QuickBooks_URL__c: mirror.quickbooksUrl ?? undefined,
  ...currencyField(mirror.currency, features),
});

export function invoiceRow(mirror: MirrorInvoice, owner: LoadOwner, features: OrgFeatures, readAt: string): Row {
  const { currency, stripeInvoiceId, quickbooksInvoiceId } = mirror;
  const stripe = mirror.stripeUrl !== null;
  return given({
    ...documentRow(mirror, owner, features),
    Loaded_Balance__c: amountOf(mirror.balance, currency),
    Stripe_Invoice_Id__c: stripeInvoiceId ?? undefined,
    QuickBooks_Invoice_Id__c: quickbooksInvoiceId ?? undefined,
    QuickBooks_Key__c: quickbooksKey(quickbooksInvoiceId, owner),
    QuickBooks_Sync_Token__c: mirror.quickbooksSyncToken ?? undefined,
    Number__c: mirror.number,
    Invoice_Date__c: mirror.invoiceDate,
    Due_Date__c: mirror.dueDate,
    Delivery__c: 'Do Not Send',
    Bill_To_Email__c: mirror.email ?? undefined,
    Memo__c: mirror.memo?.slice(0, 1000) ?? undefined,
    Pay_Link__c: fitUrl(mirror.payLink) ?? undefined,
    PDF_Link__c: fitUrl(mirror.pdfLink) ?? undefined,
    Stripe_As_Of__c: stripe ? readAt : undefined,
    QuickBooks_As_Of__c: stripe ? undefined : readAt,
    Salesforce_As_Of__c: readAt,
    Revision__c: 0,
  });
}

/** The one line in which the amount of a loaded invoice stands: Salesforce's total is a sum of lines. */
export function lineRow(invoiceId: string, { currency, total, tax, loadedFrom, line }: MirrorInvoice, features: OrgFeatures): Row {
  const amount = amountOf(total - tax, currency);
  return given({
    // A line never changes its invoice: to name it again, even the same, is refused.
    Invoice__c: line === 'make' ? invoiceId : undefined,
    Line_Key__c: `loaded|${invoiceId}`,
    Description__c: `As invoiced in ${loadedFrom === 'QuickBooks' ? 'QuickBooks' : 'Stripe'}`,
    Quantity__c: 1,
    Unit_Price__c: amount,
    Amount__c: amount,
    Tax_Amount__c: amountOf(tax, currency),
    Sort_Order__c: 1,
    ...currencyField(currency, features),
  });
}

export function paymentRow(mirror: MirrorPayment, owner: LoadOwner, features: OrgFeatures, readAt: string): Row {
  const both = mirror.loadedFrom === 'Stripe and QuickBooks';
  return given({
    ...documentRow(mirror, owner, features),
    Amount__c: amountOf(mirror.amount, mirror.currency),
    Method__c: mirror.method?.slice(0, 60) ?? undefined,
    Source_System__c: mirror.sourceSystem,
    Received_At__c: mirror.receivedAt,
    Stripe_Payment_Id__c: mirror.stripePaymentId ?? undefined,
    Stripe_Charge_Id__c: mirror.stripeChargeId ?? undefined,
    QuickBooks_Payment_Id__c: mirror.quickbooksPaymentId ?? undefined,
    QuickBooks_Key__c: quickbooksKey(mirror.quickbooksPaymentId, owner),
    Stripe_As_Of__c: mirror.sourceSystem === 'Stripe' ? readAt : undefined,
    QuickBooks_As_Of__c: mirror.sourceSystem === 'QuickBooks' || both ? readAt : undefined,
    Booked__c: mirror.sourceSystem === 'QuickBooks' || both,
  });
}

export const copyRow = (copy: CopiedPayment, owner: LoadOwner, readAt: string): Row => ({
  Loaded_From__c: copy.loadedFrom,
  Stripe_Payment_Id__c: copy.stripePaymentId,
  QuickBooks_Payment_Id__c: copy.quickbooksPaymentId,
  QuickBooks_Key__c: quickbooksKey(copy.quickbooksPaymentId, owner),
  QuickBooks_URL__c: copy.quickbooksUrl,
  QuickBooks_As_Of__c: readAt,
  Booked__c: true,
});

export const allocationRow = ({ invoiceId, payment, amount, currency }: MirrorAllocation, features: OrgFeatures): Row =>
  given({
    Invoice__c: invoiceId,
    Payment__c: payment?.id,
    Allocation_Key__c: allocationKey(payment?.key ?? REST_KEY, invoiceId),
    Kind__c: payment ? 'Payment' : 'Credit',
    Effective_Amount__c: amountOf(amount, currency),
    ...currencyField(currency, features),
  });

export const reviewRow = (unknown: UnknownCustomer, owner: LoadOwner): Row => ({
  Review_Key__c: unknown.reviewKey,
  Company__c: owner.companyId,
  Record_Type__c: 'Account',
  System__c: unknown.system === 'stripe' ? 'Stripe' : 'QuickBooks',
  Status__c: 'Open',
  Reason__c: `No account matches ${unknown.customer.name}.`.slice(0, 255),
  Candidates__c: writeContent(reviewContentOf(unknown.customer)),
});

/** An account for a customer that none matches. */
export function accountRow(
  { key, customer, currency }: { key: string; customer: PastCustomer; currency: string },
  features: OrgFeatures,
): Row {
  const { address } = customer;
  return given({
    Name: customer.name.slice(0, 255),
    Trueup_Loaded_Key__c: key,
    Phone: customer.phone?.slice(0, 40) ?? undefined,
    BillingStreet: address?.line1,
    BillingCity: address?.city,
    BillingState: address?.state,
    BillingPostalCode: address?.postalCode,
    BillingCountry: address?.country,
    ...currencyField(currency, features),
  });
}
