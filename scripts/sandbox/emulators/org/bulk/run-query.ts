import { setImmediate as turn } from 'node:timers/promises';
import type { DataContext } from '../data.ts';
import { OrgFault } from '../errors.ts';
import type { LocalOrgData } from '../org-data.ts';
import type { PlanColumn } from '../soql/plan.ts';
import type { PreparedQuery, QueryOptions } from '../soql/engine.ts';
import { writeRow } from './csv.ts';
import { formatOf } from './job.ts';
import type { BulkJob, Going } from './job.ts';
import type { JobStore } from './job-store.ts';

/** Records read at once, so that others are served in between. */
const SLICE = 1000;

const optionsOf = (job: Pick<BulkJob, 'operation' | 'apiVersion'>): QueryOptions => ({
  access: 'user',
  includeDeleted: job.operation === 'queryAll',
  version: job.apiVersion,
});

/**
 * The plan of a bulk query, refused where Bulk API 2.0 does not take it: grouping, aggregates, OFFSET, child subqueries,
 * compound fields. Source: Bulk API 2.0 guide, "Understanding Bulk API 2.0 Query"; texts of public issues.
 */
export function prepareBulkQuery(
  data: LocalOrgData,
  job: Pick<BulkJob, 'operation' | 'apiVersion'> & { query: string },
  context: DataContext,
): PreparedQuery {
  const refuse = (message: string): OrgFault => new OrgFault(400, 'API_ERROR', message, { codeFirst: true });
  const prepared = worded(() => data.soql.prepare(job.query, context, optionsOf(job)));
  const { plan, ast } = prepared;
  if (plan.countOnly || plan.aggregate || plan.children.length) throw refuse('Aggregate Relationships not supported in Bulk Query');
  if (plan.columns.some((column) => column.parts)) throw refuse('Selecting compound data not supported in Bulk Query');
  if (ast.offset !== undefined) throw refuse('OFFSET not supported in Bulk Query');
  return prepared;
}

function worded<T>(prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    if (!(error instanceof OrgFault) || error.status !== 400) throw error;
    throw new OrgFault(400, 'API_ERROR', error.message, { codeFirst: true });
  }
}

/** Reads the records of a query in slices by id; with ORDER BY or LIMIT all at once, as the guide says it is not cut then. */
export async function runQuery(data: LocalOrgData, jobs: JobStore, job: BulkJob, { now, goesOn }: Going): Promise<void> {
  const { query = '' } = job;
  const context = (): DataContext => ({ userId: job.createdById, now: now(), accessLevel: 'user' });
  const { ast } = prepareBulkQuery(data, { ...job, query }, context());
  const whole = ast.orderBy !== undefined || ast.limit !== undefined;
  for (let size = SLICE; size >= SLICE;) {
    do await turn();
    while (data.core.store.depth() > 0);
    if (!goesOn()) return;
    const { rows, plan } = data.soql.raw(query, context(), {
      ...optionsOf(job),
      ...(whole ? {} : { slice: { after: String(job.position), size: SLICE } }),
    });
    const point = data.savepoint();
    for (const row of rows)
      jobs.addLine(
        job,
        'record',
        writeRow(
          plan.columns.map((column) => textOf(column, row)),
          formatOf(job),
        ),
      );
    job.processed += rows.length;
    job.position = String(rows.at(-1)?.[plan.idIndex] ?? '');
    job.changedAt = now();
    jobs.save(job);
    point.release();
    size = whole ? 0 : rows.length;
  }
}

/** A stored value as bulk results write it: instants with Z, doubles with a point. */
function textOf({ field, index, convert }: PlanColumn, row: unknown[]): string {
  const value = row[index] ?? null;
  if (value === null) return '';
  if (convert) return String(convert(value) as string);
  switch (field?.type) {
    case 'boolean':
      return value === 1 ? 'true' : 'false';
    case 'datetime':
      return String(value as string).replace('+0000', 'Z');
    case 'double':
    case 'currency':
    case 'percent':
      return Number.isInteger(value) ? `${String(value as number)}.0` : String(value as number);
    default:
      return String(value as string);
  }
}
