import type { Subscription } from '../entities.ts';
import { invalid } from '../errors.ts';
import { saveInvoice, voidInvoice } from '../invoice-life.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { billNow } from './bill.ts';
import { itemsOf } from './lines.ts';
import { creditUnused } from './prorate.ts';
import { forgetPlans, saveSubscription } from './save.ts';

export interface Cancellation {
  reason?: 'cancellation_requested' | 'payment_failed';
  comment?: string | null;
  feedback?: string | null;
  prorate?: boolean;
  invoice_now?: boolean;
}

export const hasEnded = (subscription: Subscription): boolean =>
  subscription.status === 'canceled' || subscription.status === 'incomplete_expired';

/** Ends a subscription now; what is still open of it is no longer collected by itself. https://docs.stripe.com/billing/subscriptions/cancel */
export function cancelSubscription(world: World, subscription: Subscription, how: Cancellation = {}): void {
  if (hasEnded(subscription)) throw invalid(`No such subscription: '${subscription.id}'`, { code: 'resource_missing', param: 'id' });
  const now = world.now();
  const started = !['incomplete', 'trialing', 'paused'].includes(subscription.status);
  if (how.prorate && started) for (const item of itemsOf(world, subscription.id)) creditUnused(world, subscription, item, now);
  if (how.invoice_now) {
    const pending = world.db.items.where({ subscription: subscription.id, invoice: null }, { limit: 1 }).length > 0;
    if (pending) billNow(world, subscription, { reason: 'subscription_update', charges: false, period: { start: now, end: now } });
  }
  stopCollection(world, subscription);
  forgetPlans(world, subscription.id);
  const present = world.db.subscriptions.get(subscription.id)!;
  const { reason = 'cancellation_requested', comment, feedback } = how;
  const canceled: Subscription = {
    ...present,
    status: 'canceled',
    canceled_at: present.canceled_at ?? now,
    ended_at: now,
    cancellation_details: {
      reason: present.cancellation_details.reason ?? reason,
      comment: comment ?? present.cancellation_details.comment,
      feedback: feedback ?? present.cancellation_details.feedback,
    },
  };
  saveSubscription(world, canceled, {}, 'customer.subscription.deleted');
}

function stopCollection(world: World, subscription: Subscription): void {
  for (const invoice of world.db.invoices.where({ subscription: subscription.id })) {
    if ((invoice.status !== 'draft' && invoice.status !== 'open') || !invoice.auto_advance) continue;
    const before = view.invoice(world, invoice.id);
    world.noLater('finalize-invoice', invoice.id);
    world.noLater('collect-invoice', invoice.id);
    saveInvoice(world, { ...invoice, auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null }, before);
  }
}

/** The first invoice was not paid for 23 hours. */
export function expireSubscription(world: World, id: string): void {
  const subscription = world.db.subscriptions.get(id);
  if (subscription?.status !== 'incomplete') return;
  const before = view.subscription(world, id);
  forgetPlans(world, id);
  saveSubscription(world, { ...subscription, status: 'incomplete_expired', ended_at: world.now() }, before);
  const invoice = world.db.invoices.get(subscription.latest_invoice ?? '');
  if (invoice?.status === 'open') voidInvoice(world, invoice);
}

/** `cancel_at` has come. */
export function cancelOnDate(world: World, id: string): void {
  const subscription = world.db.subscriptions.get(id);
  if (subscription && !hasEnded(subscription)) cancelSubscription(world, subscription);
}
