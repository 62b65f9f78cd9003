import { forecastLoad, type Forecast } from '../domain/first-load/forecast.ts';
import { isStanding } from '../domain/first-load/load.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';
import { countHistory } from './load-history/count-history.ts';
import { mayLoad } from './load-history/may-load.ts';

type ForecastDeps = Pick<Deps, 'records' | 'histories' | 'loads' | 'loadRecords'>;

export interface LoadForecast extends Forecast {
  /** A load that is not over. */
  standing: 'running' | 'paused' | null;
}

/** What a first load would read, cost and take, before anything is read. */
export async function forecastFirstLoad(
  deps: ForecastDeps,
  { since }: { since: string | null },
  caller: Caller,
): Promise<Outcome<LoadForecast>> {
  const company = await mayLoad(deps, caller);
  if (company.outcome !== 'done') return company;
  const [counted, usage, accounts, latest] = await Promise.all([
    countHistory(deps, { since }),
    deps.loadRecords.readUsage(),
    deps.loadRecords.countAccounts(),
    deps.loads.latest(company.value.key),
  ]);
  if (counted.outcome !== 'done') return counted;
  if (usage.outcome !== 'done') return usage;
  if (accounts.outcome !== 'done') return accounts;
  const { used, limit } = usage.value;
  const standing = latest && isStanding(latest) ? (latest.state === 'running' || latest.state === 'pausing' ? 'running' : 'paused') : null;
  return done({ ...forecastLoad(counted.value, { accounts: accounts.value, left: limit - used }), standing });
}
