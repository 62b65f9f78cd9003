import { done, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import { nowOf } from './effects/call-and-record.ts';
import { isRefreshable, showAtOnce, type RefreshDeps } from './refresh-invoice.ts';
import { lineOf } from './refresh-invoice/in-line.ts';

export interface ShowInput {
  invoiceId: string;
  /** What changed. Its refresh, which stands in line too, settles it and does all that this leaves. */
  object: DirtyObject;
}

/** Money came at Stripe: Salesforce shows it at once, whatever else waits for QuickBooks. Under the invoice's lease, tried once. */
export async function showInvoice(deps: RefreshDeps, { invoiceId, object }: ShowInput, run: Run): Promise<null> {
  if (!lineOf(deps.records).hasSeen(invoiceId, object.generation, 'shown')) await run.step('show', () => showOnce(deps, invoiceId));
  return null;
}

async function showOnce(deps: RefreshDeps, invoiceId: string): Promise<Outcome<null>> {
  const seen = lineOf(deps.records).begin(invoiceId);
  const asOf = nowOf(deps);
  const held = await deps.records.readInvoice({ invoiceId, asking: null });
  if (held.outcome !== 'done') return held;
  if (!isRefreshable(held.value)) return done(null);
  const stripe = await deps.payments.readInvoice(held.value.invoice.stripeInvoiceId ?? '');
  if (stripe.outcome !== 'done') return stripe;
  const shown = await showAtOnce(deps, held.value, stripe.value, asOf);
  if (shown.outcome !== 'done') return shown;
  seen('shown');
  return done(null);
}
