import { OrgFault } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgField } from '../schema/model.ts';
import { fold } from '../store.ts';
import { daysOf, startOfDay, storedInstant } from './dates.ts';
import type { DaySpan } from './dates.ts';
import { dayIn } from './dates.ts';
import { BIND_MARK, located } from './parse.ts';
import type { RunContext } from './plan.ts';

/** Text types are compared without regard to case, unless the field is case-sensitive. */
const FOLDED = new Set(['string', 'textarea', 'picklist', 'multipicklist', 'email', 'phone', 'url', 'combobox']);
const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

export const isFolded = (field: OrgField): boolean => FOLDED.has(field.type) && !field.caseSensitive;
export const isNumber = (field: OrgField): boolean => NUMBERS.has(field.type);

export type Operand =
  | { kind: 'value'; value: string | number | null }
  | { kind: 'days'; days: (context: RunContext) => DaySpan }
  | { kind: 'bind'; read: (context: RunContext) => unknown };

/** A literal of the statement as the value its field is compared with. */
export function operandOf(field: OrgField, literal: string, type: string, text: string): Operand {
  const bind = literal.startsWith(`'${BIND_MARK}`) ? literal.slice(BIND_MARK.length + 1, -1) : undefined;
  if (bind !== undefined) return { kind: 'bind', read: (context) => readBind(context.binds, bind) };
  switch (type) {
    case 'APEX_BIND_VARIABLE':
      return { kind: 'bind', read: (context) => readBind(context.binds, literal) };
    case 'NULL':
      return { kind: 'value', value: null };
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      if (field.type !== 'date' && field.type !== 'datetime') throw mismatch(field, text);
      return { kind: 'days', days: (context) => daysOf(literal, dayIn(context.now, context.timeZone)) ?? failDay(literal) };
    case 'STRING':
      if (isNumber(field) || field.type === 'boolean' || field.type === 'date' || field.type === 'datetime') throw mismatch(field, text);
      return { kind: 'value', value: stored(field, unescape(literal), text) };
    case 'BOOLEAN':
      if (field.type !== 'boolean') throw mismatch(field, text);
      return { kind: 'value', value: literal.toUpperCase() === 'TRUE' ? 1 : 0 };
    case 'INTEGER':
    case 'DECIMAL':
      if (!isNumber(field)) throw mismatch(field, text);
      return { kind: 'value', value: Number(literal) };
    case 'DATE':
      if (field.type === 'datetime') throw mismatch(field, text);
      return { kind: 'value', value: literal };
    case 'DATETIME':
      if (field.type === 'date') throw mismatch(field, text);
      return { kind: 'value', value: storedInstant(Date.parse(literal)) };
    default:
      throw mismatch(field, text);
  }
}

function failDay(literal: string): never {
  throw new OrgFault(400, 'MALFORMED_QUERY', `unexpected token: ${literal}`);
}

/** A value that came through a bind variable, as its field stores it. */
export function boundValue(field: OrgField, value: unknown, timeZone: string): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return field.type === 'date' ? dayIn(value.getTime(), timeZone) : storedInstant(value.getTime());
  const written = String(value as string);
  if (field.type === 'datetime') return storedInstant(Date.parse(written.length === 10 ? startOfDay(written, timeZone) : written));
  if (isNumber(field)) return Number(written);
  return stored(field, written, written);
}

/** `'…'` without its quotes and escapes. */
function unescape(literal: string): string {
  const inner = literal.startsWith("'") ? literal.slice(1, -1) : literal;
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return inner.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_all, code: string) =>
    code.length === 5
      ? String.fromCharCode(parseInt(code.slice(1), 16))
      : (named[code] ?? (code === '%' || code === '_' ? `\\${code}` : code)),
  );
}

function stored(field: OrgField, value: string, text: string): string | number | null {
  if (value === '') return null;
  if (field.type === 'id' || field.type === 'reference') {
    const id = normaliseId(value);
    if (id === undefined)
      throw new OrgFault(400, 'INVALID_QUERY_FILTER_OPERATOR', located(text, field.name, `invalid ID field: ${value}`, 'filter'));
    return id;
  }
  return isFolded(field) ? (fold(value) as string) : value;
}

function mismatch(field: OrgField, text: string): OrgFault {
  const quoted = FOLDED.has(field.type) || field.type === 'id' || field.type === 'reference';
  const wanted = quoted ? 'string' : field.type === 'datetime' ? 'dateTime' : field.type;
  return new OrgFault(
    400,
    'INVALID_FIELD',
    located(
      text,
      field.name,
      `value of filter criterion for field '${field.name}' must be of type ${wanted} and should ${quoted ? '' : 'not '}be enclosed in quotes`,
      'filter',
    ),
  );
}

/** A bind expression: its own entry, or a walk along its dots. */
export function readBind(binds: Record<string, unknown>, expression: string): unknown {
  if (expression in binds) return binds[expression];
  const lower = expression.toLowerCase();
  const key = Object.keys(binds).find((name) => name.toLowerCase() === lower);
  if (key !== undefined) return binds[key];
  let value: unknown = binds;
  for (const part of expression.split('.')) {
    const holder = value as Record<string, unknown> | null | undefined;
    if (holder === null || holder === undefined || !(part in holder))
      throw new OrgFault(400, 'MALFORMED_QUERY', `Variable does not exist: ${expression}`);
    value = holder[part];
  }
  return value;
}
