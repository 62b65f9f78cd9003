import type { DueWork, TestClock } from '../entities.ts';
import { invalid } from '../errors.ts';
import { itemsOf } from '../subscriptions/lines.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';

/** Starts the way to a later time; it is ready a moment later. https://docs.stripe.com/api/test_clocks/advance */
export function startAdvance(world: World, clock: TestClock, target: number): void {
  const param = 'frozen_time';
  if (clock.target !== null) throw invalid('Test clock advancement underway - cannot perform modifications.', { param });
  if (target <= clock.frozen_time) throw invalid('The new frozen time must be after the current one.', { param });
  const most = furthest(world, clock);
  if (target > most)
    throw invalid(
      'You can only advance up to two intervals from the current frozen time based on the shortest subscription interval in the test clock.',
      { param },
    );
  world.db.testClocks.put({ ...clock, target });
  world.emit('test_helpers.test_clock.advancing', view['test_helpers.test_clock'](world, clock.id));
  world.later('advance-test-clock', world.now(), clock.id);
}

const YEAR = 365 * 86_400;

function furthest(world: World, clock: TestClock): number {
  const lengths = world.db.customers
    .where({ test_clock: clock.id })
    .flatMap((customer) => world.db.subscriptions.where({ customer: customer.id }))
    .filter((subscription) => subscription.status !== 'canceled')
    .flatMap((subscription) => itemsOf(world, subscription.id))
    .map((item) => item.current_period_end - item.current_period_start);
  // Two whole intervals, whatever their months' lengths.
  const slack = 3 * 86_400;
  return clock.frozen_time + (lengths.length ? 2 * Math.min(...lengths) + slack : 2 * YEAR);
}

/** Does everything that falls due on the way, each at its own moment. */
export function finishAdvance(world: World, id: string, perform: (work: DueWork) => void): void {
  const clock = world.db.testClocks.get(id);
  if (clock?.target == null) return;
  const { target } = clock;
  for (let next = earliest(world, id, target); next; next = earliest(world, id, target)) {
    const at = Math.max(next.at, clock.frozen_time);
    world.db.due.delete(next.id);
    world.db.testClocks.put({ ...clock, frozen_time: at });
    world.inClock({ id, at }, () => perform(next));
  }
  world.db.testClocks.put({ ...clock, frozen_time: target, target: null });
  world.inClock({ id, at: target }, () => world.emit('test_helpers.test_clock.ready', view['test_helpers.test_clock'](world, id)));
}

function earliest(world: World, clock: string, until: number): DueWork | undefined {
  let first: DueWork | undefined;
  for (const work of world.db.due.where({ clock })) if (work.at <= until && (!first || work.at < first.at)) first = work;
  return first;
}
