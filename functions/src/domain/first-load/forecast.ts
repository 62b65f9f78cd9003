import { type Calls, isOfCustomers, type LoadObject, type LoadSystem, systemOf } from './load.ts';

export interface Counted {
  object: LoadObject;
  records: number;
  estimated: boolean;
}

export interface Forecast {
  objects: Counted[];
  records: number;
  seconds: number;
  calls: Calls;
  /** 0 to 1, of the calls that Salesforce has left today. */
  salesforceShare: number;
  /** The system whose limits or answers take the most of the time. */
  binds: LoadSystem | 'salesforce';
}

/** Records that one call reads. https://docs.stripe.com/api/pagination, QuickBooks' query: MAXRESULTS at most 1,000 */
export const PAGE: Record<LoadSystem, number> = { quickbooks: 1000, stripe: 100 };

/** Of so many expected records or more parts are larger, and what is saved of one at once is then enough for a bulk job. */
export const LARGE = 10_000;
/** Records dealt with at a time: what a kill repeats, and what is held in memory. */
export const chunkOf = (expected: number): number => (expected > LARGE ? 5000 : 1000);

/** Bulk 2.0: create, upload, close, two looks, two results. */
const CALLS_OF_JOB = 7;
const RECORDS_OF_COLLECTION = 200;
/** Rows that a loaded invoice or payment is made of: itself, its line or allocation, what is settled otherwise. */
const ROWS = 3;

/** How long one call takes as a rule, and a row that Salesforce saves with its roll-ups and rules; seconds. Assumed until measured. */
const TAKES = { quickbooks: 1.2, stripe: 0.4, salesforce: 0.35, row: 0.004 };

/**
 * What a load of so many records costs, and how long it takes: customers of both systems are read side by side before any is matched,
 * documents while those before them are written.
 */
export function forecastLoad(objects: readonly Counted[], { accounts, left }: { accounts: number; left: number }): Forecast {
  const calls: Calls = { salesforce: 3 + Math.ceil(accounts / 2000), stripe: 0, quickbooks: 0 };
  let [rows, listing, rest] = [0, 0, calls.salesforce * TAKES.salesforce];
  for (const { object, records } of objects) {
    if (records === 0) continue;
    const system = systemOf(object);
    const chunk = chunkOf(records);
    const chunks = Math.ceil(records / chunk);
    const pages = Math.ceil(records / PAGE[system]);
    const written = isOfCustomers(object) ? records : records * ROWS;
    const saving = isOfCustomers(object)
      ? Math.ceil(records / RECORDS_OF_COLLECTION)
      : chunks * Math.ceil(chunk / 1000) + (records > LARGE ? chunks * ROWS * CALLS_OF_JOB : Math.ceil(written / RECORDS_OF_COLLECTION));
    rows += written;
    calls[system] += pages;
    calls.salesforce += saving;
    const [reads, writes] = [pages * TAKES[system], saving * TAKES.salesforce + written * TAKES.row];
    if (isOfCustomers(object)) listing = Math.max(listing, reads);
    rest += isOfCustomers(object) ? writes : Math.max(reads, writes);
  }
  const seconds = {
    quickbooks: calls.quickbooks * TAKES.quickbooks,
    stripe: calls.stripe * TAKES.stripe,
    salesforce: calls.salesforce * TAKES.salesforce + rows * TAKES.row,
  };
  const binds = (['salesforce', 'stripe', 'quickbooks'] as const).reduce((most, each) => (seconds[each] > seconds[most] ? each : most));
  return {
    objects: [...objects],
    records: objects.reduce((sum, { records }) => sum + records, 0),
    seconds: Math.ceil(listing + rest),
    calls,
    salesforceShare: left > 0 ? Math.min(1, calls.salesforce / left) : 1,
    binds,
  };
}
