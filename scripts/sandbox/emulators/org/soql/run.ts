import { ACTING_USER } from '../access/sharing.ts';
import type { QueryRow } from '../data.ts';
import { outValue } from '../formatters.ts';
import type { RecordStore } from '../store.ts';
import type { PlanColumn, QueryPlan, RunContext } from './plan.ts';

/** A row as SQL gives it, in the order of the select list. */
type Raw = unknown[];

/** Rows of a compiled query, shaped as the API answers them. `version` goes into each record's url. */
function runPlan(plan: QueryPlan, store: RecordStore, context: RunContext, version: string, parentId?: string): QueryRow[] {
  return rawRows(plan, store, context, parentId).map((raw) => shape(plan, raw, store, context, version));
}

export function runCount(plan: QueryPlan, store: RecordStore, context: RunContext): number {
  return Number(rawRows(plan, store, context)[0]?.[0] ?? 0);
}

export function rawRows(plan: QueryPlan, store: RecordStore, context: RunContext, parentId?: string): Raw[] {
  const params = plan.params.map((param) =>
    param === ACTING_USER ? context.userId : typeof param === 'function' ? param(context) : param,
  );
  // The first parameter of a child subquery is its parent.
  if (parentId !== undefined) params[0] = parentId;
  // The marker keeps this statement apart from one prepared elsewhere with rows as objects.
  const statement = store.prepare(`/* soql */ ${plan.sql}`);
  statement.setReturnArrays(true);
  return statement.all(...params) as unknown as Raw[];
}

/** One row as the API answers it; child subqueries run now. */
export function shape(plan: QueryPlan, raw: Raw, store: RecordStore, context: RunContext, version: string): QueryRow {
  const row = head(plan.aggregate ? 'AggregateResult' : plan.object.name, plan.idIndex < 0 ? undefined : raw[plan.idIndex], version);
  for (const column of plan.columns) place(row, column, raw, plan, version);
  for (const child of plan.children) {
    const records = runPlan(child.plan, store, context, version, String(raw[plan.idIndex]));
    row[child.key] = records.length ? { totalSize: records.length, done: true, records } : null;
  }
  return row;
}

function head(type: string, id: unknown, version: string): QueryRow {
  return { attributes: typeof id === 'string' ? { type, url: `/services/data/v${version}/sobjects/${type}/${id}` } : { type } };
}

/** Walks to the parent a column belongs to, making it on the way; a missing parent is null. */
function place(row: QueryRow, column: PlanColumn, raw: Raw, plan: QueryPlan, version: string): void {
  let target = row;
  for (let depth = 1; depth < column.path.length; depth += 1) {
    const path = column.path.slice(0, depth);
    const name = path.at(-1) ?? '';
    if (target[name] === undefined) {
      const parent = plan.parents.find((one) => one.path.length === depth && one.path.every((part, index) => part === path[index]));
      const id = parent ? raw[parent.idIndex] : null;
      target[name] = parent && typeof id === 'string' ? head(parent.object.name, id, version) : null;
    }
    if (target[name] === null) return;
    target = target[name] as QueryRow;
  }
  target[column.path.at(-1) ?? ''] = valueOf(column, raw);
}

function valueOf(column: PlanColumn, raw: Raw): unknown {
  if (column.parts) {
    const parts = Object.entries(column.parts).map(([key, index]) => [key, raw[index] ?? null] as const);
    return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
  }
  const value = raw[column.index] ?? null;
  const typed = column.field ? outValue(column.field, value) : value;
  return column.convert ? column.convert(typed) : typed;
}
