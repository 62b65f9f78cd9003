import type { DirtyObject, WaitingObject } from '../ports/inbox.ts';
import type { Deps } from '../use-cases/deps.ts';
import { knownLine, linesOf, mayBeNewMoney, refreshLines, showNews } from '../use-cases/refresh-object.ts';
import { settleObject } from '../use-cases/settle-object.ts';

type DrainDeps = Pick<Deps, 'inbox' | 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'clock'>;

/** How many objects one look takes, and how many runs may deal with objects at once. */
export interface DrainLimits {
  batch: number;
  turns: number;
}

const LIMITS: DrainLimits = { batch: 100, turns: 10 };
/** While no new money comes in that is to be shown first: as many as fill QuickBooks' batches while others of them are under way. */
export const BULK: DrainLimits = { batch: 100, turns: 100 };
/** Of a worker that dies meanwhile another takes over after this long; two that look at once ask for the same runs. */
const LEASE_MS = 10_000;

/** One round of both. Answers how many objects were new. */
export async function drain(deps: DrainDeps, limits = LIMITS): Promise<number> {
  const { taken } = await lookAtNews(deps, limits);
  while ((await giveTurns(deps, limits)) > 0);
  return taken;
}

/**
 * Takes dirty objects that nobody looked at: what may be new money is shown at once, then each waits for its turn at the books. Answers
 * how many it took, whether there may be more, and whether any of them may be new money. No call is spent on finding out where an
 * object belongs unless it may be new money.
 */
export async function lookAtNews(deps: DrainDeps, { batch } = LIMITS): Promise<{ taken: number; more: boolean; money: boolean }> {
  const objects = await deps.inbox.take(batch, LEASE_MS);
  const looked = objects.map((object) => ({ ...object, lines: given(knownLine(deps, object)) }));
  const unknown = looked.filter((object) => object.lines === null && mayBeNewMoney(object));
  await letWait(
    deps,
    looked.filter((object) => !unknown.includes(object)),
  );
  const found = await Promise.all(unknown.map((object) => findLines(deps, object)));
  await letWait(
    deps,
    found.flatMap((object) => object ?? []),
  );
  return { taken: objects.length, more: objects.length === batch, money: objects.some(mayBeNewMoney) };
}

/** Gives as many turns as are free. Answers how many objects it took. */
export async function giveTurns(deps: DrainDeps, { turns } = LIMITS): Promise<number> {
  const objects = await deps.inbox.takeTurns(turns, LEASE_MS);
  // What one booking sets off is taken together, and is one run's once it is known that it belongs together.
  const found = await Promise.all(objects.map(({ lines, ...object }) => (lines === null ? findLines(deps, object) : { ...object, lines })));
  const placed = found.filter((object) => object !== null);
  if (placed.length > 0) await refreshLines(deps, placed);
  return objects.length;
}

async function letWait(deps: DrainDeps, objects: readonly WaitingObject[]): Promise<void> {
  if (objects.length === 0) return;
  await showNews(
    deps,
    objects.flatMap(({ lines, ...object }) => (lines === null ? [] : [{ ...object, lines }])),
  );
  await deps.inbox.awaitTurn(objects);
}

/** Null: it is dealt with, or waits for its next try. */
async function findLines(deps: DrainDeps, object: DirtyObject): Promise<(DirtyObject & { lines: string[] }) | null> {
  const lines = await linesOf(deps, object);
  if (lines.outcome === 'done' && lines.value.length > 0) return { ...object, lines: lines.value };
  await settleObject(deps, object, lines);
  return null;
}

const given = (line: string | null): string[] | null => (line === null ? null : [line]);
