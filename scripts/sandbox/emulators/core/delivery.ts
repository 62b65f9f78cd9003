import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { post } from './post.ts';
import type { Post } from './post.ts';
import type { Collection, Store } from './store.ts';

/** One try to hand a webhook to its receiver. */
export interface DeliveryAttempt {
  /** Milliseconds since the epoch, on the sandbox's clock. */
  at: number;
  /** HTTP status of the answer, or null when there was none. */
  status: number | null;
  error: string | null;
  durationMs: number;
}

/** A webhook on its way: pending until a 2xx, the end of the ladder, or a fault that loses it. */
export interface Delivery {
  id: string;
  /** The receiver's own id or URL; deliveries to the same target can be reordered among themselves. */
  target: string;
  url: string;
  /** What the delivery is about, shown on the inspection page (event id, type, …). */
  about: Record<string, string>;
  body: string;
  state: 'pending' | 'delivered' | 'failed' | 'lost';
  created: number;
  nextAt: number | null;
  attempts: DeliveryAttempt[];
}

export interface DeliveryOptions {
  store: Store;
  clock: Clock;
  faults: FaultPlan;
  /** Fault point, for instance "stripe.webhook". */
  point: string;
  /** Waits before the 2nd, 3rd, … attempt, in milliseconds of the sandbox's clock. */
  ladder: number[];
  /** How long an answer is awaited, in real milliseconds. */
  timeoutMs: number;
  /** Headers of one attempt; called afresh for each, so that a signature carries its own time. */
  headers(delivery: Delivery, now: number): Record<string, string>;
  /** False: the delivery is given up (for instance the endpoint was disabled). */
  allowed?(delivery: Delivery): boolean;
  /** Hands a delivery over; an HTTP POST when left out. */
  post?: Post;
  /** Called once when a delivery is no longer pending. */
  onSettled?(delivery: Delivery): void;
}

export interface Deliverer {
  send(delivery: Pick<Delivery, 'target' | 'url' | 'about' | 'body'>): Delivery;
  /** Tries everything that is pending at once, whatever its ladder says. */
  deliverNow(): Promise<void>;
  /** Resolves when nothing is under way (pending retries do not count). */
  idle(): Promise<void>;
  /** Takes up what was pending when the process ended. */
  resume(): void;
  /** Forgets timers; what is pending stays stored. */
  stop(): Promise<void>;
  deliveries: Collection<Delivery>;
}

const HELD_BACK_MS = 2_000;

/** Delivers webhooks on the sandbox's clock, with the plan's faults, and records every attempt. */
export function createDeliverer(options: DeliveryOptions): Deliverer {
  const { store, clock, faults } = options;
  const handOver = options.post ?? post;
  const deliveries = store.collection<Delivery>('deliveries', { indexes: ['state', 'target'] });
  const timers = new Map<string, () => void>();
  const underWay = new Map<string, Promise<void>>();
  const heldBack = new Map<string, string[]>();
  let stopped = false;

  const settle = (delivery: Delivery, state: Delivery['state']) => {
    const settled = { ...delivery, state, nextAt: null };
    deliveries.put(settled);
    if (state !== 'pending') options.onSettled?.(settled);
  };

  const schedule = (delivery: Delivery, at: number, consultFaults: boolean) => {
    deliveries.put({ ...delivery, nextAt: at });
    timers.get(delivery.id)?.();
    timers.set(
      delivery.id,
      clock.setTimer(at, () => run(delivery.id, consultFaults)),
    );
  };

  const record = (before: Delivery, attempt: DeliveryAttempt) => {
    const delivery = { ...before, attempts: [...before.attempts, attempt] };
    if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) return settle(delivery, 'delivered');
    const wait = options.ladder[delivery.attempts.length - 1];
    if (wait === undefined) return settle(delivery, 'failed');
    schedule(delivery, clock.now() + wait, true);
  };

  const attempt = async (delivery: Delivery, fault: Fault | undefined) => {
    const at = clock.now();
    if (fault?.kind === 'drop-before') return record(delivery, { at, status: null, error: 'connection refused (fault)', durationMs: 0 });
    if (fault?.kind === 'status') return record(delivery, { at, status: fault.status, error: 'answer replaced (fault)', durationMs: 0 });
    const send = () => handOver(delivery.url, delivery.body, options.headers(delivery, clock.now()), options.timeoutMs);
    const answer = await send();
    if (fault?.kind === 'duplicate') await send();
    // The process may have stopped, or the store been reset, while the receiver was thinking.
    if (stopped || !deliveries.get(delivery.id)) return;
    // One commit for the attempt and what its owner notes of it.
    store.transaction(() =>
      record(delivery, fault?.kind === 'drop-answer' ? { ...answer, at, status: null, error: 'answer lost (fault)' } : { ...answer, at }),
    );
  };

  /** Sends what a `reorder` fault held back behind a later delivery to the same target. */
  const release = (target: string) => {
    const ids = heldBack.get(target) ?? [];
    heldBack.delete(target);
    return Promise.all(ids.map((id) => run(id, false))).then(() => undefined);
  };

  const run = async (id: string, consultFaults: boolean): Promise<void> => {
    timers.get(id)?.();
    timers.delete(id);
    const already = underWay.get(id);
    if (already) return already;
    const delivery = deliveries.get(id);
    if (stopped || delivery?.state !== 'pending') return;
    if (options.allowed?.(delivery) === false) return settle(delivery, 'failed');
    const fault = consultFaults ? faults.next(options.point, { url: delivery.url, ...delivery.about }) : undefined;
    if (fault?.kind === 'lose') return settle(delivery, 'lost');
    if (fault?.kind === 'delay') return schedule(delivery, clock.now() + fault.ms, false);
    if (fault?.kind === 'reorder') {
      heldBack.set(delivery.target, [...(heldBack.get(delivery.target) ?? []), id]);
      return schedule(delivery, clock.now() + HELD_BACK_MS, false);
    }
    const work = attempt(delivery, fault).finally(() => underWay.delete(id));
    underWay.set(id, work);
    await work;
    await release(delivery.target);
  };

  return {
    deliveries,
    send(input) {
      const delivery: Delivery = { id: randomUUID(), ...input, state: 'pending', created: clock.now(), nextAt: null, attempts: [] };
      deliveries.put(delivery);
      // After the caller's own transaction has been committed.
      queueMicrotask(() => void run(delivery.id, true));
      return delivery;
    },
    async deliverNow() {
      await Promise.all(deliveries.where({ state: 'pending' }).map((delivery) => run(delivery.id, false)));
    },
    async idle() {
      await new Promise((resolve) => setImmediate(resolve));
      while (underWay.size) await Promise.all(underWay.values());
    },
    resume() {
      for (const delivery of deliveries.where({ state: 'pending' })) schedule(delivery, delivery.nextAt ?? clock.now(), true);
    },
    async stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
      await Promise.all(underWay.values());
    },
  };
}
