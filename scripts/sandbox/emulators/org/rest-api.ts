import type { Clock } from '../core/clock.ts';
import { createCoverage } from '../core/index.ts';
import { createBulk } from './bulk/index.ts';
import type { FaultPlan } from '../core/faults.ts';
import { coverageRows } from './coverage.ts';
import type { OpenOrg } from './open-org.ts';
import { createApi } from './routes/api.ts';
import type { Api, ApexPort, OrgServices, Route } from './routes/api.ts';
import { createCredentials } from './routes/credentials-store.ts';
import { apiRoutes } from './routes/index.ts';

const DAILY_LIMIT = 100_000;

interface RestApiOptions {
  clock: Clock;
  faults: FaultPlan;
  timeZone: string;
  currencies: string[];
  dailyApiLimit?: number;
  apex?: () => ApexPort | undefined;
  baseUrl?: () => string;
}

/** An opened org with what its routes work with, and the REST API over it. Not listening. */
export function createRestApi(org: OpenOrg, options: RestApiOptions): { services: OrgServices; api: Api; routes: Route[] } {
  const coverage = createCoverage();
  const services: OrgServices = {
    data: org.data,
    contents: org.loaded.contents,
    clock: options.clock,
    faults: options.faults,
    coverage,
    credentials: createCredentials(org.data.core.store),
    bulk: createBulk(org.data, options.clock),
    orgId: org.orgId,
    timeZone: options.timeZone,
    currencies: options.currencies,
    apex: options.apex ?? (() => undefined),
    baseUrl: options.baseUrl ?? (() => ''),
    cursors: new Map(),
    usage: { used: 0, limit: options.dailyApiLimit ?? DAILY_LIMIT },
  };
  const held: { api?: Api } = {};
  const routes = apiRoutes(() => held.api as Api);
  held.api = createApi(routes, services);
  coverage.add(...coverageRows(routes, org.loaded.schema));
  return { services, api: held.api, routes };
}
