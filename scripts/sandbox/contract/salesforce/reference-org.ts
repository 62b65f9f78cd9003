import path from 'node:path';
import { createClock, createFaultPlan } from '../../emulators/core/index.ts';
import type { FaultPlan } from '../../emulators/core/index.ts';
import { startOrg } from '../../emulators/org/index.ts';
import type { Persona, RunningOrg } from '../../emulators/org/index.ts';

export interface OrgAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined when there is no body. */
  body: unknown;
}

/** A local org without the package's code, and its client: paths begin behind `/services/data/v66.0`. */
export interface ReferenceOrg {
  org: RunningOrg;
  faults: FaultPlan;
  call(method: string, resource: string, body?: unknown, options?: { persona?: Persona; token?: string }): Promise<OrgAnswer>;
}

/** Starts the org as the recorded ones were: one currency unless asked otherwise. */
export async function startReferenceOrg(
  options: { multiCurrency?: boolean; personAccounts?: boolean; packageDir?: string } = {},
): Promise<ReferenceOrg> {
  const faults = createFaultPlan();
  const org = await startOrg({
    clock: createClock(),
    faults,
    packageDir: options.packageDir ?? path.resolve(import.meta.dirname, '../../../../force-app'),
    features: {
      multiCurrency: options.multiCurrency ?? false,
      personAccounts: options.personAccounts ?? false,
      orders: true,
      quotes: true,
    },
  });
  return {
    org,
    faults,
    async call(method, resource, body, { persona = 'admin', token = org.users[persona].accessToken } = {}) {
      const answer = await fetch(`${org.baseUrl}${resource.startsWith('/services') ? '' : '/services/data/v66.0'}${resource}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text ? (JSON.parse(text) as unknown) : undefined };
    },
  };
}
