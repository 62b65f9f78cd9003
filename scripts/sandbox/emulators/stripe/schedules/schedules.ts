import type { Phase, Subscription, SubscriptionSchedule } from '../entities.ts';
import { invalid } from '../errors.ts';
import { cancelSubscription, hasEnded } from '../subscriptions/cancel.ts';
import { createSubscription } from '../subscriptions/create.ts';
import { itemsOf } from '../subscriptions/lines.ts';
import { updateSubscription } from '../subscriptions/update.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';

/** Stores a schedule and tells of it, by the given event or by what changed. */
export function saveSchedule(world: World, schedule: SubscriptionSchedule, event: string, before?: object): void {
  world.db.schedules.put(schedule);
  world.emit(`subscription_schedule.${event}`, view.subscription_schedule(world, schedule.id), before);
}

const paramsOf = (schedule: SubscriptionSchedule, phase: Phase) => {
  const collection_method = phase.collection_method ?? schedule.collection_method;
  const days = phase.days_until_due ?? schedule.days_until_due;
  const method = phase.default_payment_method ?? schedule.default_payment_method;
  return {
    collection_method,
    ...(collection_method === 'send_invoice' && days !== null ? { days_until_due: days } : {}),
    ...(method === null ? {} : { default_payment_method: method }),
    ...((phase.description ?? schedule.description) ? { description: phase.description ?? schedule.description } : {}),
    metadata: phase.metadata,
  };
};

/** Brings the schedule to the phase of the present time: starts, moves on or ends its subscription. Doing it twice changes nothing. */
export function followSchedule(world: World, id: string): void {
  const schedule = world.db.schedules.get(id);
  if (!schedule || (schedule.status !== 'not_started' && schedule.status !== 'active')) return;
  const now = world.now();
  const index = schedule.phases.findIndex((phase) => phase.start_date <= now && now < phase.end_date);
  const [first] = schedule.phases;
  if (index === schedule.phase || (first && now < first.start_date)) return planNext(world, schedule);
  if (index < 0) return finish(world, schedule);
  const before = view.subscription_schedule(world, id);
  const phase = schedule.phases[index]!;
  const moved: SubscriptionSchedule = { ...schedule, phase: index, status: 'active' };
  if (schedule.subscription === null) moved.subscription = start(world, schedule, phase).id;
  else enter(world, schedule, phase, world.db.subscriptions.get(schedule.subscription)!);
  saveSchedule(world, moved, 'updated', before);
  planNext(world, moved);
}

function planNext(world: World, schedule: SubscriptionSchedule): void {
  const next = schedule.phase < 0 ? schedule.phases[0]?.start_date : schedule.phases[schedule.phase]?.end_date;
  if (next !== undefined) world.later('follow-schedule', next, schedule.id);
}

function start(world: World, schedule: SubscriptionSchedule, phase: Phase): Subscription {
  const subscription = createSubscription(world, {
    customer: schedule.customer,
    items: phase.items,
    ...paramsOf(schedule, phase),
    ...(phase.trial_end === null ? {} : { trial_end: phase.trial_end }),
  });
  const bound = { ...world.db.subscriptions.get(subscription.id)!, schedule: schedule.id };
  world.db.subscriptions.put(bound);
  return bound;
}

/** The items of the phase take the place of the former ones; equal prices keep their item. */
export function enter(world: World, schedule: SubscriptionSchedule, phase: Phase, subscription: Subscription): void {
  if (hasEnded(subscription)) return;
  const present = itemsOf(world, subscription.id);
  const items: Record<string, unknown>[] = phase.items.map((item) => {
    const same = present.find((one) => one.price === item.price);
    return { ...(same ? { id: same.id } : {}), ...item };
  });
  const gone = present.filter((one) => !phase.items.some((item) => item.price === one.price));
  // A single price that is replaced by another keeps its item.
  if (gone.length === 1 && items.length === 1 && items[0]!['id'] === undefined) items[0]!['id'] = gone.pop()!.id;
  updateSubscription(
    world,
    subscription,
    {
      ...paramsOf(schedule, phase),
      items: [...items, ...gone.map((one) => ({ id: one.id, deleted: true }))],
      proration_behavior: phase.proration_behavior,
    },
    'schedule',
  );
}

/** After the last phase. */
function finish(world: World, schedule: SubscriptionSchedule): void {
  if (schedule.end_behavior === 'release') return releaseSchedule(world, schedule);
  const subscription = world.db.subscriptions.get(schedule.subscription ?? '');
  saveSchedule(world, { ...schedule, status: 'completed', completed_at: world.now() }, 'completed');
  if (subscription && !hasEnded(subscription)) cancelSubscription(world, subscription);
}

/** The subscription goes on alone. */
export function releaseSchedule(world: World, schedule: SubscriptionSchedule): void {
  refuseEnded(schedule, 'release');
  world.noLater('follow-schedule', schedule.id);
  const subscription = world.db.subscriptions.get(schedule.subscription ?? '');
  if (subscription) world.db.subscriptions.put({ ...subscription, schedule: null });
  saveSchedule(
    world,
    { ...schedule, status: 'released', released_at: world.now(), released_subscription: schedule.subscription, subscription: null },
    'released',
  );
}

/** Ends it, with its subscription. */
export function cancelSchedule(world: World, schedule: SubscriptionSchedule, how: { invoice_now: boolean; prorate: boolean }): void {
  refuseEnded(schedule, 'cancel');
  const subscription = world.db.subscriptions.get(schedule.subscription ?? '');
  endSchedule(world, schedule, 'canceled');
  if (subscription && !hasEnded(subscription)) cancelSubscription(world, subscription, how);
}

function endSchedule(world: World, schedule: SubscriptionSchedule, event: 'aborted' | 'canceled'): void {
  world.noLater('follow-schedule', schedule.id);
  saveSchedule(world, { ...schedule, status: 'canceled', canceled_at: world.now() }, event);
}

/** A schedule ends with its subscription; `aborted` when that was for want of payment. */
export function followCancellation(world: World, subscription: string): void {
  const { schedule: id, cancellation_details } = world.db.subscriptions.get(subscription) ?? {};
  const schedule = id ? world.db.schedules.get(id) : undefined;
  if (schedule?.status === 'active')
    endSchedule(world, schedule, cancellation_details?.reason === 'payment_failed' ? 'aborted' : 'canceled');
}

export function refuseEnded(schedule: SubscriptionSchedule, what: string): void {
  if (schedule.status !== 'active' && schedule.status !== 'not_started')
    throw invalid(
      `You cannot ${what} a subscription schedule that is currently in the \`${schedule.status}\` status. You can only ${what} a subscription schedule that is in \`not_started\` or \`active\` status.`,
    );
}
