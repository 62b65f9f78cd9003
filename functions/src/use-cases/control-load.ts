import { isStanding, type Load } from '../domain/first-load/load.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { lineUp } from './load-history/line-up.ts';
import { mayLoad } from './load-history/may-load.ts';
import { moveOn } from './load-history/move-on.ts';
import { tellLoad } from './load-history/tell-load.ts';

export type LoadAction = 'pause' | 'resume' | 'cancel';

type ControlDeps = Pick<Deps, 'records' | 'loads' | 'engine' | 'clock'>;

/** A person pauses, resumes or cancels the load. What is asked twice, or has happened already, changes nothing. */
export async function controlLoad(deps: ControlDeps, action: LoadAction, caller: Caller): Promise<Outcome<Load>> {
  const company = await mayLoad(deps, caller);
  if (company.outcome !== 'done') return company;
  const latest = await deps.loads.latest(company.value.key);
  if (!latest || !isStanding(latest))
    return rejected({
      code: 'no-load',
      severity: 'error',
      message: 'No load is under way.',
      action: 'Start one, or look at the report of the last.',
    });
  const before = latest.state;
  const load = (await moveOn(deps, latest.key, (now) => asked(now, action, nowOf(deps)))) ?? latest;
  await lineUp(deps, load);
  // While it runs its own run tells how it went on; nobody else does for one that stands still.
  if (load.state !== before && load.state !== 'pausing') await tellLoad(deps, load);
  return done(load);
}

function asked(load: Load, action: LoadAction, now: string): Load | null {
  if (!isStanding(load)) return null;
  switch (action) {
    case 'pause':
      if (load.state === 'running') return { ...load, state: 'pausing' };
      // It would have gone on by itself, and does not any more.
      return load.waitsForLimit ? { ...load, waitsForLimit: false, why: null, turn: load.turn + 1 } : null;
    case 'resume':
      if (load.state === 'running') return null;
      // A new run, also where one may still be at work: that one sees that its turn is over.
      return { ...load, state: 'running', why: null, waitsForLimit: false, problems: [], turn: load.turn + 1 };
    case 'cancel':
      return { ...load, state: 'cancelled', finishedAt: now, why: null, waitsForLimit: false };
  }
}
