import { outwardKey, quickbooksRequestId } from '../../domain/operation-key.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Fact } from '../../domain/ownership.ts';
import type { EffectRow, Json, Sending } from '../../ports/effect-log.ts';
import type { Deps } from '../deps.ts';

export type EffectDeps = Pick<Deps, 'effects' | 'clock'>;

/** One outward write that must happen once. Bodies and answers are plain JSON. */
export interface Effect<Body, Answer> {
  /** `sf:<record id>:<operation>` (domain/operation-key.ts). */
  key: string;
  system: 'stripe' | 'quickbooks';
  /** Facts this write puts into the system; the ownership table must allow it. */
  carries: readonly Fact[];
  body: Body;
  /** `sending`: the first one of its revision, which may go out together with others. */
  send(body: Body, outwardKey: string, sending?: Sending): Promise<Outcome<Answer>>;
  /** Asks the provider what it has of this body: the answer, nothing, or more than one (a person decides). */
  find(body: Body, row: EffectRow): Promise<Outcome<Found<Answer>>>;
}

export type Found<Answer> = { found: 'one'; answer: Answer } | { found: 'none' } | { found: 'several' };

/** Turns a list of hits into what was found. */
export function foundOf<Answer>(hits: readonly Answer[]): Found<Answer> {
  const [first, second] = hits;
  if (first === undefined) return { found: 'none' };
  return second === undefined ? { found: 'one', answer: first } : { found: 'several' };
}

/**
 * Makes the call of a row that is marked as sent, and records what came of it.
 * `again`: an earlier call of this revision may have been applied, so a call that did not get through proves nothing.
 */
export async function callAndRecord<Body, Answer>(
  deps: EffectDeps,
  effect: Effect<Body, Answer>,
  row: EffectRow,
  again = false,
): Promise<Outcome<Answer>> {
  // Whoever asked what became of it sends it alone, as what it was sent the first time.
  const outcome = await effect.send(row.body as Body, wireKey(row), again ? undefined : row);
  switch (outcome.outcome) {
    case 'done':
      await deps.effects.answer(row.key, outcome.value as Json);
      return outcome;
    case 'unknown-outcome':
      return outcome;
    case 'conflict':
      // The first request with this key may still be running, or may have been applied before the lock: only its answer tells.
      if (outcome.reason !== 'key-in-use' && !(again && outcome.reason === 'locked'))
        await deps.effects.release(row.key, outcome.problem.message);
      return outcome;
    case 'rejected':
      await deps.effects.release(row.key, outcome.problem.message);
      return outcome;
    case 'unauthorized':
    case 'rate-limited':
    case 'unavailable':
      if (!again) await deps.effects.release(row.key, outcome.problem.message);
      return outcome;
  }
}

function wireKey(row: EffectRow): string {
  if (row.sentAs !== null) return row.sentAs;
  return row.system === 'quickbooks' ? quickbooksRequestId(row.key, row.revision) : outwardKey(row.key, row.revision);
}

/** ISO instant. */
export const nowOf = (deps: Pick<Deps, 'clock'>): string => new Date(deps.clock.now()).toISOString();
