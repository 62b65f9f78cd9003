import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { EffectRow, Json } from '../../ports/effect-log.ts';
import { callAndRecord, nowOf, type Effect, type EffectDeps } from './call-and-record.ts';

/** Stripe keeps idempotency keys for at least 24 hours; an hour is left for clocks (docs.stripe.com/api/idempotent_requests). */
const STRIPE_KEY_LIFE_MS = 23 * 3_600_000;
/** QuickBooks gives up on a request after this long; only then is asking it conclusive. */
const QUICKBOOKS_TIMEOUT_MS = 120_000;

/**
 * A write was sent and its answer is not known. Stripe, young: the same key and body again. Stripe, old or key spent: list
 * and compare, only if absent a new revision. QuickBooks: wait out its time-out, query, only if absent the same requestid again.
 */
export async function settleUnknown<Body, Answer>(
  deps: EffectDeps,
  effect: Effect<Body, Answer>,
  row: EffectRow,
  { keySpent = false } = {},
): Promise<Outcome<Answer>> {
  if (row.system === 'stripe' && !keySpent && age(deps, row.firstSentAt) < STRIPE_KEY_LIFE_MS) {
    const outcome = await callAndRecord(deps, effect, await deps.effects.resend(row.key, nowOf(deps)), true);
    return outcome.outcome === 'unknown-outcome' && outcome.replayed ? settleUnknown(deps, effect, row, { keySpent: true }) : outcome;
  }
  const wait = row.system === 'quickbooks' ? QUICKBOOKS_TIMEOUT_MS - age(deps, row.lastSentAt) : 0;
  if (wait > 0) return stillRunning(wait);
  return askProvider(deps, effect, row);
}

async function askProvider<Body, Answer>(deps: EffectDeps, effect: Effect<Body, Answer>, row: EffectRow): Promise<Outcome<Answer>> {
  const found = await effect.find(row.body as Body, row);
  if (found.outcome !== 'done') return found;
  switch (found.value.found) {
    case 'one':
      await deps.effects.answer(row.key, found.value.answer as Json);
      return done(found.value.answer);
    case 'several':
      return severalFound(row);
    case 'none':
      // QuickBooks answers a repeated requestid with its first answer; Stripe's key is gone or spoilt and needs the next one.
      return row.system === 'quickbooks'
        ? callAndRecord(deps, effect, await deps.effects.resend(row.key, nowOf(deps)), true)
        : callAndRecord(deps, effect, await deps.effects.revise(row.key, row.body, nowOf(deps)));
  }
}

function stillRunning(waitMs: number): Failure {
  return {
    outcome: 'unavailable',
    retryAfterMs: waitMs,
    problem: {
      code: 'quickbooks-answer-lost',
      severity: 'warning',
      message: 'QuickBooks got the request, but its answer was lost.',
      action: 'Nothing to do: Trueup waits two minutes, looks what QuickBooks has, and goes on from there.',
    },
  };
}

function severalFound(row: EffectRow): Failure {
  const system = row.system === 'stripe' ? 'Stripe' : 'QuickBooks';
  return {
    outcome: 'rejected',
    problem: {
      code: 'several-found',
      severity: 'error',
      message: `${system} holds more than one document that could be this one.`,
      action: `Look at them in ${system}, keep the right one, void the others, then retry.`,
    },
  };
}

const age = (deps: EffectDeps, at: string | null): number => (at === null ? 0 : deps.clock.now() - Date.parse(at));
