import Stripe from 'stripe';
import { exponentOf } from '../../domain/currency.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import type { PostalAddress } from '../../domain/source.ts';
import { partsOf } from './mapped.ts';
import type { DraftBody, DraftLine, StripeCustomer, StripeCustomerBody, StripeInvoice, StripePayment } from '../../ports/payments.ts';

/** Where links for people point: the dashboard, with the test prefix for test keys. */
export interface Dashboard {
  base: string;
  live: boolean;
}

/** Stripe writes these two as if they had cents. https://docs.stripe.com/currencies#special-cases */
const WRITTEN_WITH_CENTS = new Set(['ISK', 'UGX']);

export const toStripeAmount = (minor: number, currency: string): number =>
  WRITTEN_WITH_CENTS.has(currency.toUpperCase()) ? minor * 100 : minor;
export const fromStripeAmount = (amount: number, currency: string): number =>
  WRITTEN_WITH_CENTS.has(currency.toUpperCase()) ? amount / 100 : amount;

export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
export const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null);
export const page = (dashboard: Dashboard, path: string): string => `${dashboard.base}${dashboard.live ? '' : '/test'}/${path}`;

/** Name of the field that shows it on the invoice. */
export const PO_NUMBER = 'PO number';

/** Names in metadata by which our own objects are found again. */
export const MARK = {
  account: 'salesforce_account_id',
  invoice: 'salesforce_invoice_id',
  operation: 'trueup_operation',
  company: 'trueup_company',
  line: 'trueup_line_key',
  product: 'salesforce_product_id',
};

export function toCustomerParams(body: StripeCustomerBody): Stripe.CustomerCreateParams {
  const { metadata, members } = partsOf(body.mapped);
  return {
    ...members,
    name: body.name,
    ...(body.email ? { email: body.email } : {}),
    ...(body.phone ? { phone: body.phone.slice(0, 20) } : {}),
    ...(body.address ? { address: toAddress(body.address) } : {}),
    metadata: { ...metadata, [MARK.account]: body.accountId, [MARK.company]: body.companyKey },
  };
}

function toAddress(address: PostalAddress): Stripe.AddressParam {
  return {
    ...(address.line1 ? { line1: address.line1 } : {}),
    ...(address.city ? { city: address.city } : {}),
    ...(address.state ? { state: address.state } : {}),
    ...(address.postalCode ? { postal_code: address.postalCode } : {}),
    ...(address.country ? { country: address.country } : {}),
  };
}

export function fromAddress({ line1, city, state, postal_code: postalCode, country }: Stripe.Address): PostalAddress {
  return {
    ...(line1 ? { line1 } : {}),
    ...(city ? { city } : {}),
    ...(state ? { state } : {}),
    ...(postalCode ? { postalCode } : {}),
    ...(country ? { country } : {}),
  };
}

export function fromCustomer(customer: Stripe.Customer, dashboard: Dashboard): StripeCustomer {
  const currency = customer.currency?.toUpperCase() ?? null;
  return {
    id: customer.id,
    name: customer.name ?? null,
    email: customer.email,
    phone: customer.phone ?? null,
    address: customer.address ? fromAddress(customer.address) : null,
    accountId: customer.metadata?.[MARK.account] ?? null,
    currency,
    balance: currency ? fromStripeAmount(customer.balance, currency) : customer.balance,
    url: page(dashboard, `customers/${customer.id}`),
  };
}

/** Making one costs far more than asking it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Seconds since the epoch of `time` (such as `23:59:59`) on a calendar day in an IANA zone. */
export function instantOf(day: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T${time}Z`);
  let shown = clocks.get(timeZone);
  if (!shown) clocks.set(timeZone, (shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })));
  const { format } = shown;
  const offsetAt = (instant: number) => Date.parse(`${format(instant).replace(' ', 'T')}Z`) - instant;
  // The offset is read at the guess and once more at its result, which settles days on which clocks change.
  const guess = asUtc - offsetAt(asUtc);
  return Math.floor((asUtc - offsetAt(guess)) / 1000);
}

export function toDraftParams(body: DraftBody): Stripe.InvoiceCreateParams {
  const { metadata, customFields, members } = partsOf(body.mapped);
  const shown = [...(body.poNumber ? [{ name: PO_NUMBER, value: body.poNumber }] : []), ...customFields];
  return {
    ...members,
    customer: body.customerId,
    currency: body.currency.toLowerCase(),
    collection_method: 'send_invoice',
    auto_advance: false,
    pending_invoice_items_behavior: 'exclude',
    automatic_tax: { enabled: body.automaticTax },
    number: body.number,
    due_date: instantOf(body.dueDate, '23:59:59', body.timeZone),
    effective_at: instantOf(body.invoiceDate, '12:00:00', body.timeZone),
    ...(body.memo ? { description: body.memo } : {}),
    ...(shown.length > 0 ? { custom_fields: shown } : {}),
    metadata: {
      ...metadata,
      [MARK.invoice]: body.invoiceId,
      [MARK.operation]: body.operationKey,
      [MARK.company]: body.companyKey,
      [MARK.account]: body.accountId,
    },
  };
}

/** Quantity and price go along where they give the amount; else, and for negative lines, the amount alone. */
export function toLineParams(line: DraftLine, currency: string, automaticTax: boolean): Stripe.InvoiceAddLinesParams.Line {
  const priced = line.quantity !== null && line.unitPrice !== null && line.amount > 0;
  return {
    description: line.description,
    metadata: { [MARK.line]: line.lineKey },
    ...(line.serviceDate ? { period: servicePeriod(line.serviceDate) } : {}),
    ...(priced ? withPrice(line, currency) : withAmount(line, currency)),
    ...(line.tax !== 0 && !automaticTax ? { tax_amounts: [explicitTax(line, currency)] } : {}),
  };
}

function withPrice(line: DraftLine, currency: string): Partial<Stripe.InvoiceAddLinesParams.Line> {
  const minorPerUnit = Stripe.Decimal.from(line.unitPrice ?? '0').mul(Stripe.Decimal.from(10 ** stripeExponent(currency)));
  return {
    quantity_decimal: Stripe.Decimal.from(line.quantity ?? '1'),
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount_decimal: minorPerUnit,
      ...(line.stripeProductId ? { product: line.stripeProductId } : { product_data: { name: line.description.slice(0, 250) || 'Item' } }),
    },
  };
}

/** One piece at the amount where its product is known; Stripe takes no negative price, and makes a product of its own for an amount alone. */
function withAmount(line: DraftLine, currency: string): Partial<Stripe.InvoiceAddLinesParams.Line> {
  const amount = toStripeAmount(line.amount, currency);
  if (!line.stripeProductId || amount <= 0) return { amount };
  const unit = Stripe.Decimal.from(amount);
  return {
    quantity_decimal: Stripe.Decimal.from(1),
    price_data: { currency: currency.toLowerCase(), unit_amount_decimal: unit, product: line.stripeProductId },
  };
}

const stripeExponent = (currency: string): number => (WRITTEN_WITH_CENTS.has(currency) ? 2 : exponentOf(currency));

function servicePeriod(day: string): { start: number; end: number } {
  const noon = instantOf(day, '12:00:00', 'UTC');
  return { start: noon, end: noon };
}

function explicitTax(line: DraftLine, currency: string): Stripe.InvoiceAddLinesParams.Line.TaxAmount {
  return {
    amount: toStripeAmount(line.tax, currency),
    taxable_amount: toStripeAmount(line.amount, currency),
    tax_rate_data: { display_name: 'Tax', inclusive: false, percentage: Math.round((line.tax / line.amount) * 1e6) / 1e4 },
  };
}

export function fromInvoice(
  invoice: Stripe.Invoice,
  dashboard: Dashboard,
  payments: StripePayment[] = [],
  processing = false,
): StripeInvoice {
  const currency = invoice.currency.toUpperCase();
  const amount = (value: number | null | undefined) => fromStripeAmount(value ?? 0, currency);
  const byStripe = payments.filter((payment) => payment.status !== 'Failed').reduce((sum, payment) => sum + payment.allocated, 0);
  return {
    id: invoice.id,
    invoiceId: invoice.metadata?.[MARK.invoice] ?? null,
    customerId: idOf(invoice.customer) ?? '',
    number: invoice.number,
    status: fromStatus(invoice.status),
    currency,
    subtotal: amount(invoice.subtotal),
    tax: (invoice.total_taxes ?? []).reduce((sum, tax) => sum + amount(tax.amount), 0),
    total: amount(invoice.total),
    amountDue: amount(invoice.amount_due),
    amountPaid: amount(invoice.amount_paid),
    amountRemaining: amount(invoice.amount_remaining),
    credited: amount(invoice.pre_payment_credit_notes_amount) + amount(invoice.post_payment_credit_notes_amount),
    paidOutOfBand: invoice.status === 'paid' && amount(invoice.amount_paid) > byStripe && invoice.payments !== undefined,
    linesComplete: !invoice.lines.has_more,
    lines: invoice.lines.data.map((line) => ({
      id: line.id,
      lineKey: line.metadata?.[MARK.line] ?? null,
      amount: amount(line.amount),
      tax: (line.taxes ?? []).reduce((sum, tax) => sum + amount(tax.amount), 0),
    })),
    payments,
    processing,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    url: page(dashboard, `invoices/${invoice.id}`),
    createdAt: iso(invoice.created),
  };
}

const KNOWN_STATUS = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;

/** Stripe's enumerations are open: a status of tomorrow is said to be unknown, never guessed. */
function fromStatus(status: string | null): StripeInvoice['status'] {
  return KNOWN_STATUS.find((known) => known === status) ?? 'unknown';
}

/** @param allocated what the invoice payment says was paid of this invoice, in Stripe's units */
export function fromPaymentIntent(intent: Stripe.PaymentIntent, allocated: number, dashboard: Dashboard): StripePayment {
  const currency = intent.currency.toUpperCase();
  const charge = intent.latest_charge && typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const settled = charge?.balance_transaction && typeof charge.balance_transaction === 'object' ? charge.balance_transaction : null;
  const status = fromIntentStatus(intent, charge);
  return {
    id: intent.id,
    chargeId: charge?.id ?? idOf(intent.latest_charge),
    amount: fromStripeAmount(intent.amount_received || intent.amount, currency),
    currency,
    allocated: status === 'Failed' || status === 'Processing' ? 0 : fromStripeAmount(allocated, currency),
    status,
    method: charge?.payment_method_details?.type ?? null,
    receivedAt: iso(charge?.created ?? intent.created),
    settlementCurrency: settled?.currency.toUpperCase() ?? null,
    settledAmount: settled ? fromStripeAmount(settled.amount, settled.currency) : null,
    url: page(dashboard, `payments/${intent.id}`),
  };
}

function fromIntentStatus(intent: Stripe.PaymentIntent, charge: Stripe.Charge | null): PaymentStatus {
  if (intent.status === 'processing') return 'Processing';
  if (intent.status !== 'succeeded') return 'Failed';
  if (charge?.disputed) return 'Disputed';
  if (charge?.refunded) return 'Refunded';
  return charge && charge.amount_refunded > 0 ? 'Partially Refunded' : 'Succeeded';
}
