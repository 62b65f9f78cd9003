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

type WatchDeps = Pick<Deps, 'loadRecords' | 'loads' | 'records' | 'clock'>;

/**
 * `rest`: Salesforce's calls are nearly used up; the load says so when it begins to rest, and goes on by itself when the day has turned.
 * `changed`: a person has said something else meanwhile.
 */
export async function watchLimit(deps: WatchDeps, load: Load): Promise<Outcome<'work' | 'rest' | 'changed'>> {
  const usage = await deps.loadRecords.readUsage();
  if (usage.outcome !== 'done') return usage;
  const { used, limit } = usage.value;
  const left = (limit - used) / limit;
  if (load.waitsForLimit) return done(left < ENOUGH_AGAIN ? 'rest' : await goOn(deps, load));
  return done(left < LEFT_TO_PEOPLE ? await rest(deps, load, usage.value) : 'work');
}

async function goOn(deps: WatchDeps, { key, turn }: Load): Promise<'work' | 'changed'> {
  const going = await moveOn(deps, key, (now) =>
    now.turn === turn && now.waitsForLimit ? { ...now, state: 'running', waitsForLimit: false, why: null } : null,
  );
  return going ? 'work' : 'changed';
}

/** Only from running: a load that a person pauses does not go on by itself. */
async function rest(deps: WatchDeps, { key, turn }: Load, { used, limit }: { used: number; limit: number }): Promise<'rest' | 'changed'> {
  const why = `Paused by itself: ${number(used)} of today's ${number(limit)} Salesforce calls are used, and the rest is left to people. It goes on by itself once enough are there again.`;
  const resting = await moveOn(deps, key, (now) =>
    now.turn === turn && now.state === 'running' ? { ...now, state: 'paused', waitsForLimit: true, why } : null,
  );
  if (!resting) return 'changed';
  await tellLoad(deps, resting);
  return 'rest';
}
