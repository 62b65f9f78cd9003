import type { Row, Road } from '../../road.ts';
import type { KillableDatabase } from './database.ts';

/** Later is further; what a person sees of an invoice may not go back. */
const WAY = ['Queued', 'Issuing', 'Open', 'Partially Paid', 'Paid'];

/** Looks at every invoice as a person would, again and again, and notes each step back. */
export function watchInvoices(road: Road): { look(): Promise<void>; backwards: string[] } {
  const seen = new Map<string, { status: string; revision: number }>();
  const backwards: string[] = [];
  return {
    backwards,
    async look() {
      const rows = await road.soql('SELECT Id, Status__c, Revision__c FROM Trueup_Invoice__c');
      for (const { Id, Status__c, Revision__c } of rows as (Row & { Id: string })[]) {
        const before = seen.get(Id);
        if (before && (WAY.indexOf(Status__c) < WAY.indexOf(before.status) || Revision__c < before.revision))
          backwards.push(`${Id}: ${before.status} ${before.revision} -> ${Status__c} ${Revision__c}`);
        seen.set(Id, { status: Status__c, revision: Revision__c });
      }
    },
  };
}

/** Both moments are those at which a transaction began: the next run's may have begun while the end of the one before was committed. */
const ONE_TRANSACTION_MS = 250;

export interface OutOfOrder {
  /** Began before the one in front had ended, or while it never did: two at once. */
  overlapping: string[];
  /** Began after one that was asked for later. */
  overtaken: string[];
}

/** Runs of one invoice that did not go one at a time in the order in which they were asked for. */
export async function findOutOfOrder(database: KillableDatabase): Promise<OutOfOrder> {
  const rows = await database.ask<{ id: string; front: string; overlaps: boolean | null }>(
    `SELECT workflow_uuid AS id, front, front IS NOT NULL AND (ended IS NULL OR began + $1 < ended) AS overlaps FROM (
       SELECT workflow_uuid, started_at_epoch_ms AS began, created_at AS asked, lag(completed_at) OVER line AS ended,
         lag(workflow_uuid) OVER line AS front, lag(created_at) OVER line AS asked_front
       FROM dbos.workflow_status WHERE queue_partition_key IS NOT NULL AND started_at_epoch_ms IS NOT NULL
       WINDOW line AS (PARTITION BY queue_partition_key ORDER BY started_at_epoch_ms)) AS runs
     WHERE front IS NOT NULL AND (ended IS NULL OR began + $1 < ended OR asked < asked_front)`,
    [ONE_TRANSACTION_MS],
  );
  if (!rows) throw new Error('the database did not answer');
  const told = (overlaps: boolean) =>
    rows
      .filter((row) => (row.overlaps === true) === overlaps)
      .map(({ id, front }) => `${id} ${overlaps ? 'ran beside' : 'came after'} ${front}`);
  return { overlapping: told(true), overtaken: told(false) };
}

/** Milliseconds until others have all that an executor left under way; null when it left nothing. */
export async function timeTakeover(database: KillableDatabase, executor: string): Promise<number | null> {
  const started = performance.now();
  let left = false;
  for (;;) {
    const rows = await database.ask<{ runs: string }>(
      `SELECT count(*) AS runs FROM dbos.workflow_status WHERE status = 'PENDING' AND executor_id LIKE $1`,
      [`${executor}%`],
    );
    const runs = Number(rows?.[0]?.runs ?? -1);
    if (runs === 0) return left ? performance.now() - started : null;
    if (runs > 0) left = true;
    if (performance.now() - started > 60_000) return Infinity;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
