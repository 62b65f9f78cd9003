import type { Invoice, Subscription } from '../entities.ts';
import { followCancellation } from '../schedules/schedules.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { cancelSubscription, hasEnded } from './cancel.ts';
import { reactivate } from './pause.ts';
import { saveSubscription } from './save.ts';

type Reaction = (world: World, subscription: Subscription, invoice: Invoice) => void;

function become(world: World, subscription: Subscription, status: Subscription['status']): void {
  if (subscription.status === status) return;
  if (status !== 'active') world.noLater('expire-subscription', subscription.id);
  saveSubscription(world, { ...subscription, status }, view.subscription(world, subscription.id));
}

const settled: Reaction = (world, subscription, invoice) => {
  if (subscription.latest_invoice !== invoice.id) return;
  if (subscription.status === 'paused' && invoice.status === 'paid') reactivate(world, subscription);
  else if (['incomplete', 'past_due', 'unpaid'].includes(subscription.status)) become(world, subscription, 'active');
};

const unpaid: Reaction = (world, subscription, invoice) => {
  if (subscription.status !== 'active' && subscription.status !== 'past_due') return;
  become(world, subscription, 'past_due');
  // All retries failed; the account's setting is to cancel.
  if (
    invoice.collection_method === 'charge_automatically' &&
    invoice.auto_advance &&
    invoice.next_payment_attempt == null &&
    invoice.attempted
  )
    cancelSubscription(world, world.db.subscriptions.get(subscription.id)!, { reason: 'payment_failed' });
};

/** How a subscription follows its invoices. https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses */
const REACTIONS: Record<string, Reaction> = {
  'invoice.paid': settled,
  'invoice.marked_uncollectible': (world, subscription, invoice) => {
    if (subscription.status !== 'incomplete') settled(world, subscription, invoice);
  },
  'invoice.voided': (world, subscription, invoice) => {
    if (subscription.status === 'incomplete' && subscription.latest_invoice === invoice.id)
      saveSubscription(
        world,
        { ...subscription, status: 'incomplete_expired', ended_at: world.now() },
        view.subscription(world, subscription.id),
      );
    else settled(world, subscription, invoice);
  },
  'invoice.payment_failed': unpaid,
};

/** The due date of a sent invoice passed. */
export function becomePastDue(world: World, id: string): void {
  const invoice = world.db.invoices.get(id);
  const subscription = world.db.subscriptions.get(invoice?.subscription ?? '');
  if (invoice?.status === 'open' && subscription?.status === 'active') become(world, subscription, 'past_due');
}

/** A debit under way starts a subscription; its failure makes it past due. */
function startWithDebit(world: World, intent: string): void {
  for (const payment of world.db.invoicePayments.where({ payment_intent: intent })) {
    const subscription = world.db.subscriptions.get(world.db.invoices.get(payment.invoice)?.subscription ?? '');
    if (subscription?.status === 'incomplete') become(world, subscription, 'active');
  }
}

/** Called after each event of the account. */
export function followInvoice(world: World, type: string, id: string): void {
  if (type === 'payment_intent.processing') return startWithDebit(world, id);
  if (type === 'customer.subscription.deleted') return followCancellation(world, id);
  const reaction = REACTIONS[type];
  const invoice = reaction && world.db.invoices.get(id);
  const subscription = invoice?.subscription === undefined ? undefined : world.db.subscriptions.get(invoice.subscription);
  if (reaction && invoice && subscription && !hasEnded(subscription)) reaction(world, subscription, invoice);
}
