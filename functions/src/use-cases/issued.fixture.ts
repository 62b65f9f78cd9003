import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { InvoiceRecord } from '../domain/invoice.ts';
import type { BookingBody, BookingEntity } from '../ports/bookings.ts';
import type { LedgerInvoice } from '../ports/ledger.ts';
import type { StripeInvoice, StripePayment } from '../ports/payments.ts';
import { issueInvoice } from './issue-invoice.ts';
import { refreshObject } from './refresh-object.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

// Where tests of what comes after issuing begin: one invoice, and what they ask and do.

/** An invoice of 590.00 in all three systems. */
export async function issued(currency = 'USD'): Promise<World> {
  const world = createWorld(currency);
  registerWorkflows(world);
  world.ledger.reference.closingDate = '2026-10-31';
  const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  if (reply.outcome !== 'done' || reply.value.outcome !== 'done') throw new Error(`not issued: ${JSON.stringify(reply)}`);
  return world;
}

/** Issued, and paid with a fee of 17.41. */
export async function paid(): Promise<{ world: World; payment: StripePayment }> {
  const world = await issued();
  const payment = world.payments.pay(stripe(world).id);
  world.balance.charge(payment, 1_741);
  await hear(world, 'stripe:payment_intent', payment.id);
  return { world, payment };
}

export const salesforce = (world: World) => [...world.org.invoices.values()][0] as InvoiceRecord;
export const stripe = (world: World) => [...world.payments.invoices.values()][0] as StripeInvoice;
export const ledger = (world: World) => [...world.ledger.invoices.values()][0] as LedgerInvoice;
export const shown = (world: World) => world.org.shown.get(salesforce(world).id);

/** Entries of the books that were not voided. */
export const entries = <E extends BookingEntity>(world: World, entity: E) =>
  world.bookings.entries.flatMap((each) =>
    each.entity === entity && !each.voided ? [each.body as Extract<BookingBody, { entity: E }>] : [],
  );

let generation = 0;
/** A provider says that the object changed; what follows has ended by then. */
export async function hear(world: World, kind: string, id: string): Promise<void> {
  const heard = await refreshObject(world, { kind, id, invoiceId: null, generation: (generation += 1), attempts: 0 });
  if (heard.outcome !== 'done') throw new Error(`not heard: ${JSON.stringify(heard)}`);
  await world.engine.idle();
}

/** The nightly sync after so much time, and its run as Salesforce holds it. */
export async function sync(world: World, afterMs = 60_000) {
  world.clock.advance(afterMs);
  const reply = await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
  if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
  await world.engine.idle();
  const run = world.org.syncRuns.get(reply.value.operationKey ?? '');
  if (!run) throw new Error('no run');
  return run;
}
