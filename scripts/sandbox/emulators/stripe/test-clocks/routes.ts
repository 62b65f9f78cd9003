import type { TestClock } from '../entities.ts';
import { newId } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { removeCustomer } from '../customers.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { startAdvance } from './advance.ts';
import { formatTestClock } from './formatters.ts';

/** https://docs.stripe.com/billing/testing/test-clocks */
const KEPT = 30 * 86_400;

const clockOf = ({ world, ids }: Call): TestClock => need(world.db.testClocks, 'test clock', ids[0]!);

function create({ world, params }: Call) {
  const clock: TestClock = {
    id: newId('clock'),
    created: world.now(),
    deletes_after: world.now() + KEPT,
    frozen_time: params['frozen_time'] as number,
    name: (params['name'] as string | undefined) ?? null,
    target: null,
  };
  world.db.testClocks.put(clock);
  world.emit('test_helpers.test_clock.created', formatTestClock(clock));
  return formatTestClock(clock);
}

/** Its customers go with it. */
function remove(call: Call) {
  const { world } = call;
  const clock = clockOf(call);
  world.inClock({ id: clock.id, at: clock.frozen_time }, () => {
    for (const customer of world.db.customers.where({ test_clock: clock.id })) if (!customer.deleted) removeCustomer(world, customer);
    for (const work of world.db.due.where({ clock: clock.id })) world.db.due.delete(work.id);
  });
  world.noLater('advance-test-clock', clock.id);
  world.emit('test_helpers.test_clock.deleted', formatTestClock(clock));
  world.db.testClocks.delete(clock.id);
  return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
}

export const testClocks: Route[] = [
  { method: 'POST', path: '/v1/test_helpers/test_clocks', takes: ['frozen_time', 'name'], handle: create },
  {
    method: 'GET',
    path: '/v1/test_helpers/test_clocks',
    handle: ({ world, params }) =>
      listPage(world.db.testClocks, { url: '/v1/test_helpers/test_clocks', kind: 'test clock', params }, formatTestClock),
  },
  { method: 'GET', path: '/v1/test_helpers/test_clocks/{id}', handle: (call) => formatTestClock(clockOf(call)) },
  { method: 'DELETE', path: '/v1/test_helpers/test_clocks/{id}', handle: remove },
  {
    method: 'POST',
    path: '/v1/test_helpers/test_clocks/{id}/advance',
    takes: ['frozen_time'],
    handle(call) {
      startAdvance(call.world, clockOf(call), call.params['frozen_time'] as number);
      return view['test_helpers.test_clock'](call.world, call.ids[0]!);
    },
  },
];
