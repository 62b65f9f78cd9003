import { chargeAutomatically } from './collection.ts';
import type { Invoice, PaymentIntent } from './entities.ts';
import { StripeError } from './errors.ts';
import { finalizeInvoice, sendInvoice, voidInvoice } from './invoice-life.ts';
import { writeOff } from './invoice-write-off.ts';
import { view } from './views.ts';
import type { World } from './world.ts';

/** A draft's hour is over: it is finalized and goes its way. What stands against it is told by an event. */
export function finalizeAutomatically(world: World, id: string): void {
  const draft = world.db.invoices.get(id);
  if (draft?.status !== 'draft' || !draft.auto_advance) return;
  try {
    world.db.store.transaction(() => {
      finalizeInvoice(world, draft);
      advance(world, id);
    });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    failFinalization(world, draft, error);
  }
}

/** https://docs.stripe.com/invoicing/overview#finalization-failures */
function failFinalization(world: World, draft: Invoice, { body }: StripeError): void {
  const { type, message, code, param } = body;
  const last_finalization_error = { type, message, ...(code ? { code } : {}), ...(param ? { param } : {}) };
  world.db.invoices.put({ ...draft, automatically_finalizes_at: null, last_finalization_error });
  world.emit('invoice.finalization_failed', view.invoice(world, draft.id));
}

/** What Stripe does with an invoice that it finalized by itself: charge it, or send it where there is an address. */
export function advance(world: World, id: string): PaymentIntent | undefined {
  const invoice = world.db.invoices.get(id)!;
  const paused = world.db.subscriptions.get(invoice.subscription ?? '')?.pause_collection?.behavior;
  if (paused !== undefined && invoice.status === 'open') {
    if (paused === 'void') voidInvoice(world, invoice);
    else if (paused === 'mark_uncollectible') writeOff(world, invoice);
    return undefined;
  }
  if (invoice.status === 'open' && invoice.collection_method === 'charge_automatically') return chargeAutomatically(world, id);
  if (invoice.collection_method === 'send_invoice' && invoice.customer_snapshot.email) sendInvoice(world, invoice);
  return undefined;
}
