import { type Outcome, mapOutcome } from '../../domain/outcome.ts';
import { currentLane } from '../../platform/lane.ts';
import type { Calls, Find } from './calls.ts';
import type { QuickBooksClient } from './client.ts';
import { within } from './query.ts';
import { FEW } from './together.ts';

/** Ids in one query: its text goes in the address. */
const PER_QUERY = 200;

interface Asker<T> {
  ids: readonly string[];
  settle(outcome: Outcome<T[]>): void;
  fail(error: unknown): void;
}

/**
 * Documents by id. Where many wait for QuickBooks' limit and nobody for them, all of them are one query, which is one call and one metered
 * read.
 */
export function createAskTogether<T extends { Id: string }>(
  client: QuickBooksClient,
  { find }: Pick<Calls, 'find'>,
  how: Find,
  few = FEW,
): (ids: readonly string[]) => Promise<Outcome<T[]>> {
  let waiting: Asker<T>[] = [];
  let turning = false;

  const ask = (ids: readonly string[], by: 'call' | 'callInTurn') => find<T>(how, within('Id', [...new Set(ids)]), by);

  function take(): Asker<T>[] {
    let room = waiting.length > few ? PER_QUERY : 0;
    const taken = waiting.filter(({ ids }, index) => (room -= ids.length) >= 0 || index === 0);
    waiting = waiting.filter((asker) => !taken.includes(asker));
    return taken;
  }

  async function go(askers: readonly Asker<T>[]): Promise<void> {
    try {
      const together = await ask(
        askers.flatMap(({ ids }) => ids),
        'callInTurn',
      );
      // Whichever id is to blame, it is to hold up no other.
      const alone = together.outcome === 'rejected' && askers.length > 1;
      for (const { ids, settle, fail } of askers) {
        if (alone) void ask(ids, 'call').then(settle, fail);
        else settle(mapOutcome(together, (found) => found.filter(({ Id }) => ids.includes(Id))));
      }
    } catch (error) {
      for (const { fail } of askers) fail(error);
    }
  }

  async function giveTurns(): Promise<void> {
    if (turning) return;
    turning = true;
    try {
      while (waiting.length > 0) {
        const none = await client.turn();
        if (none) for (const { settle } of waiting.splice(0)) settle(none);
        else void go(take());
      }
    } catch (error) {
      for (const { fail } of waiting.splice(0)) fail(error);
    } finally {
      turning = false;
    }
  }

  return (ids) => {
    if (currentLane() === 'rep') return ask(ids, 'call');
    return new Promise((settle, fail) => {
      waiting.push({ ids, settle, fail });
      void giveTurns();
    });
  };
}
