import { advance } from '../automatic-advance.ts';
import { DAY } from '../days.ts';
import { isRunning } from '../discounts/discounts.ts';
import type { Invoice, PaymentIntent, Subscription } from '../entities.ts';
import { blankInvoice, setCustomerCurrency } from '../invoice-blank.ts';
import { finalizeInvoice, recount } from '../invoice-life.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { addPeriodLines, takePendingItems } from './lines.ts';
import type { Period } from './lines.ts';

/** A draft of an invoice is finalized about an hour after it was made. https://docs.stripe.com/billing/invoices/subscription#sub-invoice-lifecycle */
export const DRAFT_SECONDS = 3600;

export interface Billing {
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  /** Whether the items' present period is charged, or only what is pending. */
  charges: boolean;
  /** What the invoice calls its period. */
  period: Period;
}

/** A draft invoice of a subscription with its lines; nothing happens to it by itself yet. */
export function draftInvoice(world: World, subscription: Subscription, { reason, charges, period }: Billing): Invoice {
  const customer = world.db.customers.get(subscription.customer)!;
  const inherited = subscription.discounts.length ? subscription.discounts : customer.discount ? [customer.discount] : [];
  const now = world.now();
  const draft: Invoice = {
    ...blankInvoice(world, customer, subscription.currency),
    auto_advance: true,
    billing_reason: reason,
    collection_method: subscription.collection_method,
    discounts: inherited.filter((id) => isRunning(world, id)),
    due_date: subscription.days_until_due === null ? null : now + subscription.days_until_due * DAY,
    period,
    subscription: subscription.id,
    subscription_metadata: subscription.metadata,
    ...(subscription.default_tax_rates.length ? { default_tax_rates: subscription.default_tax_rates } : {}),
  };
  world.db.invoices.put(draft);
  if (charges) addPeriodLines(world, subscription, draft.id);
  takePendingItems(world, subscription, draft.id);
  const invoice = recount(world, draft);
  world.db.invoices.put(invoice);
  world.db.subscriptions.put({ ...world.db.subscriptions.get(subscription.id)!, latest_invoice: invoice.id });
  setCustomerCurrency(world, customer.id, subscription.currency);
  world.emit('invoice.created', view.invoice(world, invoice.id));
  return invoice;
}

/** Finalizes and collects at once: the first invoice, and those of `always_invoice`. */
export function billNow(world: World, subscription: Subscription, billing: Billing, collect = true): PaymentIntent | undefined {
  const invoice = draftInvoice(world, subscription, billing);
  finalizeInvoice(world, invoice);
  return collect ? advance(world, invoice.id) : undefined;
}

/** Leaves the draft for an hour, then lets it go its way. */
export function billLater(world: World, subscription: Subscription, billing: Billing): void {
  const invoice = draftInvoice(world, subscription, billing);
  if (subscription.pause_collection?.behavior === 'keep_as_draft') {
    world.db.invoices.put({ ...invoice, auto_advance: false });
    return;
  }
  const at = world.now() + DRAFT_SECONDS;
  world.db.invoices.put({ ...invoice, automatically_finalizes_at: at });
  world.later('finalize-invoice', at, invoice.id);
}
