import type pg from 'pg';
import { createInbox } from '../../../src/adapters/postgres/inbox.ts';
import { drain } from '../../../src/inbox/drain.ts';
import type { DirtyObject } from '../../../src/ports/inbox.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import type { Truth } from './events.ts';

/** Invoices whose state is not what Stripe says, or that are missing. */
export type Wrong = number;

export interface Reader {
  /** One round over the dirty objects, as the worker makes it; how many it took. */
  round(): Promise<number>;
  /** What was read last, by Stripe's invoice id. */
  read: Truth;
}

/**
 * Drains the inbox with the product's own rounds. In place of the refresh of an invoice it reads what Stripe says at that moment:
 * an object that an event made dirty and that nobody looked at afterwards would keep an older state.
 */
export function createReader(pool: pg.Pool, salesforceIds: ReadonlyMap<string, string>, atStripe: (invoice: string) => string): Reader {
  const read: Truth = new Map();
  const inbox = createInbox(pool);
  const deps = {
    inbox,
    clock: { now: () => Date.now(), sleep: async () => undefined },
    records: {},
    payments: {},
    ledger: {},
    engine: {
      enqueue: async ({ id, input }: { id: string; input: unknown }) => {
        const { invoiceId, objects = [] } = input as { invoiceId: string; objects?: DirtyObject[] };
        const invoice = salesforceIds.get(invoiceId) ?? '';
        read.set(invoice, atStripe(invoice));
        for (const object of objects) await inbox.settle(object, id);
      },
    },
  } as unknown as Ports;
  return { read, round: () => drain(deps, { batch: 500, turns: 500 }) };
}

export const countWrong = (truth: Truth, held: ReadonlyMap<string, string>): Wrong =>
  [...truth].filter(([invoice, status]) => held.get(invoice) !== status).length;

/** What the sync engine's table says. */
export async function readSyncEngine(pool: pg.Pool, truth: Truth): Promise<Truth> {
  const { rows } = await pool.query<{ id: string; status: string }>('SELECT id, status::text FROM stripe.invoices WHERE id = ANY($1)', [
    [...truth.keys()],
  ]);
  return new Map(rows.map((row) => [row.id, row.status]));
}

/** Events that are not stored exactly once. */
export async function countLost(pool: pg.Pool, eventIds: readonly string[]): Promise<number> {
  const ids = [...new Set(eventIds)];
  const { rows } = await pool.query<{ stored: string }>('SELECT count(*) AS stored FROM trueup.webhook_inbox WHERE event_id = ANY($1)', [
    ids,
  ]);
  return Math.abs(ids.length - Number(rows[0]?.stored ?? 0));
}
