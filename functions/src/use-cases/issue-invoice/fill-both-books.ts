import { smallestStep } from '../../domain/currency.ts';
import type { InvoiceOrder } from '../../domain/invoice.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import { spread } from '../../domain/spread.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import { sendOnce } from '../effects/send-once.ts';
import { followProducts } from '../follow-products.ts';
import { createUnderFreeNumber } from '../writes/ledger-invoice.ts';
import { addLines, createDraft, setNumber } from '../writes/stripe-invoice.ts';
import { draftBody, draftLines, ledgerBody } from './bodies.ts';
import { show, type Saga } from './saga.ts';
import { inSaga } from './wait.ts';

interface Filled {
  stripe: StripeInvoice;
  ledger: LedgerInvoice;
}

/**
 * The Stripe draft with its lines, and the QuickBooks invoice, at the same time; where an engine computes tax, its system
 * goes first and the other takes its amounts. One remembered step: the effect log knows which half is done.
 */
export async function fillBothBooks(saga: Saga): Promise<Failure | null> {
  const filled = await inSaga(saga, 'fill both books', () => fill(saga));
  if (filled.outcome !== 'done') return filled;
  saga.stripe = filled.value.stripe;
  saga.ledger = filled.value.ledger;
  return null;
}

async function fill(saga: Saga): Promise<Outcome<Filled>> {
  switch (saga.order.taxEngine) {
    case 'Stripe Tax': {
      const stripe = await fillStripe(saga, [], await firstNumber(saga));
      if (stripe.outcome !== 'done') return stripe;
      return sameNumber(saga, stripe, await fillLedger(saga, lineTaxes(saga, stripe.value)));
    }
    case 'QuickBooks': {
      const ledger = await fillLedger(saga, null);
      if (ledger.outcome !== 'done') return ledger;
      return sameNumber(saga, await fillStripe(saga, spreadTax(saga, ledger.value.tax), ledger.value.number ?? ''), ledger);
    }
    case 'None':
    case 'Salesforce Rate': {
      const taxes = saga.order.lines.map((line) => line.tax);
      const number = await firstNumber(saga);
      const [stripe, ledger] = await Promise.all([fillStripe(saga, taxes, number), fillLedger(saga, taxes)]);
      return sameNumber(saga, stripe, ledger);
    }
  }
}

const numbersOf = ({ order }: Saga) => ({ companyKey: order.companyKey, prefix: order.numberPrefix, operationKey: order.operationKey });

const firstNumber = (saga: Saga): Promise<string> => saga.deps.numbers.give({ ...numbersOf(saga), attempt: 0 });

/** Draft and lines. `number` is a first try: QuickBooks may hold it for another document. */
export async function fillStripe(saga: Saga, taxes: readonly number[], number: string): Promise<Outcome<StripeInvoice>> {
  const { deps, order, ids } = saga;
  await show(saga, 'stripe', 'running');
  const draft = await sendOnce(deps, createDraft(deps, draftBody(saga, customerId(saga, 'stripe'), number)));
  if (draft.outcome !== 'done') return draft;
  const lines = {
    stripeInvoiceId: draft.value.id,
    currency: order.currency,
    automaticTax: order.taxEngine === 'Stripe Tax',
    lines: draftLines(order, taxes),
  };
  const filled = await sendOnce(deps, addLines(deps, ids.invoiceId, lines));
  if (filled.outcome === 'rejected' && filled.problem.code === 'stripe-product-refused') await followProducts(deps, productsOf(order));
  if (filled.outcome !== 'done') return filled;
  await show(saga, 'stripe', 'done');
  return done({ ...filled.value, ...(draft.value.lost ? { lost: draft.value.lost } : {}) });
}

const productsOf = ({ lines }: InvoiceOrder): string[] => [...new Set(lines.flatMap(({ stripeProductId }) => stripeProductId ?? []))];

export async function fillLedger(saga: Saga, taxes: readonly number[] | null): Promise<Outcome<LedgerInvoice>> {
  await show(saga, 'quickbooks', 'running');
  const reference = await saga.deps.ledger.readReference();
  if (reference.outcome !== 'done') return reference;
  const created = await createUnderFreeNumber(
    saga.deps,
    numbersOf(saga),
    ledgerBody(saga, reference.value, customerId(saga, 'quickbooks'), taxes),
  );
  if (created.outcome === 'done') await show(saga, 'quickbooks', 'done');
  return created;
}

/** The books agree on the number: Stripe's draft follows when QuickBooks had to take the next one. */
async function sameNumber(saga: Saga, stripe: Outcome<StripeInvoice>, ledger: Outcome<LedgerInvoice>): Promise<Outcome<Filled>> {
  // A refusal ends it; what may pass by itself is waited for.
  if (stripe.outcome === 'rejected') return stripe;
  if (ledger.outcome !== 'done') return ledger;
  if (stripe.outcome !== 'done') return stripe;
  const number = ledger.value.number;
  if (number === null || stripe.value.number === number) return done({ stripe: stripe.value, ledger: ledger.value });
  const renumbered = await sendOnce(saga.deps, setNumber(saga.deps, saga.ids.invoiceId, { stripeInvoiceId: stripe.value.id, number }));
  return renumbered.outcome === 'done' ? done({ stripe: { ...stripe.value, number }, ledger: ledger.value }) : renumbered;
}

/** Tax by line in the order's sequence, as Stripe computed it. */
function lineTaxes({ order }: Saga, stripe: StripeInvoice): number[] {
  return order.lines.map((line) => stripe.lines.find((held) => held.lineKey === line.lineKey)?.tax ?? 0);
}

/** QuickBooks tells one total; each line bears its share. */
export function spreadTax({ order }: Saga, tax: number): number[] {
  return spread(
    tax,
    order.lines.map((line) => line.amount),
    smallestStep(order.currency),
  );
}

function customerId({ order }: Saga, system: 'stripe' | 'quickbooks'): string {
  const { id } = order.customers[system];
  if (id === null) throw new Error(`The customer in ${system} was not settled.`);
  return id;
}
