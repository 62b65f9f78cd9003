import type { SandboxClock } from '../../../scripts/sandbox/index.ts';
import type { SalesforceClient } from '../../src/adapters/salesforce/client.ts';
import type { Budgets } from '../../src/ports/budgets.ts';

/** Our own limits, as compose.ts sets them and adapters/postgres/budgets.ts grants them in the background lane. */
const LIMITS: Record<string, { tokens: number; perMs: number; burst: number }> = {
  'stripe:test': { tokens: 19, perMs: 1000, burst: 6 },
  'quickbooks:second': { tokens: 6, perMs: 1000, burst: 4 },
  'quickbooks:minute': { tokens: 400, perMs: 60_000, burst: 100 },
  'quickbooks:batch': { tokens: 28, perMs: 60_000, burst: 12 },
};
const BACKGROUND = 0.6;

/** How long a system takes to answer, in milliseconds of the load's clock; a row: what Salesforce takes to save one. Assumed. */
export const ANSWERS = { quickbooks: 1200, stripe: 400, salesforce: 350, row: 4 };

/** Grants tokens by the load's clock; every call takes as long as its system answers. */
export function createLimits(clock: SandboxClock): Budgets & { waitedMs: Record<string, number> } {
  const tats = new Map<string, number>();
  const waitedMs: Record<string, number> = {};
  return {
    waitedMs,
    async take(bucket, _lane, tokens = 1) {
      const limit = LIMITS[bucket];
      if (!limit) throw new Error(`no limit is known for ${bucket}`);
      const perToken = limit.perMs / limit.tokens;
      const tat = Math.max(tats.get(bucket) ?? 0, clock.now()) + perToken * tokens;
      const wait = Math.ceil(Math.max(0, tat - perToken * Math.max(tokens, limit.burst * BACKGROUND) - clock.now()));
      waitedMs[bucket] = (waitedMs[bucket] ?? 0) + wait;
      tats.set(bucket, tat);
      const answer = bucket === 'stripe:test' ? ANSWERS.stripe : bucket === 'quickbooks:minute' ? ANSWERS.quickbooks : 0;
      await clock.advance(wait + answer);
      return true;
    },
  };
}

/** Salesforce that takes its time, by the load's clock. */
export const slowly =
  (clock: SandboxClock) =>
  (client: SalesforceClient): SalesforceClient => ({
    ...client,
    async queries(operation, soql, records) {
      await clock.advance(ANSWERS.salesforce);
      return client.queries(operation, soql, records);
    },
    async graph(operation, nodes) {
      await clock.advance(ANSWERS.salesforce + nodes.length * ANSWERS.row);
      return client.graph(operation, nodes);
    },
    async get(operation, path) {
      await clock.advance(ANSWERS.salesforce);
      return client.get(operation, path);
    },
    async send(kind, operation, request) {
      const rows = request.path.endsWith('/batches') ? (request.body?.split('\n').length ?? 0) : rowsOf(request.body);
      await clock.advance(ANSWERS.salesforce + rows * ANSWERS.row);
      return client.send(kind, operation, request);
    },
  });

const rowsOf = (body: string | undefined): number =>
  body?.includes('"records"') ? (JSON.parse(body) as { records: unknown[] }).records.length : 0;
