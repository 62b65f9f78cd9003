import { done, type Outcome } from '../domain/outcome.ts';
import { nowOf } from './effects/call-and-record.ts';
import { isRefreshable, rememberOwn, showAtOnce, type RefreshDeps } from './refresh-invoice.ts';
import { lineOf } from './refresh-invoice/in-line.ts';

export interface ShowInput {
  invoiceId: string;
  /** What changed. Its refresh, which waits for its turn, settles it and does all that this leaves. */
  generation: number;
}

/**
 * Money came at Stripe: Salesforce shows it at once, whatever else waits for QuickBooks. Under the invoice's lease, tried once. Not
 * remembered as a step, which would be five statements more: to show it once more after a crash changes nothing.
 */
export async function showInvoice(deps: RefreshDeps, { invoiceId, generation }: ShowInput): Promise<null> {
  if (!lineOf(deps.records).hasSeen(invoiceId, generation, 'shown')) await showOnce(deps, invoiceId);
  return null;
}

async function showOnce(deps: RefreshDeps, invoiceId: string): Promise<Outcome<null>> {
  const seen = lineOf(deps.records).begin(invoiceId);
  const asOf = nowOf(deps);
  const held = await deps.records.readInvoice({ invoiceId, asking: null });
  if (held.outcome !== 'done') return held;
  if (!isRefreshable(held.value)) return done(null);
  const stripe = await deps.payments.readPaid(held.value.invoice.stripeInvoiceId ?? '');
  if (stripe.outcome !== 'done') return stripe;
  rememberOwn(deps, held.value, stripe.value);
  const shown = await showAtOnce(deps, held.value, stripe.value, asOf);
  if (shown.outcome !== 'done') return shown;
  seen('shown');
  return done(null);
}
