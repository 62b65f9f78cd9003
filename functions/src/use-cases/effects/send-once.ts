import { done, type Outcome } from '../../domain/outcome.ts';
import { assertMayWrite } from '../../domain/ownership.ts';
import type { EffectRow, Json } from '../../ports/effect-log.ts';
import { callAndRecord, nowOf, type Effect, type EffectDeps } from './call-and-record.ts';
import { settleUnknown } from './settle-unknown.ts';

/**
 * Sends a write at most once in effect. The body is frozen before the first call and the answer kept after it; a write
 * whose answer was lost goes through the unknown-outcome procedure instead of being sent blindly.
 */
export async function sendOnce<Body, Answer>(deps: EffectDeps, effect: Effect<Body, Answer>): Promise<Outcome<Answer>> {
  assertMayWrite(effect.system, effect.carries);
  const row = await deps.effects.begin({ key: effect.key, system: effect.system, body: effect.body as Json, at: nowOf(deps) });
  if (row.system !== effect.system) throw new Error(`The key ${effect.key} belongs to a write to ${row.system}.`);
  if (row.fresh) return callFirst(deps, effect, row);
  switch (row.state) {
    case 'answered':
      return done(row.answer as Answer);
    case 'idle':
      return callFirst(deps, effect, await deps.effects.revise(effect.key, effect.body as Json, nowOf(deps)));
    case 'sent':
      return settleUnknown(deps, effect, row);
  }
}

async function callFirst<Body, Answer>(deps: EffectDeps, effect: Effect<Body, Answer>, row: EffectRow): Promise<Outcome<Answer>> {
  const outcome = await callAndRecord(deps, effect, row);
  return outcome.outcome === 'unknown-outcome' && outcome.replayed ? settleUnknown(deps, effect, row, { keySpent: true }) : outcome;
}
