import { createFaultPlan } from '../../core/faults.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { AccessLevel, DataContext, DmlOptions } from '../data.ts';
import { openOrg } from '../open-org.ts';
import type { OpenOrg } from '../open-org.ts';
import type { OrgFeatures } from '../schema/model.ts';
import type { Persona } from '../seed-people.ts';
import { billsFiles, writePackage } from './bills-package.ts';

/** 24 November 2026, 18:00 UTC. */
export const TEST_NOW = Date.UTC(2026, 10, 24, 18);

export interface TestOrg extends OpenOrg {
  faults: FaultPlan;
  as(persona: Persona, accessLevel?: AccessLevel): DataContext;
}

/** An org in memory with the package of bills, or the given folders. */
export function openTestOrg(options: { packageDirs?: string[]; features?: Partial<OrgFeatures> } = {}): TestOrg {
  const faults = createFaultPlan(1);
  const org = openOrg({
    packageDirs: options.packageDirs ?? [writePackage(billsFiles())],
    faults,
    currencies: ['USD', 'EUR', 'JPY'],
    timeZone: 'America/New_York',
    now: TEST_NOW,
    features: { multiCurrency: false, personAccounts: false, orders: true, quotes: true, ...options.features },
  });
  return { ...org, faults, as: (persona, accessLevel = 'user') => ({ userId: org.users[persona], now: TEST_NOW, accessLevel }) };
}

export const ALL: DmlOptions = { allOrNone: true, accessLevel: 'user' };
export const SOME: DmlOptions = { allOrNone: false, accessLevel: 'user' };
export const SYSTEM: DmlOptions = { allOrNone: true, accessLevel: 'system' };
