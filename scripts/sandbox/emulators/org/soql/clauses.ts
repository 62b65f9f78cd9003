import type { OrderByClause, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { OrgFault, notImplemented } from '../errors.ts';
import type { ColumnResolver } from './columns.ts';
import type { SqlPart } from './conditions.ts';
import { functionSql } from './functions.ts';
import { noSuchColumn } from './parse.ts';
import type { ParsedQuery } from './parse.ts';
import type { RunContext } from './plan.ts';
import { isFolded, readBind } from './values.ts';

const MOST_OFFSET = 2000;

/** GROUP BY as SQL expressions. */
export function groupings(ast: Query | Subquery, resolver: ColumnResolver, text: string): { sql: string }[] {
  const clauses = ast.groupBy === undefined ? [] : Array.isArray(ast.groupBy) ? ast.groupBy : [ast.groupBy];
  return clauses.map((clause) => {
    if ('fn' in clause) {
      const name = (clause.fn.functionName ?? '').toUpperCase();
      if (name === 'ROLLUP' || name === 'CUBE') throw notImplemented(`SOQL GROUP BY ${name}`);
      return { sql: functionSql(clause.fn, (path) => resolver.resolve(path), text).sql };
    }
    const { sql, field } = resolver.resolve(clause.field);
    if (
      ['currency', 'double', 'percent', 'datetime', 'address'].includes(field.type) ||
      (field.type === 'textarea' && (field.length ?? 0) > 255)
    )
      throw new OrgFault(400, 'MALFORMED_QUERY', `field '${field.name}' can not be grouped in a query call`);
    return { sql };
  });
}

/** ORDER BY, made stable by the record's id. */
export function orderSql(ast: Query | Subquery, resolver: ColumnResolver, text: string, aggregate: boolean, alias: string): string {
  const clauses: OrderByClause[] = ast.orderBy === undefined ? [] : Array.isArray(ast.orderBy) ? ast.orderBy : [ast.orderBy];
  const terms = clauses.map((clause) => {
    const { sql, field } = 'fn' in clause ? functionSql(clause.fn, (path) => resolver.resolve(path), text) : resolver.resolve(clause.field);
    if (field.type === 'address' || (field.type === 'textarea' && (field.length ?? 0) > 255))
      throw noSuchColumn(text, field.name, field.name, 'ORDER BY');
    // Nulls come first unless said otherwise, in both directions. Source: SOQL reference, ORDER BY.
    return `${isFolded(field) ? `fold(${sql})` : sql} ${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`;
  });
  if (!aggregate) terms.push(`${alias}."Id"`);
  return terms.length ? `ORDER BY ${terms.join(', ')}` : '';
}

/**
 * A plan is made for the value of a bare `LIMIT ?`, so SQLite prepares such a statement anew each time another is bound, which costs
 * more than most queries; it does not look into an expression (sqlite3ExprIsInteger and sqlite3VdbeSetVarmask in its source).
 */
export const LIMIT = 'LIMIT ? + 0';

/** LIMIT and OFFSET as parameters; only the outermost level takes bound ones. */
export function limitSql(parsed: ParsedQuery, ast: Query | Subquery, nested: boolean): SqlPart {
  const { offset } = ast;
  if (offset !== undefined && offset > MOST_OFFSET)
    throw new OrgFault(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${String(MOST_OFFSET)}`);
  const bound =
    (name: string) =>
    (context: RunContext): number =>
      Number(readBind(context.binds, name));
  const limit: number | ((context: RunContext) => number) | undefined = !nested && parsed.limitBind ? bound(parsed.limitBind) : ast.limit;
  const skip: number | ((context: RunContext) => number) | undefined = !nested && parsed.offsetBind ? bound(parsed.offsetBind) : offset;
  if (limit === undefined && skip === undefined) return { sql: '', params: [] };
  return { sql: `${LIMIT}${skip === undefined ? '' : ' OFFSET ? + 0'}`, params: [limit ?? -1, ...(skip === undefined ? [] : [skip])] };
}
