import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { effectKey, sendEffectKey } from '../../domain/operation-key.ts';
import type { DraftBody, DraftLine, Payments, StripeInvoice } from '../../ports/payments.ts';
import type { Json } from '../../ports/effect-log.ts';
import { foundOf, type Effect, type Found } from '../effects/call-and-record.ts';
import type { Deps } from '../deps.ts';

type StripeDeps = Pick<Deps, 'payments'>;
type OnInvoice = { stripeInvoiceId: string };
type LinesBody = Parameters<Payments['addLines']>[0];

/** Clocks of the two sides may differ by this much when a list is narrowed by creation time. */
const CLOCK_SLACK_MS = 600_000;

export const finalizeKey = (invoiceId: string): string => effectKey(invoiceId, 'finalize');
export const voidInStripeKey = (invoiceId: string): string => effectKey(invoiceId, 'void-invoice');

export function createDraft({ payments }: StripeDeps, body: DraftBody): Effect<DraftBody, StripeInvoice> {
  return {
    key: effectKey(body.invoiceId, 'create-draft'),
    system: 'stripe',
    carries: ['bill-to', 'document', 'number'],
    body,
    send: (frozen, key) => payments.createDraft(frozen, key),
    find: async (frozen, row) => {
      const createdFrom = new Date(Date.parse(row.firstSentAt ?? '1970-01-01T00:00:00Z') - CLOCK_SLACK_MS).toISOString();
      const listed = await payments.findInvoices({ customerId: frozen.customerId, invoiceId: frozen.invoiceId, createdFrom, as: frozen });
      return mapOutcome(listed, (invoices) => foundOf(invoices.filter((invoice) => invoice.status !== 'void')));
    },
  };
}

export function addLines({ payments }: StripeDeps, invoiceId: string, body: LinesBody): Effect<LinesBody, StripeInvoice> {
  return {
    key: effectKey(invoiceId, 'add-lines'),
    system: 'stripe',
    carries: ['document', 'tax'],
    body,
    send: (frozen, key) => payments.addLines(frozen, key),
    find: async (frozen) =>
      mapOutcome(await payments.readInvoice(frozen.stripeInvoiceId), (invoice): Found<StripeInvoice> => {
        if (!invoice || invoice.lines.length === 0) return { found: 'none' };
        return hasExactly(invoice, frozen.lines) ? { found: 'one', answer: invoice } : { found: 'several' };
      }),
  };
}

export function setNumber(
  { payments }: StripeDeps,
  invoiceId: string,
  body: { stripeInvoiceId: string; number: string },
): Effect<typeof body, StripeInvoice> {
  return {
    key: effectKey(invoiceId, `set-number-${body.number}`),
    system: 'stripe',
    carries: ['number'],
    body,
    send: (frozen, key) => payments.setNumber(frozen, key),
    find: (frozen) => findIf(payments, frozen, (invoice) => invoice.number === frozen.number),
  };
}

export function finalize({ payments }: StripeDeps, invoiceId: string, stripeInvoiceId: string): Effect<OnInvoice, StripeInvoice> {
  return {
    key: finalizeKey(invoiceId),
    system: 'stripe',
    carries: ['document'],
    body: { stripeInvoiceId },
    send: (frozen, key) => payments.finalize(frozen, key),
    find: (frozen) => findIf(payments, frozen, (invoice) => invoice.status !== 'draft'),
  };
}

/** `sentAt`: when it was last sent, null for never; two clicks between two sendings are one. */
export function sendByStripe(
  { payments }: StripeDeps,
  invoiceId: string,
  sentAt: string | null,
  stripeInvoiceId: string,
): Effect<OnInvoice, StripeInvoice> {
  return {
    key: sendEffectKey(invoiceId, sentAt),
    system: 'stripe',
    carries: ['document'],
    body: { stripeInvoiceId },
    send: (frozen, key) => payments.send(frozen, key),
    find: async (frozen, row) => {
      const sent = await payments.wasSent(frozen.stripeInvoiceId, row.firstSentAt ?? '1970-01-01T00:00:00Z');
      if (sent.outcome !== 'done') return sent;
      return sent.value ? findIf(payments, frozen, () => true) : { outcome: 'done', value: { found: 'none' } };
    },
  };
}

export function voidInStripe({ payments }: StripeDeps, invoiceId: string, stripeInvoiceId: string): Effect<OnInvoice, StripeInvoice> {
  return {
    key: voidInStripeKey(invoiceId),
    system: 'stripe',
    carries: ['document'],
    body: { stripeInvoiceId },
    send: (frozen, key) => payments.voidInvoice(frozen, key),
    find: (frozen) => findIf(payments, frozen, (invoice) => invoice.status === 'void'),
  };
}

export function deleteDraft({ payments }: StripeDeps, invoiceId: string, stripeInvoiceId: string): Effect<OnInvoice, Json> {
  return {
    key: effectKey(invoiceId, 'delete-draft'),
    system: 'stripe',
    carries: ['document'],
    body: { stripeInvoiceId },
    send: (frozen, key) => payments.deleteDraft(frozen, key),
    find: async (frozen) =>
      mapOutcome(await payments.readInvoice(frozen.stripeInvoiceId), (invoice): Found<Json> =>
        invoice ? { found: 'none' } : { found: 'one', answer: null },
      ),
  };
}

/** The rest was paid in QuickBooks: Stripe must not ask the customer for it again. */
export function payOutOfBand({ payments }: StripeDeps, invoiceId: string, stripeInvoiceId: string): Effect<OnInvoice, StripeInvoice> {
  return {
    key: effectKey(invoiceId, 'pay-out-of-band'),
    system: 'stripe',
    carries: ['ledger-money'],
    body: { stripeInvoiceId },
    send: (frozen, key) => payments.payOutOfBand(frozen, key),
    find: (frozen) => findIf(payments, frozen, (invoice) => invoice.status === 'paid'),
  };
}

async function findIf(
  payments: Payments,
  { stripeInvoiceId }: OnInvoice,
  holds: (invoice: StripeInvoice) => boolean,
): Promise<Outcome<Found<StripeInvoice>>> {
  return mapOutcome(await payments.readInvoice(stripeInvoiceId), (invoice): Found<StripeInvoice> =>
    invoice && holds(invoice) ? { found: 'one', answer: invoice } : { found: 'none' },
  );
}

function hasExactly(invoice: StripeInvoice, lines: readonly DraftLine[]): boolean {
  return (
    invoice.lines.length === lines.length &&
    lines.every((line) => invoice.lines.some((held) => held.lineKey === line.lineKey && held.amount === line.amount))
  );
}
