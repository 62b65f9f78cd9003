import type { Failure, Outcome } from '../../domain/outcome.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EffectLog } from '../../ports/effect-log.ts';
import type { QuickBooksClient } from './client.ts';
import { type Creation, sendBatch } from './send-batch.ts';

/** As many as QuickBooks takes in one request. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/batch */
const PER_BATCH = 30;
/** So few go one by one: in the time until a batch's next turn as many single calls have theirs, and batches are left for reads. */
export const FEW = 10;
/** Requests of ours at once; older limits of QuickBooks allow ten in all, and people write too. */
const MOST_AT_ONCE = 6;
/** So long many wait for a batch's turn before the first of them goes alone. */
const PATIENCE_MS = 10_000;

/** Something that was created or is refers to, by which the order of two writes would matter. */
export interface Joining extends Creation {
  touches: readonly string[];
}

export interface Together {
  /** So few go one by one. */
  readonly few: number;
  /** Sends it with whatever waits for its turn at the same time, or alone when nothing does. */
  send<T>(joining: Joining): Promise<Outcome<T>>;
}

interface Waiting extends Joining {
  settle(outcome: Outcome<unknown>): void;
  fail(error: unknown): void;
}

/**
 * Where many wait for QuickBooks' limit, they wait for one turn together: 30 documents cost what one costs. Nothing is held back to wait
 * for more: as long as there are few, each goes alone.
 */
export function createTogether(
  client: QuickBooksClient,
  log: { effects: Pick<EffectLog, 'sendTogether'>; clock: Pick<Clock, 'now'> },
  few = FEW,
): Together {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let turning = false;

  const areMany = () => waiting.length > few;

  /** The first of them, and those whose order to it and to each other does not matter. */
  function take(most: number): Waiting[] {
    const touched = new Set<string>();
    const taken: Waiting[] = [];
    for (const each of waiting) {
      if (taken.length === most) break;
      if (each.touches.some((what) => touched.has(what))) continue;
      for (const what of each.touches) touched.add(what);
      taken.push(each);
    }
    waiting = waiting.filter((each) => !taken.includes(each));
    return taken;
  }

  async function go(sent: readonly Waiting[]): Promise<void> {
    underWay += 1;
    try {
      const [first] = sent;
      const outcomes = sent.length === 1 && first ? [await first.alone('callInTurn', first.key)] : await sendBatch(client, log, sent);
      sent.forEach((each, index) => each.settle(outcomes[index] as Outcome<unknown>));
    } catch (error) {
      for (const each of sent) each.fail(error);
    } finally {
      underWay -= 1;
      void giveTurns();
    }
  }

  async function giveTurns(): Promise<void> {
    if (turning) return;
    turning = true;
    try {
      while (waiting.length > 0 && underWay < MOST_AT_ONCE) {
        const inBatch = areMany() && (await client.mayBatch(PATIENCE_MS));
        const none = await client.turn();
        if (none) refuse(none);
        else void go(take(inBatch || (areMany() && (await client.mayBatch())) ? PER_BATCH : 1));
      }
    } catch (error) {
      for (const each of waiting.splice(0)) each.fail(error);
    } finally {
      turning = false;
    }
  }

  function refuse(none: Failure): void {
    for (const each of waiting.splice(0)) each.settle(none);
  }

  return {
    few,
    send: <T>(joining: Joining) =>
      new Promise<Outcome<T>>((resolve, fail) => {
        waiting.push({ ...joining, settle: (outcome) => resolve(outcome as Outcome<T>), fail });
        void giveTurns();
      }),
  };
}
