import type { Load } from '../domain/first-load/load.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';
import { mayLoad } from './load-history/may-load.ts';

/** The load that is under way, or the last one; null: none was ever started. */
export async function readLoad(deps: Pick<Deps, 'records' | 'loads'>, caller: Caller): Promise<Outcome<Load | null>> {
  const company = await mayLoad(deps, caller);
  return company.outcome === 'done' ? done(await deps.loads.latest(company.value.key)) : company;
}
