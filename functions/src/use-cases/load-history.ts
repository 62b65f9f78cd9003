import { addsUp, goesOn, isStanding, type Load } from '../domain/first-load/load.ts';
import { OUR_FAULT } from '../domain/operation.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { patiently } from './effects/patiently.ts';
import type { LoadInput } from './load-history/line-up.ts';
import { createMemo } from './load-history/memo.ts';
import { moveOn } from './load-history/move-on.ts';
import { tellLoad } from './load-history/tell-load.ts';
import { watchLimit } from './load-history/watch-limit.ts';
import type { PartDeps } from './load-history/part-deps.ts';
import { workOnPart } from './load-history/work-on-part.ts';

export type LoadDeps = PartDeps & Pick<Deps, 'records' | 'engine' | 'calls' | 'clock'>;

/** What the next step of a run is. `rest`: Salesforce's calls of the day are nearly used up. */
type Next = 'more' | 'rest' | 'stop';

const REST_MS = 600_000;
/** Salesforce is told so often while it runs. */
const TELL_MS = 60_000;

/**
 * Reads the history of both systems in parts. All that a part learned is saved with its counts and its position at once, after it was
 * written: killed at any point, the next run does that part again, and writing it again changes nothing.
 */
export async function carryLoad(deps: LoadDeps, input: LoadInput, run: Run): Promise<Json> {
  try {
    return await carry(deps, input, run);
  } catch (error) {
    if (run.lost(error)) throw error;
    await stopWith(deps, input, [OUR_FAULT]);
    throw error;
  }
}

async function carry(deps: LoadDeps, input: LoadInput, run: Run): Promise<Json> {
  const memo = createMemo();
  const patience = { run, waitedMs: 0, waiting: async () => undefined };
  const told = await patiently({ ...patience }, 'tell that it runs', () => tell(deps, input));
  if (told.outcome !== 'done') return stopWith(deps, input, [told.problem]);
  for (let part = 0; ; part += 1) {
    const next = await patiently({ ...patience }, `part ${part}`, () => doPart(deps, input, memo));
    if (next.outcome !== 'done') return stopWith(deps, input, [next.problem]);
    if (next.value === 'stop') break;
    if (next.value === 'more') continue;
    memo.ahead?.drop();
    await run.sleep(REST_MS);
  }
  const last = await patiently({ ...patience }, 'tell how it ended', () => tell(deps, input));
  return last.outcome === 'done' ? 'done' : last.problem.code;
}

/** One part, or whatever is in its way. */
async function doPart(deps: LoadDeps, input: LoadInput, memo: ReturnType<typeof createMemo>): Promise<Outcome<Next>> {
  const load = await ownLoad(deps, input);
  if (!load) return done('stop');
  if (load.state === 'pausing') {
    await moveOn(deps, input.key, (now) => (isOurs(now, input) && now.state === 'pausing' ? { ...now, state: 'paused' } : null));
    return done('stop');
  }
  const resting = await watchLimit(deps, load);
  if (resting.outcome !== 'done') return resting;
  if (resting.value !== 'work') return done(resting.value === 'rest' ? 'rest' : 'more');

  const [startedMs, before] = [deps.clock.now(), deps.calls.read()];
  const worked = await workOnPart(deps, load, memo);
  const after = deps.calls.read();
  const spent = (system: keyof typeof after): number => after[system] - before[system];
  const saved = await moveOn(deps, input.key, (now) =>
    isOurs(now, input)
      ? {
          ...now,
          workedMs: now.workedMs + Math.max(0, deps.clock.now() - startedMs),
          calls: {
            salesforce: now.calls.salesforce + spent('salesforce'),
            stripe: now.calls.stripe + spent('stripe'),
            quickbooks: now.calls.quickbooks + spent('quickbooks'),
          },
        }
      : null,
  );
  if (worked.outcome !== 'done') return worked;
  if (!saved) return done('stop');
  if (worked.value === 'all-done') return end(deps, input);
  if (deps.clock.now() - Date.parse(saved.toldAt ?? saved.startedAt) >= TELL_MS) {
    const told = await tellLoad(deps, saved);
    if (told.outcome !== 'done') return told;
  }
  return done('more');
}

/** Completed is said only when each record that was listed became something, and all that was counted was listed. */
async function end(deps: LoadDeps, input: LoadInput): Promise<Outcome<Next>> {
  await moveOn(deps, input.key, (now) => {
    if (!isOurs(now, input) || (now.state !== 'running' && now.state !== 'pausing')) return null;
    const problems = now.objects.flatMap(doubtOf);
    const state = problems.length > 0 ? ('needs-attention' as const) : ('completed' as const);
    return { ...now, state, problems, finishedAt: nowOf(deps) };
  });
  return done('stop');
}

function doubtOf(each: Load['objects'][number]): Problem[] {
  const missing = each.estimated ? 0 : each.expected - each.read;
  if (addsUp(each) && missing <= 0) return [];
  return [
    {
      code: missing > 0 ? 'fewer-than-counted' : 'sum-does-not-agree',
      severity: 'error',
      message:
        missing > 0
          ? `${each.object}: ${each.expected} were counted before, and ${each.read} were listed.`
          : `${each.object}: what became of the records does not add up to those listed.`,
      action: 'Cancel this load and start a new one: it takes what is missing and leaves the rest as it is.',
    },
  ];
}

const isOurs = (load: Load, { turn }: LoadInput): boolean => load.turn === turn;

/** Null when it is over, or another run carries it. */
async function ownLoad({ loads }: LoadDeps, input: LoadInput): Promise<Load | null> {
  const load = await loads.read(input.key);
  return load !== null && isOurs(load, input) && goesOn(load) ? load : null;
}

async function tell(deps: LoadDeps, { key, turn }: LoadInput): Promise<Outcome<null>> {
  const load = await deps.loads.read(key);
  if (!load || load.turn !== turn) return done(null);
  const told = await tellLoad(deps, load);
  return told.outcome === 'done' ? done(null) : told;
}

/** It cannot go on: a person resumes it once the problem is mended. What was loaded stays. */
async function stopWith(deps: LoadDeps, input: LoadInput, problems: Problem[]): Promise<Json> {
  const load = await moveOn(deps, input.key, (now) =>
    isOurs(now, input) && isStanding(now) ? { ...now, state: 'needs-attention', waitsForLimit: false, why: null, problems } : null,
  );
  if (load) await tellLoad(deps, load);
  return problems[0]?.code ?? null;
}
