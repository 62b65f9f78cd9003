import { type Load, newLoad } from '../domain/first-load/load.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { countHistory } from './load-history/count-history.ts';
import { lineUp } from './load-history/line-up.ts';
import { mayLoad } from './load-history/may-load.ts';

type StartDeps = Pick<Deps, 'records' | 'histories' | 'loads' | 'engine' | 'clock'>;

/** An administrator has the history of both systems loaded. A second start while a load is not over answers with that one. */
export async function startLoad(
  deps: StartDeps,
  wanted: { createAccounts: boolean; since: string | null },
  caller: Caller,
): Promise<Outcome<Load>> {
  const company = await mayLoad(deps, caller);
  if (company.outcome !== 'done') return company;
  const { key: companyKey, id: companyId } = company.value;
  const counted = await countHistory(deps, { since: wanted.since });
  if (counted.outcome !== 'done') return counted;
  const head = {
    key: `first-load.${companyKey}.${deps.clock.now()}`,
    companyKey,
    companyId,
    startedAt: nowOf(deps),
    requestedBy: caller.userId,
    ...wanted,
  };
  const load = await deps.loads.open(newLoad(head, counted.value));
  await lineUp(deps, load);
  return done(load);
}
