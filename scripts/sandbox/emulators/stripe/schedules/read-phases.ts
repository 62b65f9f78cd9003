import type { Phase, Recurring, SubscriptionSchedule } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { attachedMethod } from '../payment-methods.ts';
import { boundary } from '../subscriptions/periods.ts';
import { newItem } from '../subscriptions/read-items.ts';
import type { World } from '../world.ts';

type Given = Record<string, unknown>;
const MODELLED = [
  'automatic_tax',
  'collection_method',
  'currency',
  'default_payment_method',
  'description',
  'duration',
  'end_date',
  'invoice_settings',
  'items',
  'metadata',
  'proration_behavior',
  'start_date',
  'trial',
  'trial_end',
];
/** https://docs.stripe.com/billing/subscriptions/subscription-schedules */
const MOST_PHASES = 10;

/** Phases one after the other, the first from `start`. */
export function readPhases(world: World, schedule: SubscriptionSchedule, given: Given[], start: number): Phase[] {
  if (given.length === 0) throw invalid('A schedule must have at least one phase.', { param: 'phases' });
  if (given.length > MOST_PHASES) throw invalid(`A schedule can have up to ${MOST_PHASES} current or future phases.`, { param: 'phases' });
  const phases: Phase[] = [];
  for (const [index, one] of given.entries()) {
    const from = phases.at(-1)?.end_date ?? start;
    phases.push(readPhase(world, schedule, one, `phases[${index}]`, from));
  }
  return phases;
}

function readPhase(world: World, schedule: SubscriptionSchedule, given: Given, at: string, start: number): Phase {
  const other = Object.keys(given).find((name) => !MODELLED.includes(name));
  if (other !== undefined) throw notModelled(`${other} of phases`, `${at}[${other}]`);
  if ((given['automatic_tax'] as { enabled: boolean } | undefined)?.enabled)
    throw notModelled('Stripe Tax', `${at}[automatic_tax][enabled]`);
  if (typeof given['start_date'] === 'number' && given['start_date'] !== start)
    throw invalid('The start_date of a phase must be the end_date of the one before.', { param: `${at}[start_date]` });
  const invoice = (given['invoice_settings'] as Given | undefined) ?? {};
  const unknown = Object.keys(invoice).find((name) => name !== 'days_until_due');
  if (unknown !== undefined) throw notModelled(`invoice_settings[${unknown}] of phases`, `${at}[invoice_settings][${unknown}]`);
  const owner = { subscription: '', customer: schedule.customer };
  const items = (given['items'] as Given[]).map((item, index) => {
    if (item['discounts'] !== undefined && item['discounts'] !== '')
      throw notModelled('discounts of phases', `${at}[items][${index}][discounts]`);
    const { price, quantity, metadata, tax_rates } = newItem(world, item, `${at}[items][${index}]`, owner);
    return { price, quantity, metadata, tax_rates };
  });
  const end_date = readEnd(given, at, start);
  const price = world.db.prices.get(items[0]?.price ?? '');
  if (!price) throw invalid(`Missing required param: ${at}[items].`, { code: 'parameter_missing', param: `${at}[items]` });
  return {
    collection_method: (given['collection_method'] as Phase['collection_method'] | undefined) ?? null,
    currency: price.currency,
    days_until_due: (invoice['days_until_due'] as number | undefined) ?? null,
    default_payment_method:
      given['default_payment_method'] === undefined
        ? null
        : attachedMethod(world, given['default_payment_method'], schedule.customer, `${at}[default_payment_method]`),
    description: (given['description'] as string | undefined) || null,
    end_date,
    items,
    metadata: mergeMetadata({}, given['metadata']),
    proration_behavior: (given['proration_behavior'] as Phase['proration_behavior'] | undefined) ?? 'create_prorations',
    start_date: start,
    trial_end: readTrial(given, at, start, end_date),
  };
}

/** A trial of a whole first phase or a part of it. */
function readTrial(given: Given, at: string, start: number, end: number): number | null {
  const until = given['trial'] ? end : (given['trial_end'] as number | undefined);
  if (until === undefined) return null;
  if (at !== 'phases[0]') throw notModelled('trials in later phases', `${at}[trial_end]`);
  if (until <= start || until > end) throw invalid('The trial of a phase must end within it.', { param: `${at}[trial_end]` });
  return until;
}

function readEnd(given: Given, at: string, start: number): number {
  const { duration, end_date } = given as {
    duration?: { interval: Recurring['interval']; interval_count?: number };
    end_date?: number | 'now';
  };
  if ((duration === undefined) === (end_date === undefined))
    throw invalid(`You must specify exactly one of ${at}[duration] and ${at}[end_date].`, {
      code: 'parameter_missing',
      param: `${at}[end_date]`,
    });
  if (end_date === 'now') throw notModelled('ending a phase now', `${at}[end_date]`);
  const end =
    end_date ??
    boundary(start, { interval: duration!.interval, interval_count: duration!.interval_count ?? 1, trial_period_days: null }, 1);
  if (end <= start) throw invalid('A phase must end after it starts.', { param: `${at}[end_date]` });
  return end;
}
