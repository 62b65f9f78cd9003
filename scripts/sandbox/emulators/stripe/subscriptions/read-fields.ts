import { attachedMethod } from '../payment-methods.ts';
import type { Recurring, Subscription, SubscriptionItem } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { readTaxRates } from '../tax-rates.ts';
import type { World } from '../world.ts';
import { priceOf } from './lines.ts';
import { sameInterval } from './periods.ts';
import { MOST_ITEMS } from './read-items.ts';

type Given = Record<string, unknown>;

/** The fields that only say how to bill, each checked. */
export function readPlainFields(world: World, subscription: Subscription, params: Given): Subscription {
  const changed: Subscription = { ...subscription, metadata: mergeMetadata(subscription.metadata, params['metadata']) };
  if ((params['automatic_tax'] as { enabled: boolean } | undefined)?.enabled) throw notModelled('Stripe Tax', 'automatic_tax[enabled]');
  if ((params['billing_mode'] as { type: string } | undefined)?.type === 'classic')
    throw notModelled('the classic billing mode', 'billing_mode[type]');
  if (params['payment_behavior'] === 'pending_if_incomplete') throw notModelled('pending updates', 'payment_behavior');
  if (params['description'] !== undefined) changed.description = (params['description'] as string) || null;
  if (params['collection_method'] !== undefined)
    changed.collection_method = params['collection_method'] as Subscription['collection_method'];
  if (params['default_payment_method'] !== undefined)
    changed.default_payment_method = attachedMethod(world, params['default_payment_method'], changed.customer, 'default_payment_method');
  if (params['default_tax_rates'] !== undefined)
    changed.default_tax_rates = readTaxRates(world, params['default_tax_rates'], 'default_tax_rates');
  readDays(changed, params);
  readCancellation(world, changed, params);
  const trial = params['trial_settings'] as
    | { end_behavior: { billing_cycle_anchor?: string; missing_payment_method?: string } }
    | undefined;
  if (trial?.end_behavior.billing_cycle_anchor === 'unchanged')
    throw notModelled('keeping the anchor at the end of a trial', 'trial_settings[end_behavior][billing_cycle_anchor]');
  if (trial?.end_behavior.missing_payment_method)
    changed.missing_payment_method = trial.end_behavior.missing_payment_method as Subscription['missing_payment_method'];
  return changed;
}

function readDays(subscription: Subscription, params: Given): void {
  const days = params['days_until_due'] as number | undefined;
  const param = 'days_until_due';
  if (days !== undefined) {
    if (subscription.collection_method !== 'send_invoice')
      throw invalid('`days_until_due` can only be set if `collection_method` is `send_invoice`.', { param });
    if (days < 0) throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param });
    subscription.days_until_due = days;
  }
  if (subscription.collection_method !== 'send_invoice') subscription.days_until_due = null;
  else if (subscription.days_until_due === null)
    throw invalid('Missing required param: days_until_due. It is required when `collection_method` is `send_invoice`.', {
      code: 'parameter_missing',
      param,
    });
}

function readCancellation(world: World, subscription: Subscription, params: Given): void {
  const at = params['cancel_at'] as number | string | undefined;
  const atEnd = params['cancel_at_period_end'] as boolean | undefined;
  if (at !== undefined && at !== '' && atEnd)
    throw invalid('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', { param: 'cancel_at' });
  if (typeof at === 'string' && at !== '') throw notModelled(`cancel_at ${at}`, 'cancel_at');
  if (typeof at === 'number' && at <= world.now()) throw invalid('cancel_at must be a timestamp in the future.', { param: 'cancel_at' });
  if (atEnd !== undefined) subscription.cancel_at_period_end = atEnd;
  if (at !== undefined || atEnd !== undefined) subscription.cancel_at = typeof at === 'number' ? at : null;
  const details = params['cancellation_details'] as { comment?: string; feedback?: string; feedback_option?: string } | undefined;
  if (details?.feedback_option) throw notModelled('feedback options', 'cancellation_details[feedback_option]');
  if (details?.comment !== undefined)
    subscription.cancellation_details = { ...subscription.cancellation_details, comment: details.comment || null };
  if (details?.feedback !== undefined)
    subscription.cancellation_details = { ...subscription.cancellation_details, feedback: details.feedback || null };
}

/** All items of one currency and one interval; what they share. */
export function checkItems(world: World, subscription: Pick<Subscription, 'currency'>, items: SubscriptionItem[]): Recurring {
  if (items.length === 0) throw invalid('A subscription must have at least one active plan.', { param: 'items' });
  if (items.length > MOST_ITEMS) throw invalid(`A subscription can have up to ${MOST_ITEMS} items.`, { param: 'items' });
  const prices = items.map((item) => priceOf(world, item));
  const recurring = prices[0]!.recurring!;
  if (prices.some((price) => price.currency !== subscription.currency))
    throw invalid('All prices of a subscription must have the same currency.', { param: 'items' });
  if (prices.some((price) => !sameInterval(price.recurring!, recurring))) throw notModelled('subscriptions of mixed intervals', 'items');
  if (new Set(prices.map((price) => price.id)).size < prices.length)
    throw invalid('A price can be in a subscription only once; raise the quantity of its item instead.', { param: 'items' });
  return recurring;
}
