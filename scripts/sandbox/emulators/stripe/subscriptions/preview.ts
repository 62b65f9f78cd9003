import type { Invoice, Subscription } from '../entities.ts';
import { StripeError, notModelled } from '../errors.ts';
import { recount } from '../invoice-life.ts';
import { need, view } from '../views.ts';
import type { World } from '../world.ts';
import { draftInvoice } from './bill.ts';
import { hasEnded } from './cancel.ts';
import { beginNextPeriod } from './renew.ts';
import { updateSubscription } from './update.ts';

type Given = Record<string, unknown>;
const DETAILS = ['cancel_at', 'cancel_at_period_end', 'default_tax_rates', 'items', 'proration_behavior', 'proration_date', 'trial_end'];

/** The next invoice of a subscription, as if its period were over (and the given changes made); nothing is kept. */
export function previewInvoice(world: World, params: Given): object {
  if (params['subscription'] === undefined) throw notModelled('previews without a subscription', 'subscription');
  const subscription = need(world.db.subscriptions, 'subscription', params['subscription'] as string, 'subscription');
  const details = (params['subscription_details'] as Given | undefined) ?? {};
  const other = Object.keys(details).find((name) => !DETAILS.includes(name));
  if (other !== undefined) throw notModelled(`subscription_details[${other}] in previews`, `subscription_details[${other}]`);
  if (hasEnded(subscription)) throw nothingUpcoming(subscription);
  return world.dryRun(() => {
    const invoice = nextInvoice(world, subscription, details);
    return { ...view.invoice(world, invoice.id), id: `upcoming_${invoice.id}` };
  });
}

function nextInvoice(world: World, subscription: Subscription, details: Given): Invoice {
  if (Object.keys(details).length) {
    updateSubscription(world, subscription, details);
    const latest = world.db.subscriptions.get(subscription.id)!.latest_invoice;
    // `always_invoice` and new cycles bill at once: that invoice is the next one.
    if (latest !== null && latest !== subscription.latest_invoice) return asDraft(world, latest);
  }
  const changed = world.db.subscriptions.get(subscription.id)!;
  if (changed.cancel_at_period_end || changed.status === 'paused') throw nothingUpcoming(subscription);
  const running: Subscription = { ...changed, status: 'active' };
  const period = beginNextPeriod(world, running);
  return draftInvoice(world, running, { reason: 'subscription_cycle', charges: true, period });
}

function asDraft(world: World, id: string): Invoice {
  const { token: _token, ...invoice } = world.db.invoices.get(id)!;
  const draft = recount(world, { ...invoice, status: 'draft', amount_paid: 0, attempted: false, token: null, number: null });
  world.db.invoices.put(draft);
  return draft;
}

/** https://docs.stripe.com/error-codes#invoice-upcoming-none */
const nothingUpcoming = (subscription: Subscription) =>
  new StripeError(404, {
    type: 'invalid_request_error',
    code: 'invoice_upcoming_none',
    message: `No upcoming invoices for customer: ${subscription.customer}`,
  });
