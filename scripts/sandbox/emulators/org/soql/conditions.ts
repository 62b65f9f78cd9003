import type { Condition, HavingClause, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgFault } from '../errors.ts';
import { fold } from '../store.ts';
import { startOfDay } from './dates.ts';
import type { ResolvedField } from './columns.ts';
import { functionSql } from './functions.ts';
import type { PlanParam, RunContext } from './plan.ts';
import { boundValue, isFolded, operandOf } from './values.ts';
import type { Operand } from './values.ts';

export interface ConditionOptions {
  text: string;
  resolve(path: string): ResolvedField;
  /** Compiles a semi-join's inner query to SQL that selects one column. */
  semiJoin(query: Query): { sql: string; params: PlanParam[] };
}

export interface SqlPart {
  sql: string;
  params: PlanParam[];
}

type Clause = WhereClause | HavingClause;

/** WHERE or HAVING as SQL. Every comparison is true or false, never null, so that NOT means what SOQL means by it. */
export function conditionSql(clause: Clause, options: ConditionOptions): SqlPart {
  const params: PlanParam[] = [];
  let sql = '';
  // AND and OR may not be mixed at one level without parentheses.
  const levels: (string | undefined)[] = [undefined];
  let part: Clause | undefined = clause;
  while (part) {
    const left = part.left as (Condition & { openParen?: number; closeParen?: number }) | null;
    const open = left?.openParen ?? 0;
    sql += '('.repeat(open);
    for (let level = 0; level < open; level += 1) levels.push(undefined);
    const operator: string | undefined = 'operator' in part ? part.operator : undefined;
    if (operator === 'NOT') sql += 'NOT ';
    else if (left) {
      if ('valueQuery' in left && (levels.length > 1 || operator === 'OR' || levels[0] === 'OR'))
        throw new OrgFault(
          400,
          'MALFORMED_QUERY',
          'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
        );
      const one = comparison(left, options);
      sql += one.sql;
      params.push(...one.params);
      const close = left.closeParen ?? 0;
      sql += ')'.repeat(close);
      for (let level = 0; level < close; level += 1) levels.pop();
      if (operator) {
        const at = levels.length - 1;
        if (levels[at] !== undefined && levels[at] !== operator)
          throw new OrgFault(400, 'MALFORMED_QUERY', `unexpected token: ${operator}`);
        levels[at] = operator;
        sql += ` ${operator} `;
      }
    }
    part = 'right' in part ? (part.right as Clause) : undefined;
  }
  return { sql, params };
}

/** The left side of a comparison: what to read, and the field whose type rules. */
function subject(condition: Condition, options: ConditionOptions): { sql: string; field: ResolvedField['field'] } {
  if ('fn' in condition) return functionSql(condition.fn, options.resolve, options.text);
  const { sql, field } = options.resolve((condition as { field: string }).field);
  if (field.type === 'textarea' && (field.length ?? 0) > 255)
    throw new OrgFault(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  return { sql, field };
}

function comparison(condition: Condition, options: ConditionOptions): SqlPart {
  const raw = condition as { operator: string; value?: string | string[]; literalType?: string | string[]; valueQuery?: Query };
  const { sql, field } = subject(condition, options);
  const left = isFolded(field) ? `fold(${sql})` : sql;
  const operator = raw.operator.toUpperCase();
  if (raw.valueQuery) {
    const inner = options.semiJoin(raw.valueQuery);
    // A null key matches nothing, and is kept by an anti-join.
    return {
      sql: `(coalesce(${left} ${operator === 'NOT IN' ? 'NOT IN' : 'IN'} (${inner.sql}), ${operator === 'NOT IN' ? '1' : '0'}))`,
      params: inner.params,
    };
  }
  if (operator === 'IN' || operator === 'NOT IN') return membership(left, operator, raw, field, options.text);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return multiPicklist(sql, operator, raw.value ?? []);
  const operand = operandOf(field, String(raw.value), String(raw.literalType), options.text);
  if (operand.kind === 'days') return daySpan(left, operator, field.type === 'datetime', operand);
  const param: PlanParam =
    operand.kind === 'value' ? operand.value : (context: RunContext) => boundValue(field, operand.read(context), context.timeZone);
  switch (operator) {
    case '=':
      return { sql: `${left} IS ?`, params: [param] };
    case '!=':
      return { sql: `${left} IS NOT ?`, params: [param] };
    case 'LIKE':
      return { sql: `coalesce(${left} LIKE ? ESCAPE '\\', 0)`, params: [param] };
    default:
      return { sql: `coalesce(${left} ${operator} ?, 0)`, params: [param] };
  }
}

function membership(
  left: string,
  operator: string,
  raw: { value?: string | string[]; literalType?: string | string[] },
  field: ResolvedField['field'],
  text: string,
): SqlPart {
  const values = Array.isArray(raw.value) ? raw.value : [raw.value ?? ''];
  const types = Array.isArray(raw.literalType) ? raw.literalType : values.map(() => raw.literalType ?? 'NULL');
  const operands: Operand[] = values.map((value, index) => operandOf(field, value, String(types[index] ?? types[0]), text));
  const list = (context: RunContext) =>
    operands.flatMap((operand) => {
      if (operand.kind === 'value') return [operand.value];
      if (operand.kind === 'days') return [operand.days(context).from];
      const bound = operand.read(context);
      const many = bound instanceof Set ? [...bound] : Array.isArray(bound) ? (bound as unknown[]) : [bound];
      return many.map((one) => boundValue(field, one, context.timeZone));
    });
  const asJson = (context: RunContext): string => JSON.stringify(list(context));
  if (operator === 'NOT IN') return { sql: `NOT EXISTS (SELECT 1 FROM json_each(?) v WHERE v.value IS ${left})`, params: [asJson] };
  // Each side uses an index, and the second is not even begun without a null in the list; SQL's IN would answer null to one.
  return {
    sql: `((${left} IS NOT NULL AND ${left} IN (SELECT value FROM json_each(?) WHERE value IS NOT NULL)) OR (? AND ${left} IS NULL))`,
    params: [asJson, (context) => Number(list(context).includes(null))],
  };
}

function multiPicklist(sql: string, operator: string, value: string | string[]): SqlPart {
  const wanted = (Array.isArray(value) ? value : [value]).map((one) => one.replace(/^'|'$/g, '').split(';'));
  const any = wanted
    .map((all) => `(${all.map(() => `instr(';' || fold(coalesce(${sql}, '')) || ';', ?) > 0`).join(' AND ')})`)
    .join(' OR ');
  const params = wanted.flat().map((one) => `;${String(fold(one))};`);
  return { sql: operator === 'EXCLUDES' ? `NOT (${any})` : `(${any})`, params };
}

function daySpan(left: string, operator: string, isDatetime: boolean, operand: Extract<Operand, { kind: 'days' }>): SqlPart {
  const at =
    (end: 'from' | 'to') =>
    (context: RunContext): string => {
      const day = operand.days(context)[end];
      return isDatetime ? startOfDay(day, context.timeZone) : day;
    };
  switch (operator) {
    case '=':
      return { sql: `coalesce(${left} >= ? AND ${left} < ?, 0)`, params: [at('from'), at('to')] };
    case '!=':
      return { sql: `NOT coalesce(${left} >= ? AND ${left} < ?, 0)`, params: [at('from'), at('to')] };
    case '<':
      return { sql: `coalesce(${left} < ?, 0)`, params: [at('from')] };
    case '<=':
      return { sql: `coalesce(${left} < ?, 0)`, params: [at('to')] };
    case '>':
      return { sql: `coalesce(${left} >= ?, 0)`, params: [at('to')] };
    default:
      return { sql: `coalesce(${left} >= ?, 0)`, params: [at('from')] };
  }
}
