import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Orders, PAID, createOrders } from './play-orders.ts';

/** Prime to the lengths of all cycles in the list of orders; `npm run simulate -- --orders` plays every one. */
const EVERY = 13;

let orders: Orders;
beforeAll(() => {
  orders = createOrders();
});
afterAll(() => orders?.close());

describe('the six events of one payment', () => {
  test('in many orders, each with duplicates, leave the same state in all three systems', async () => {
    let tried = 0;
    for await (const { order, state } of orders.play(EVERY)) {
      expect(state, order.join(', ')).toEqual(PAID);
      tried += 1;
    }
    expect(tried).toBe(56);
  });

  test('one of them, delivered a hundred times at once, has one effect', async () => {
    expect(await orders.playAtOnce(100)).toEqual({ news: 1, state: PAID });
  });
});
