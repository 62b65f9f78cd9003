import { clearingAccount, clearingAccountName } from '../domain/clearing-account.ts';
import { dayInZone } from '../domain/dates.ts';
import { exchangeRate } from '../domain/exchange-rate.ts';
import { rejected, type Outcome } from '../domain/outcome.ts';
import type { PaymentRecord } from '../domain/payment.ts';
import type { LedgerInvoice, LedgerPayment, LedgerReference } from '../ports/ledger.ts';
import type { StripePayment } from '../ports/payments.ts';
import type { InvoiceRead } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { sendOnce } from './effects/send-once.ts';
import { bookPayment } from './writes/ledger-payment.ts';

/**
 * Books a payment Stripe took in QuickBooks: gross, against the invoice, into the clearing account of the settlement
 * currency, on its day in the company's time zone. Keyed by the Stripe payment: from whichever road it comes, once.
 */
export async function recordPayment(
  deps: Pick<Deps, 'ledger' | 'effects' | 'clock'>,
  { invoice, company }: InvoiceRead,
  payment: StripePayment,
  document: LedgerInvoice,
  reference: LedgerReference,
): Promise<Outcome<LedgerPayment>> {
  const currency = payment.settlementCurrency ?? payment.currency;
  const account = clearingAccount(reference.accounts, company.clearingAccount, currency);
  if (!account) {
    return rejected({
      code: 'clearing-account-missing',
      severity: 'error',
      message: `QuickBooks has no account "${clearingAccountName(company.clearingAccount, currency)}" to put Stripe's money into.`,
      action: 'Ask the accountant to create it as a bank account in this currency; the payment is booked at the next sync.',
    });
  }
  return sendOnce(
    deps,
    bookPayment(deps, {
      invoiceId: invoice.id,
      stripePaymentId: payment.id,
      companyKey: company.key,
      customerId: document.customerId,
      quickbooksInvoiceId: document.id,
      amount: payment.allocated,
      currency: payment.currency,
      multicurrency: reference.multicurrency,
      date: dayInZone(Date.parse(payment.receivedAt), company.timeZone),
      depositAccountId: account.id,
      exchangeRate: settledRate(payment, reference),
    }),
  );
}

/** The exchange rate of a payment is that of Stripe's settlement, so that the clearing account gets what Stripe got. */
function settledRate(
  { amount, currency, settlementCurrency, settledAmount }: StripePayment,
  { homeCurrency }: LedgerReference,
): string | null {
  if (settledAmount === null || settlementCurrency !== homeCurrency || currency === homeCurrency) return null;
  return exchangeRate({ minor: settledAmount, currency: settlementCurrency }, { minor: amount, currency });
}

/** A Stripe payment as Salesforce holds it; `booked` once QuickBooks has it. */
export function stripePaymentRecord(payment: StripePayment, booked: LedgerPayment | null): PaymentRecord {
  return {
    name: payment.id,
    sourceSystem: 'Stripe',
    status: payment.status,
    amount: { minor: payment.amount, currency: payment.currency },
    method: payment.method,
    receivedAt: payment.receivedAt,
    stripePaymentId: payment.id,
    stripeChargeId: payment.chargeId,
    quickbooksPaymentId: booked?.id ?? null,
    stripeUrl: payment.url,
    quickbooksUrl: booked?.url ?? null,
    booked: booked !== null,
    allocated: countsAgainst(payment) ? payment.allocated : 0,
  };
}

/** Money that has arrived. A refund is an entry of its own and leaves the payment where it is. */
export function countsAgainst({ status }: Pick<StripePayment, 'status'>): boolean {
  return status === 'Succeeded' || status === 'Refunded' || status === 'Partially Refunded' || status === 'Disputed';
}

/** A cheque, wire or cash payment the accountant booked; what of it counts against this QuickBooks invoice. */
export function ledgerPaymentRecord(payment: LedgerPayment, quickbooksInvoiceId: string, timeOfDay = 'T12:00:00.000Z'): PaymentRecord {
  const allocated = payment.voided
    ? 0
    : payment.allocations.filter((part) => part.quickbooksInvoiceId === quickbooksInvoiceId).reduce((all, part) => all + part.amount, 0);
  return {
    name: payment.reference ?? payment.id,
    sourceSystem: 'QuickBooks',
    status: payment.voided ? 'Failed' : 'Succeeded',
    amount: { minor: payment.amount, currency: payment.currency },
    method: payment.method,
    receivedAt: `${payment.date}${timeOfDay}`,
    stripePaymentId: null,
    stripeChargeId: null,
    quickbooksPaymentId: payment.id,
    stripeUrl: null,
    quickbooksUrl: payment.url,
    booked: true,
    allocated,
  };
}

/** The booking of a payment among those QuickBooks links to the invoice already, so that nothing is sent at all. */
export function bookedAlready(payment: StripePayment, linked: readonly LedgerPayment[]): LedgerPayment | null {
  return linked.find((each) => !each.voided && each.stripePaymentId === payment.id) ?? null;
}
