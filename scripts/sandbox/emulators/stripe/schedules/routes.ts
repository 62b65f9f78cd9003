import type { SubscriptionSchedule } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, inRange, listPage } from '../pagination.ts';
import { attachedMethod } from '../payment-methods.ts';
import { itemsOf } from '../subscriptions/lines.ts';
import { need, view } from '../views.ts';
import type { Call, Route, World } from '../world.ts';
import { readPhases } from './read-phases.ts';
import { cancelSchedule, enter, followSchedule, refuseEnded, releaseSchedule, saveSchedule } from './schedules.ts';

type Given = Record<string, unknown>;

const scheduleOf = ({ world, ids }: Call): SubscriptionSchedule => need(world.db.schedules, 'subscription schedule', ids[0]!);
const answer = ({ world, ids }: Call) => view.subscription_schedule(world, ids[0]!);

function blank(world: World, customer: string): SubscriptionSchedule {
  return {
    id: newId('sub_sched'),
    created: world.now(),
    canceled_at: null,
    collection_method: 'charge_automatically',
    completed_at: null,
    customer,
    days_until_due: null,
    default_payment_method: null,
    description: null,
    end_behavior: 'release',
    metadata: {},
    phases: [],
    phase: -1,
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: null,
  };
}

function readSettings(world: World, schedule: SubscriptionSchedule, params: Given): SubscriptionSchedule {
  const settings = (params['default_settings'] as Given | undefined) ?? {};
  const known = ['automatic_tax', 'collection_method', 'default_payment_method', 'description', 'invoice_settings'];
  const other = Object.keys(settings).find((name) => !known.includes(name));
  if (other !== undefined) throw notModelled(`default_settings[${other}]`, `default_settings[${other}]`);
  if ((settings['automatic_tax'] as { enabled: boolean } | undefined)?.enabled)
    throw notModelled('Stripe Tax', 'default_settings[automatic_tax][enabled]');
  const end = (params['end_behavior'] as string | undefined) ?? schedule.end_behavior;
  if (end !== 'release' && end !== 'cancel')
    throw invalid('Invalid end_behavior: must be one of cancel, or release', { param: 'end_behavior' });
  const days = (settings['invoice_settings'] as { days_until_due?: number } | undefined)?.days_until_due;
  const method = settings['default_payment_method'];
  return {
    ...schedule,
    collection_method:
      (settings['collection_method'] as SubscriptionSchedule['collection_method'] | undefined) ?? schedule.collection_method,
    days_until_due: days ?? schedule.days_until_due,
    default_payment_method:
      method === undefined
        ? schedule.default_payment_method
        : attachedMethod(world, method, schedule.customer, 'default_settings[default_payment_method]'),
    description: settings['description'] === undefined ? schedule.description : (settings['description'] as string) || null,
    end_behavior: end,
    metadata: mergeMetadata(schedule.metadata, params['metadata']),
  };
}

function create({ world, params }: Call) {
  if (params['from_subscription'] !== undefined) return fromSubscription(world, params);
  const id = params['customer'] as string | undefined;
  if (id === undefined) throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' });
  const schedule = readSettings(world, blank(world, need(world.db.customers, 'customer', id, 'customer').id), params);
  const given = params['start_date'] as number | 'now' | undefined;
  const start = typeof given === 'number' ? given : world.now();
  if (start < world.now()) throw notModelled('schedules that start in the past', 'start_date');
  schedule.phases = readPhases(world, schedule, (params['phases'] as Given[] | undefined) ?? [], start);
  saveSchedule(world, schedule, 'created');
  followSchedule(world, schedule.id);
  return view.subscription_schedule(world, schedule.id);
}

/** One phase: what the subscription is, to the end of its present period. */
function fromSubscription(world: World, params: Given) {
  const other = Object.keys(params).find((name) => name !== 'from_subscription' && name !== 'metadata');
  if (other !== undefined) throw invalid(`You cannot set \`${other}\` if \`from_subscription\` is set.`, { param: other });
  const subscription = need(world.db.subscriptions, 'subscription', params['from_subscription'] as string, 'from_subscription');
  if (subscription.schedule !== null)
    throw invalid('You cannot migrate a subscription that is already attached to a schedule.', { param: 'from_subscription' });
  const items = itemsOf(world, subscription.id);
  const { current_period_start: start_date, current_period_end: end_date } = items[0]!;
  const { collection_method, days_until_due, default_payment_method, description, metadata, currency } = subscription;
  const schedule: SubscriptionSchedule = {
    ...blank(world, subscription.customer),
    collection_method,
    days_until_due,
    default_payment_method,
    metadata: mergeMetadata({}, params['metadata']),
    phase: 0,
    phases: [
      {
        collection_method: null,
        currency,
        days_until_due: null,
        default_payment_method: null,
        description,
        end_date,
        items: items.map(({ price, quantity, metadata: own, tax_rates }) => ({ price, quantity, metadata: own, tax_rates })),
        metadata,
        proration_behavior: 'create_prorations',
        start_date,
        trial_end: null,
      },
    ],
    status: 'active',
    subscription: subscription.id,
  };
  world.db.subscriptions.put({ ...subscription, schedule: schedule.id });
  saveSchedule(world, schedule, 'created');
  followSchedule(world, schedule.id);
  return view.subscription_schedule(world, schedule.id);
}

/** Present and future phases are replaced; the present one starts when it did. */
function update(call: Call) {
  const { world, params } = call;
  const schedule = scheduleOf(call);
  refuseEnded(schedule, 'update');
  const before = answer(call);
  const changed = readSettings(world, schedule, params);
  const given = params['phases'] as Given[] | undefined;
  if (given) {
    const current = schedule.phases[Math.max(schedule.phase, 0)]!;
    const first = given[0]?.['start_date'];
    const start = schedule.status === 'not_started' && typeof first === 'number' ? first : current.start_date;
    changed.phases = readPhases(world, changed, given, start);
    changed.phase = schedule.status === 'active' ? 0 : -1;
    if (schedule.status === 'active' && changed.phases[0]!.end_date <= world.now())
      throw invalid('The first phase must be the current one.', { param: 'phases[0][end_date]' });
  }
  saveSchedule(world, changed, 'updated', before);
  const subscription = world.db.subscriptions.get(changed.subscription ?? '');
  if (given && subscription && JSON.stringify(schedule.phases[schedule.phase]?.items) !== JSON.stringify(changed.phases[0]!.items)) {
    const proration_behavior =
      (params['proration_behavior'] as (typeof changed.phases)[0]['proration_behavior'] | undefined) ?? 'create_prorations';
    enter(world, changed, { ...changed.phases[0]!, proration_behavior }, subscription);
  }
  followSchedule(world, schedule.id);
  return answer(call);
}

export const schedules: Route[] = [
  {
    method: 'POST',
    path: '/v1/subscription_schedules',
    takes: ['customer', 'default_settings', 'end_behavior', 'from_subscription', 'metadata', 'phases', 'start_date'],
    handle: create,
  },
  {
    method: 'GET',
    path: '/v1/subscription_schedules',
    takes: ['canceled_at', 'completed_at', 'customer', 'released_at', 'scheduled'],
    handle: ({ world, params }) =>
      listPage(
        world.db.schedules,
        {
          url: '/v1/subscription_schedules',
          kind: 'subscription schedule',
          params,
          criteria: given(params, 'customer'),
          filter: (schedule) =>
            (params['scheduled'] === undefined || (schedule.status === 'not_started') === params['scheduled']) &&
            (['canceled_at', 'completed_at', 'released_at'] as const).every((name) => inRange(schedule[name] ?? -1, params[name])),
        },
        (schedule) => view.subscription_schedule(world, schedule.id),
      ),
  },
  { method: 'GET', path: '/v1/subscription_schedules/{id}', handle: answer },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/{id}',
    takes: ['default_settings', 'end_behavior', 'metadata', 'phases', 'proration_behavior'],
    handle: update,
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/{id}/cancel',
    takes: ['invoice_now', 'prorate'],
    handle(call) {
      const { invoice_now = true, prorate = true } = call.params as { invoice_now?: boolean; prorate?: boolean };
      cancelSchedule(call.world, scheduleOf(call), { invoice_now, prorate });
      return answer(call);
    },
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/{id}/release',
    handle(call) {
      releaseSchedule(call.world, scheduleOf(call));
      return answer(call);
    },
  },
];
