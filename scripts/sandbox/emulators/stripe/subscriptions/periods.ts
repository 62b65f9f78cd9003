import { DAY, addMonths } from '../days.ts';
import type { Recurring } from '../entities.ts';

/** So many intervals after the anchor. Months are counted from the anchor, so that the 31st comes back after a shorter month. */
export function boundary(anchor: number, { interval, interval_count }: Recurring, times: number): number {
  const count = times * interval_count;
  switch (interval) {
    case 'day':
      return anchor + count * DAY;
    case 'week':
      return anchor + count * 7 * DAY;
    case 'month':
      return addMonths(anchor, count);
    case 'year':
      return addMonths(anchor, count * 12);
  }
}

/** The end of the period that a time lies in. https://docs.stripe.com/billing/subscriptions/billing-cycle */
export function periodEnd(anchor: number, recurring: Recurring, time: number): number {
  let times = 0;
  if (boundary(anchor, recurring, 0) > time) {
    while (boundary(anchor, recurring, times - 1) > time) times -= 1;
    return boundary(anchor, recurring, times);
  }
  while (boundary(anchor, recurring, times) <= time) times += 1;
  return boundary(anchor, recurring, times);
}

export const sameInterval = (one: Recurring, other: Recurring): boolean =>
  one.interval === other.interval && one.interval_count === other.interval_count;
