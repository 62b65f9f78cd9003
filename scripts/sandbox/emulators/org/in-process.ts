import path from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { FaultPlan } from '../core/faults.ts';
import { openOrg, packageDirectories } from './open-org.ts';
import type { LocalOrgData } from './org-data.ts';
import type { ApiResponse } from './routes/api.ts';
import type { OrgFeatures } from './schema/model.ts';
import type { Persona } from './seed-people.ts';
import { createRestApi } from './rest-api.ts';

export interface OrgInProcessOptions {
  clock: Clock;
  faults: FaultPlan;
  /** Root of the package, such as `force-app`. */
  packageDir: string;
  features?: Partial<OrgFeatures>;
  currencies?: string[];
  timeZone?: string;
}

/** The local org without HTTP, sessions and Apex: its data and its REST API, for simulations that need thousands of runs. */
export interface OrgInProcess {
  orgId: string;
  users: Record<Persona, string>;
  data: LocalOrgData;
  /** One call to `/services/data/v66.0…`; `path` begins below the version. */
  request(method: string, path: string, body: unknown, userId: string): ApiResponse;
  /** From here on all writes can be taken back by `rewind`. */
  mark(): void;
  /** Everything is as it was at `mark`, ids and auto numbers too. */
  rewind(): void;
  close(): void;
}

const VERSION = '66.0';

/** Opens an org in memory. */
export function openOrgInProcess(options: OrgInProcessOptions): OrgInProcess {
  const { clock, faults } = options;
  const features: OrgFeatures = { multiCurrency: true, personAccounts: false, orders: true, quotes: false, ...options.features };
  const currencies = options.currencies ?? ['USD', 'EUR', 'JPY'];
  const timeZone = options.timeZone ?? 'America/Los_Angeles';
  const packageDirs = packageDirectories(path.resolve(options.packageDir), features);
  const org = openOrg({ packageDirs, features, currencies, timeZone, faults, now: clock.now() });
  const { services, api } = createRestApi(org, { clock, faults, timeZone, currencies, dailyApiLimit: Number.MAX_SAFE_INTEGER });
  const { store } = org.data.core;
  return {
    orgId: org.orgId,
    users: org.users,
    data: org.data,
    request(method, target, body, userId) {
      const [below = '/', query = ''] = target.split(/\?(.*)/s);
      const answer = api.handle({ method, path: below, query: new URLSearchParams(query), body, headers: {}, userId, version: VERSION });
      if (answer instanceof Promise) throw new Error(`${method} ${below} needs an org with Apex.`);
      services.usage.used += 1;
      return answer;
    },
    mark: () => store.mark(),
    rewind() {
      store.rewind();
      services.cursors.clear();
      org.data.core.book.forget();
    },
    close: () => org.close(),
  };
}
