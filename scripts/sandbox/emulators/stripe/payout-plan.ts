import { midnightFrom } from './days.ts';
import type { World } from './world.ts';

/** The one piece of work that looks for money to pay out. */
const RUN = 'daily';

/** Has the daily run look at midnight of the day on which money becomes available. */
export function planPayout(world: World, availableOn: number): void {
  if (world.payouts !== 'daily') return;
  const at = midnightFrom(Math.max(availableOn, world.now() + 1));
  const planned = world.db.due.get(`pay-out:${RUN}`);
  if (!planned || planned.at > at) world.later('pay-out', at, RUN);
}
