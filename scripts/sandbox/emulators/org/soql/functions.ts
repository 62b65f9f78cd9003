import { OrgFault, notImplemented } from '../errors.ts';
import type { OrgField } from '../schema/model.ts';
import type { ResolvedField } from './columns.ts';
import { located } from './parse.ts';

/** A function call of the parser's tree, in a select list, filter, grouping or order. */
export interface FunctionCall {
  functionName?: string;
  parameters?: (string | FunctionCall)[];
  rawValue?: string;
}

const AGGREGATES: Record<string, (sql: string) => string> = {
  COUNT: (sql) => `COUNT(${sql})`,
  COUNT_DISTINCT: (sql) => `COUNT(DISTINCT ${sql})`,
  SUM: (sql) => `SUM(${sql})`,
  AVG: (sql) => `AVG(${sql})`,
  MIN: (sql) => `MIN(${sql})`,
  MAX: (sql) => `MAX(${sql})`,
};

/** Parts of a date, of text kept as ISO. Times are UTC, as in SOQL without convertTimezone. */
const DATE_PARTS: Record<string, (sql: string) => string> = {
  CALENDAR_YEAR: (sql) => `CAST(substr(${sql}, 1, 4) AS INTEGER)`,
  FISCAL_YEAR: (sql) => `CAST(substr(${sql}, 1, 4) AS INTEGER)`,
  CALENDAR_MONTH: (sql) => `CAST(substr(${sql}, 6, 2) AS INTEGER)`,
  FISCAL_MONTH: (sql) => `CAST(substr(${sql}, 6, 2) AS INTEGER)`,
  CALENDAR_QUARTER: (sql) => `((CAST(substr(${sql}, 6, 2) AS INTEGER) + 2) / 3)`,
  FISCAL_QUARTER: (sql) => `((CAST(substr(${sql}, 6, 2) AS INTEGER) + 2) / 3)`,
  DAY_IN_MONTH: (sql) => `CAST(substr(${sql}, 9, 2) AS INTEGER)`,
  DAY_IN_WEEK: (sql) => `(CAST(strftime('%w', substr(${sql}, 1, 10)) AS INTEGER) + 1)`,
  DAY_IN_YEAR: (sql) => `CAST(strftime('%j', substr(${sql}, 1, 10)) AS INTEGER)`,
  DAY_ONLY: (sql) => `substr(${sql}, 1, 10)`,
  HOUR_IN_DAY: (sql) => `CAST(substr(${sql}, 12, 2) AS INTEGER)`,
};

export const isAggregate = (name: string | undefined): boolean => (name ?? '').toUpperCase() in AGGREGATES;

const computed = (name: string, type: OrgField['type'], extra: Partial<OrgField> = {}): OrgField => ({
  name,
  label: name,
  type,
  custom: false,
  nillable: true,
  createable: false,
  updateable: false,
  source: 'documented',
  ...extra,
});

/** SQL of a function call, and a field that says what type it answers. */
export function functionSql(
  call: FunctionCall,
  resolve: (path: string) => ResolvedField,
  text: string,
): { sql: string; field: OrgField; source: ResolvedField | undefined } {
  const name = (call.functionName ?? '').toUpperCase();
  const [argument] = call.parameters ?? [];
  if (name === 'COUNT' && argument === undefined) return { sql: 'COUNT(*)', field: computed('expr', 'int'), source: undefined };
  if (typeof argument !== 'string') throw notImplemented(`SOQL ${call.rawValue ?? name}`);
  const source = resolve(argument);
  const aggregate = AGGREGATES[name];
  if (aggregate) {
    checkAggregate(name, source.field, text);
    if (name.startsWith('COUNT')) return { sql: aggregate(source.sql), field: computed('expr', 'int'), source };
    // A double carries an error in its last digits that an exact decimal sum has not.
    const sum =
      name === 'SUM' || name === 'AVG'
        ? `round(${aggregate(source.sql)}, ${String(name === 'SUM' ? (source.field.scale ?? 0) : 10)})`
        : aggregate(source.sql);
    return { sql: sum, field: { ...source.field, name: 'expr' }, source };
  }
  const part = DATE_PARTS[name];
  if (part) return { sql: part(source.sql), field: computed('expr', name === 'DAY_ONLY' ? 'date' : 'int'), source };
  if (name === 'TOLABEL') return { sql: source.sql, field: source.field, source };
  throw notImplemented(`SOQL ${name}()`);
}

function checkAggregate(name: string, field: OrgField, text: string): void {
  const summable = ['int', 'double', 'currency', 'percent'].includes(field.type);
  const bad =
    name === 'SUM' || name === 'AVG'
      ? !summable
      : ['boolean', 'address'].includes(field.type) || (field.type === 'textarea' && (field.length ?? 0) > 255);
  if (bad)
    throw new OrgFault(400, 'INVALID_FIELD', located(text, field.name, `field ${field.name} does not support aggregate operator ${name}`));
}
