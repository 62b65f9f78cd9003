import type { SalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { limitOf } from '../../src/limits.ts';
import { type Budgets, burstOf } from '../../src/ports/budgets.ts';
import type { StillClock } from './still-clock.ts';

/** How long a system takes to answer, in milliseconds of the load's clock; a row: what Salesforce takes to save one, an item: QuickBooks one of a batch. Assumed. */
export const ANSWERS = { quickbooks: 1200, stripe: 400, salesforce: 350, row: 4, item: 100 };

/** The providers' own limits and pages, as their stand-ins keep them: 500 calls a minute, 25 a second. */
const CALLS_AN_HOUR = { quickbooks: 500 * 60, stripe: 25 * 3600 };
export const RECORDS_OF_CALL = { quickbooks: 1000, stripe: 100 };

/** Documents that QuickBooks' limit of batches lets us write in an hour: 40 a minute, of 30. */
export const WRITTEN_AN_HOUR = 40 * 30 * 60;

/** Records that a system's limit lets us read in an hour. */
export const perHourBy = (system: 'quickbooks' | 'stripe'): number => CALLS_AN_HOUR[system] * RECORDS_OF_CALL[system];

/** Grants tokens by the load's clock; every call takes as long as its system answers. */
export function createLimits(
  clock: StillClock,
  answers: { quickbooks: number; stripe: number } = ANSWERS,
): Budgets & { waitedMs: Record<string, number> } {
  const tats = new Map<string, number>();
  const waitedMs: Record<string, number> = {};
  return {
    waitedMs,
    async take(bucket, _lane, patienceMs = 10_000) {
      const limit = limitOf(bucket);
      const perToken = limit.perMs / limit.tokens;
      const tat = Math.max(tats.get(bucket) ?? 0, clock.now()) + perToken;
      const wait = Math.ceil(Math.max(0, tat - perToken * burstOf(limit, 'background') - clock.now()));
      if (wait > patienceMs) {
        await clock.wait(patienceMs);
        return false;
      }
      waitedMs[bucket] = (waitedMs[bucket] ?? 0) + wait;
      tats.set(bucket, tat);
      const answer = bucket === 'stripe:test' ? answers.stripe : bucket === 'quickbooks:minute' ? answers.quickbooks : 0;
      await clock.wait(wait + answer);
      return true;
    },
  };
}

/** Salesforce that takes its time, by the load's clock. */
export const slowly =
  (clock: StillClock) =>
  (client: SalesforceClient): SalesforceClient => ({
    ...client,
    async queries(operation, soql, records) {
      await clock.wait(ANSWERS.salesforce);
      return client.queries(operation, soql, records);
    },
    async graph(operation, nodes) {
      await clock.wait(ANSWERS.salesforce + nodes.length * ANSWERS.row);
      return client.graph(operation, nodes);
    },
    async get(operation, path) {
      await clock.wait(ANSWERS.salesforce);
      return client.get(operation, path);
    },
    async send(kind, operation, request) {
      const rows = request.path.endsWith('/batches') ? (request.body?.split('\n').length ?? 0) : rowsOf(request.body);
      await clock.wait(ANSWERS.salesforce + rows * ANSWERS.row);
      return client.send(kind, operation, request);
    },
  });

const rowsOf = (body: string | undefined): number =>
  body?.includes('"records"') ? (JSON.parse(body) as { records: unknown[] }).records.length : 0;
