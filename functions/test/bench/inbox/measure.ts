import type pg from 'pg';
import { STRIPE_HOOK_PATH } from '../../../src/webhooks/stripe.ts';
import { percentile, sendAll } from './client.ts';
import { cpuSeconds, cpuSecondsOfFamily } from './cpu.ts';
import { type Order, type StripeEvent, type createStream, signedRequest } from './events.ts';
import { countLost, countWrong, createReader, readSyncEngine } from './final-state.ts';
import type { Kind } from './kinds.ts';
import { type Receiver, WEBHOOK_SECRET } from './start-receiver.ts';

type Stream = ReturnType<typeof createStream>;

export interface Run {
  kind: Kind;
  order: Order;
  events: number;
  seconds: number;
  latencies: Float64Array;
  nodeSeconds: number;
  postgresSeconds: number;
  refused: number;
  /** Invoices with a wrong state after the drain, and events not stored once; null where nothing is kept. */
  wrong: number | null;
  /** CPU of this process and PostgreSQL for the drain afterwards; null where nothing is drained. */
  drainSeconds: number | null;
}

export interface Bench {
  pool: pg.Pool;
  postgresPid: number;
  connections: number;
}

const KEPT = ['trueup.webhook_inbox', 'trueup.dirty_object', 'stripe.invoices'];

/** Every run begins with empty tables and a quiet disk. */
async function empty(pool: pg.Pool): Promise<void> {
  await pool.query(`TRUNCATE ${KEPT.join(', ')}`);
  await pool.query('CHECKPOINT');
}

/** Sends a stream to one receiver, drains, and looks at what is held in the end. */
export async function measure(
  { pool, postgresPid, connections }: Bench,
  { kind, port, pid }: Receiver,
  order: Order,
  stream: Stream,
): Promise<Run> {
  await empty(pool);
  const requests = stream.events.map((event) => signedRequest(STRIPE_HOOK_PATH, event, WEBHOOK_SECRET));
  const before = { node: cpuSeconds(pid), postgres: cpuSecondsOfFamily(postgresPid) };
  const sent = await sendAll(port, requests, connections);
  const after = { node: cpuSeconds(pid), postgres: cpuSecondsOfFamily(postgresPid) };
  return {
    kind,
    order,
    events: requests.length,
    ...sent,
    nodeSeconds: after.node - before.node,
    postgresSeconds: after.postgres - before.postgres,
    ...(await judge(pool, postgresPid, kind, stream)),
  };
}

async function judge(
  pool: pg.Pool,
  postgresPid: number,
  kind: Kind,
  { events, truth, ids }: Stream,
): Promise<Pick<Run, 'wrong' | 'drainSeconds'>> {
  if (kind === 'signature' || kind === 'http' || kind === 'with-worker') return { wrong: null, drainSeconds: null };
  if (kind === 'sync-engine') return { wrong: countWrong(truth, await readSyncEngine(pool, truth)), drainSeconds: null };
  const reader = createReader(pool, ids, (invoice) => truth.get(invoice) ?? '');
  const used = () => cpuSeconds(process.pid) + cpuSecondsOfFamily(postgresPid);
  const before = used();
  while ((await reader.round()) > 0);
  const drainSeconds = used() - before;
  return { wrong: countWrong(truth, reader.read) + (await countLost(pool, eventIds(events))), drainSeconds };
}

/** Stripe moves on as it sends, and the inbox is drained meanwhile: what was read last must be the last state all the same. */
export async function drainBeside({ pool, connections }: Bench, { port }: Receiver, { events, truth, ids }: Stream): Promise<number> {
  await empty(pool);
  const now = new Map<string, string>();
  const reached = new Map<string, number>();
  const steps = stepsOf(events);
  const reader = createReader(pool, ids, (invoice) => now.get(invoice) ?? '');
  let sending = true;
  const draining = (async () => {
    while (sending) if ((await reader.round()) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  })();
  const requests = events.map((event) => signedRequest(STRIPE_HOOK_PATH, event, WEBHOOK_SECRET));
  await sendAll(port, requests, connections, (at) => {
    const event = events[at] as StripeEvent;
    const step = steps.get(event.id) ?? 0;
    // An event that comes late tells of a state that is past.
    if (step < (reached.get(event.invoice) ?? 0)) return;
    reached.set(event.invoice, step);
    now.set(event.invoice, event.status);
  });
  sending = false;
  await draining;
  while ((await reader.round()) > 0);
  return countWrong(truth, reader.read) + (await countLost(pool, eventIds(events)));
}

const stepsOf = (events: readonly StripeEvent[]) => new Map(events.map(({ id }) => [id, Number(id.at(-1))]));
const eventIds = (events: readonly StripeEvent[]) => events.map(({ id }) => id);

export interface Summary {
  perSecond: number;
  cpuMs: number;
  nodeMs: number;
  postgresMs: number;
  p50: number;
  p99: number;
  p999: number;
  refused: number;
  wrong: number | null;
  drainMs: number | null;
}

/** Several runs of one receiver in one: the median of the rates, the sums of the rest, percentiles over all answers. */
export function summarise(runs: readonly Run[]): Summary {
  const sum = (pick: (run: Run) => number) => runs.reduce((all, run) => all + pick(run), 0);
  const events = sum((run) => run.events);
  const rates = runs.map((run) => run.events / run.seconds).sort((a, b) => a - b);
  const latencies = new Float64Array(events);
  let at = 0;
  for (const run of runs) {
    latencies.set(run.latencies, at);
    at += run.latencies.length;
  }
  latencies.sort();
  const nodeMs = (sum((run) => run.nodeSeconds) * 1000) / events;
  const postgresMs = (sum((run) => run.postgresSeconds) * 1000) / events;
  return {
    perSecond: Math.round(rates[Math.floor(rates.length / 2)] ?? 0),
    cpuMs: nodeMs + postgresMs,
    nodeMs,
    postgresMs,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    p999: percentile(latencies, 0.999),
    refused: sum((run) => run.refused),
    wrong: runs.some((run) => run.wrong === null) ? null : sum((run) => run.wrong ?? 0),
    drainMs: runs.some((run) => run.drainSeconds === null) ? null : (sum((run) => run.drainSeconds ?? 0) * 1000) / events,
  };
}
