import type { StripeStore } from '../store.ts';

/** The customer that an object of a test clock belongs to. */
const OWNERS: [prefix: string, customer: (db: StripeStore, id: string) => string | null | undefined][] = [
  ['cus_', (_db, id) => id],
  ['sub_sched_', (db, id) => db.schedules.get(id)?.customer],
  ['sub_', (db, id) => db.subscriptions.get(id)?.customer],
  ['si_', (db, id) => db.subscriptions.get(db.subscriptionItems.get(id)?.subscription ?? '')?.customer],
  ['in_', (db, id) => db.invoices.get(id)?.customer],
  ['ii_', (db, id) => db.items.get(id)?.customer],
  ['cs_', (db, id) => db.sessions.get(id)?.customer],
  ['pi_', (db, id) => db.intents.get(id)?.customer],
];
const NAMING = ['customer', 'subscription', 'invoice', 'payment_intent', 'from_subscription'];

/** The test clock whose time an action on these objects happens in; undefined for the sandbox's own. */
export function clockOf(db: StripeStore, ids: string[], params: Record<string, unknown> = {}): { id: string; at: number } | undefined {
  if (db.testClocks.count() === 0) return undefined;
  const direct = db.testClocks.get(String(params['test_clock']));
  if (direct) return { id: direct.id, at: direct.frozen_time };
  const named = NAMING.map((name) => params[name]).filter((value) => typeof value === 'string');
  for (const id of [...ids, ...named]) {
    const customer = OWNERS.find(([prefix]) => id.startsWith(prefix))?.[1](db, id);
    const clock = db.testClocks.get(db.customers.get(customer ?? '')?.test_clock ?? '');
    if (clock) return { id: clock.id, at: clock.frozen_time };
  }
  return undefined;
}
