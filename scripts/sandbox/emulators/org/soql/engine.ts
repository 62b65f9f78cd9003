import type { AccessLevel, DataContext, QueryRow, SoqlAst } from '../data.ts';
import { OrgFault } from '../errors.ts';
import type { OrgCore } from '../dml/work.ts';
import { compileQuery } from './compile.ts';
import { noSuchObject, parseSoql } from './parse.ts';
import type { ParsedQuery } from './parse.ts';
import type { QueryPlan, RunContext } from './plan.ts';
import { rawRows, runCount, shape } from './run.ts';
import { isUserRecordAccess, userRecordAccessRows } from './user-record-access.ts';

export interface QueryOptions {
  access: AccessLevel;
  includeDeleted?: boolean;
  version?: string;
  /** Only the next records by id, without ORDER BY or LIMIT of the statement's own. */
  slice?: { after: string; size: number };
}

/** The rows of a query as they were when it ran. */
export interface QueryCursor {
  count: number;
  plan: QueryPlan | undefined;
  records(from: number, to: number): QueryRow[];
}

/** A compiled statement and its syntax tree. */
export interface PreparedQuery {
  plan: QueryPlan;
  ast: SoqlAst;
}

/** Compiles and runs SOQL; plans are kept per text, rights and access. */
export interface SoqlEngine {
  rows(
    soql: string | SoqlAst,
    context: DataContext,
    binds: Record<string, unknown>,
    options: QueryOptions,
  ): { rows: QueryRow[]; count: number; plan: QueryPlan | undefined };
  /** The same, with its rows shaped only when they are asked for. */
  cursor(soql: string, context: DataContext, options: QueryOptions): QueryCursor;
  prepare(soql: string, context: DataContext, options: QueryOptions): PreparedQuery;
  /** Rows as they are stored, in the order of the plan's select list. */
  raw(soql: string, context: DataContext, options: QueryOptions): { rows: unknown[][]; plan: QueryPlan };
}

const KEPT_PLANS = 1000;

export function createSoqlEngine(core: OrgCore): SoqlEngine {
  const parsed = new Map<string, ParsedQuery>();
  const plans = new Map<string, QueryPlan>();
  const parse = (soql: string | SoqlAst): ParsedQuery => {
    if (typeof soql !== 'string') return { text: JSON.stringify(soql), ast: soql };
    return keep(parsed, soql, () => parseSoql(soql));
  };
  const planOf = (query: ParsedQuery, userId: string, options: QueryOptions): QueryPlan => {
    const rights = core.book.of(userId);
    const kind = `${options.access} ${String(options.includeDeleted ?? false)} ${options.slice ? 'slice ' : ''}${rights.signature}`;
    return keep(plans, `${kind}\n${query.text}`, () =>
      compileQuery(query, {
        schema: core.schema,
        access: options.access,
        rights,
        includeDeleted: options.includeDeleted ?? false,
        sliced: options.slice !== undefined,
        isComputed: (object, field) => core.formulas.isComputed(object, field),
      }),
    );
  };
  const runOf = ({ userId, now }: DataContext, binds: Record<string, unknown>, { slice }: QueryOptions): RunContext => ({
    userId,
    now,
    timeZone: core.timeZone,
    binds,
    ...(slice ? { slice } : {}),
  });
  const open = (soql: string | SoqlAst, context: DataContext, binds: Record<string, unknown>, options: QueryOptions): QueryCursor => {
    const query = parse(soql);
    const run = runOf(context, binds, options);
    if (isUserRecordAccess(query)) {
      const rows = userRecordAccessRows(core, query, run);
      return { count: rows.length, plan: undefined, records: (from, to) => rows.slice(from, to) };
    }
    const plan = planOf(query, context.userId, options);
    if (plan.forUpdate) lockRows(core, plan);
    if (plan.countOnly) return { count: runCount(plan, core.store, run), plan, records: () => [] };
    const raw = rawRows(plan, core.store, run);
    return {
      count: raw.length,
      plan,
      records: (from, to) => raw.slice(from, to).map((one) => shape(plan, one, core.store, run, options.version ?? '66.0')),
    };
  };
  return {
    rows: (soql, context, binds, options) => {
      const { count, plan, records } = open(soql, context, binds, options);
      return { rows: records(0, count), count, plan };
    },
    cursor: (soql, context, options) => open(soql, context, {}, options),
    prepare: (soql, context, options) => {
      const query = parse(soql);
      if (isUserRecordAccess(query)) throw noSuchObject(soql, 'UserRecordAccess');
      return { plan: planOf(query, context.userId, options), ast: query.ast };
    },
    raw: (soql, context, options) => {
      const plan = planOf(parse(soql), context.userId, options);
      return { rows: rawRows(plan, core.store, runOf(context, {}, options)), plan };
    },
  };
}

/** Nobody else writes while a statement runs, so a lock is only refused when the fault plan holds one. */
function lockRows(core: OrgCore, plan: QueryPlan): void {
  const fault = core.faults.next('org.dml', { object: plan.object.name, operation: 'lock', id: '' });
  if (fault?.kind === 'lock-row')
    throw new OrgFault(
      400,
      'UNABLE_TO_LOCK_ROW',
      'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently being modified by another user. Please try again.',
    );
}

function keep<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= KEPT_PLANS) cache.delete(cache.keys().next().value ?? '');
  const made = make();
  cache.set(key, made);
  return made;
}
