import { systemException } from '../values/exceptions.ts';

/** Synchronous limits per transaction. https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm */
export const LIMITS = {
  queries: 100,
  queryRows: 50_000,
  dmlStatements: 150,
  dmlRows: 10_000,
  callouts: 100,
  publishImmediate: 150,
} as const;

const COMPLAINTS: Record<keyof typeof LIMITS, string> = {
  queries: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  dmlStatements: 'Too many DML statements',
  dmlRows: 'Too many DML rows',
  callouts: 'Too many callouts',
  publishImmediate: 'Too many EventBus.publish calls',
};

export type LimitCounts = Record<keyof typeof LIMITS, number>;

export const noLimitsUsed = (): LimitCounts => ({
  queries: 0,
  queryRows: 0,
  dmlStatements: 0,
  dmlRows: 0,
  callouts: 0,
  publishImmediate: 0,
});

/** Counts a use; throws LimitException, which no catch block sees, beyond the limit. */
export function spend(counts: LimitCounts, what: keyof typeof LIMITS, amount = 1): void {
  counts[what] += amount;
  if (counts[what] > LIMITS[what]) throw systemException('LimitException', `${COMPLAINTS[what]}: ${counts[what]}`);
}
