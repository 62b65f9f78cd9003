import { passesByItself, rejected, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { Run } from '../../ports/engine.ts';

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 300_000;
/** After this long a person is asked. */
export const PATIENCE_MS = 3 * 86_400_000;
/** What a person decides is tried so long while he waits. */
export const PERSON_WAITS_MS = 30_000;
/** What the inbox tries again waits in place for no more than a lock or a lost answer: others of the same invoice have their turn. */
export const GIVES_WAY_MS = 1_000;
/** So long a sync waits for a part of it; what takes longer keeps no place either, for the next sync looks again. */
export const SYNC_WAITS_MS = 120_000;

/** Who is told when something has to wait, and how long it has waited in all. */
export interface Patience {
  run: Run;
  waitedMs: number;
  /** Instead of `PATIENCE_MS`. */
  patienceMs?: number;
  /** Called before each wait, with the failure and the delay; must not throw. */
  waiting(failure: Failure, delayMs: number): Promise<void>;
  /** Asked before each further try: did a person give the operation up? */
  givenUp?(): Promise<boolean>;
}

/**
 * Does a step until it is done or will not pass by itself. Each try is a remembered step of the run and each wait is
 * durable, so that a crash resumes where it was.
 */
export async function patiently<T>(patience: Patience, name: string, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await patience.run.step(`${name} ${attempt}`, act);
    if (outcome.outcome === 'done' || !canWait(outcome)) return outcome;
    const delayMs = delayOf(outcome, attempt);
    if (patience.waitedMs + delayMs > (patience.patienceMs ?? PATIENCE_MS)) return outcome;
    patience.waitedMs += delayMs;
    await patience.waiting(outcome, delayMs);
    await patience.run.sleep(delayMs);
    if (patience.givenUp && (await patience.run.step(`given up before ${name} ${attempt + 1}`, patience.givenUp)))
      return cancelled(outcome);
  }
}

function cancelled(failure: Failure): Failure {
  return rejected({
    code: 'cancelled',
    severity: 'error',
    message: `It was cancelled while it waited: ${failure.problem.message}`,
    action: 'Nothing is left to do; ask for it again when it is wanted after all.',
  });
}

/** A lost connection is waited for too: a person reconnects meanwhile. */
export const canWait = (failure: Failure): boolean => failure.outcome === 'unauthorized' || passesByItself(failure);

function delayOf(failure: Failure, attempt: number): number {
  if (failure.outcome === 'rate-limited') return Math.max(failure.retryAfterMs, 200);
  if (failure.outcome === 'unavailable' && failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  if (failure.outcome === 'conflict') return 500;
  // An answer that was lost is asked after at once, the first time.
  if (failure.outcome === 'unknown-outcome' && attempt === 0) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
}
