import { number } from '../../domain/first-load/report.ts';
import type { Load } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Deps } from '../deps.ts';
import { moveOn } from './move-on.ts';
import { tellLoad } from './tell-load.ts';

/** Of Salesforce's calls of a day this share is left to people. */
const LEFT_TO_PEOPLE = 0.1;
/** The day's calls are counted over the last 24 hours and come back little by little: it goes on once so many are there again. */
const ENOUGH_AGAIN = 0.2;

/** True while the load has to rest; it says so when it begins to, and goes on by itself when the day has turned. */
export async function watchLimit(deps: Pick<Deps, 'loadRecords' | 'loads' | 'records' | 'clock'>, load: Load): Promise<Outcome<boolean>> {
  const usage = await deps.loadRecords.readUsage();
  if (usage.outcome !== 'done') return usage;
  const { used, limit } = usage.value;
  const left = (limit - used) / limit;
  if (load.waitsForLimit ? left < ENOUGH_AGAIN : left < LEFT_TO_PEOPLE)
    return load.waitsForLimit ? done(true) : rest(deps, load, usage.value);
  if (load.waitsForLimit) await change(deps, load, { state: 'running', waitsForLimit: false, why: null });
  return done(false);
}

async function rest(
  deps: Parameters<typeof watchLimit>[0],
  load: Load,
  { used, limit }: { used: number; limit: number },
): Promise<Outcome<boolean>> {
  const why = `Paused by itself: ${number(used)} of today's ${number(limit)} Salesforce calls are used, and the rest is left to people. It goes on by itself once enough are there again.`;
  const resting = await change(deps, load, { state: 'paused', waitsForLimit: true, why });
  if (resting?.state === 'paused') await tellLoad(deps, resting);
  return done(true);
}

const change = (deps: Parameters<typeof watchLimit>[0], { key, turn }: Load, to: Partial<Load>): Promise<Load | null> =>
  moveOn(deps, key, (now) =>
    now.turn === turn && (now.state === 'running' || now.state === 'pausing' || now.waitsForLimit) ? { ...now, ...to } : null,
  );
