import { RowFault } from '../errors.ts';
import { roundTo } from '../formulas/round.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import { fold, quote } from '../store.ts';
import type { StoredRow } from '../store.ts';
import { daysOf, storedInstant } from '../soql/dates.ts';
import type { DaySpan } from '../soql/dates.ts';
import { checkRules } from './checks.ts';
import { noteChange, objectOf, touchMasters } from './work.ts';
import type { Work } from './work.ts';

/**
 * Recomputes the roll-ups of every stale master, then of the masters' masters. A master whose validation rule now
 * fails refuses the change, with the rule's message. `failed` is told which master it was.
 */
export function refreshMasters(work: Work, failed: (masterId: string, fault: RowFault) => void): void {
  for (let round = 0; work.stale.size > 0 && round < 5; round += 1) {
    const stale = [...work.stale.values()];
    work.stale.clear();
    for (const { object, id, details } of stale) {
      try {
        refreshMaster(work, object, id, details);
      } catch (error) {
        if (!(error instanceof RowFault)) throw error;
        failed(id, error);
      }
    }
  }
}

function refreshMaster(work: Work, object: OrgObject, id: string, details: Set<string>): void {
  const { store, formulas } = work.core;
  const before = store.get(object, id);
  if (!before || before['IsDeleted'] === 1) return;
  const columns: StoredRow = {};
  for (const field of object.fields.values())
    if (field.rollup && details.has(field.rollup.detailObject)) {
      const value = rollupValue(work, object, field, before);
      if ((before[field.name] ?? null) !== value) columns[field.name] = value;
    }
  if (Object.keys(columns).length === 0) return;
  const stamp = storedInstant(work.now);
  const after: StoredRow = { ...before, ...columns, LastModifiedDate: stamp, LastModifiedById: work.userId, SystemModstamp: stamp };
  const kept = formulas.keptValues(object, after);
  Object.assign(after, kept);
  checkRules(work, object, after, before);
  store.update(object, id, { ...columns, ...kept, LastModifiedDate: stamp, LastModifiedById: work.userId, SystemModstamp: stamp });
  noteChange(work, 'update', object, id, before, after);
  touchMasters(work, object, after);
}

/** The value of one roll-up of one master, from the details as they are stored. */
export function rollupValue(work: Work, object: OrgObject, field: OrgField, master: StoredRow): number | string | null {
  const { rollup } = field;
  if (!rollup) return null;
  const detail = objectOf(work, rollup.detailObject);
  const params: (string | number)[] = [String(master['Id'])];
  const where = [
    `d.${quote(rollup.detailField)} = ?`,
    'd."IsDeleted" = 0',
    ...rollup.filters.map((filter) => filterSql(detail, filter, params)),
  ];
  const factor = 10 ** (field.scale ?? 0);
  const column = `d.${quote(rollup.summarizedField ?? 'Id')}`;
  const { sql, join } = expression(work, object, detail, field, column, factor, master);
  const value = work.core.store
    .prepare(`SELECT ${sql} AS value FROM ${quote(detail.name)} d ${join} WHERE ${where.join(' AND ')}`)
    .get(...params)?.['value'];
  if (rollup.operation === 'sum') return roundTo(Number(value ?? 0) / factor, field.scale ?? 0);
  return (value ?? (rollup.operation === 'count' ? 0 : null)) as number | string | null;
}

/** Sums are of whole minor units, so that no binary fraction creeps in; amounts of other currencies are converted. */
function expression(
  work: Work,
  object: OrgObject,
  detail: OrgObject,
  field: OrgField,
  column: string,
  factor: number,
  master: StoredRow,
): { sql: string; join: string } {
  switch (field.rollup?.operation) {
    case 'count':
      return { sql: 'COUNT(*)', join: '' };
    case 'min':
      return { sql: `MIN(${column})`, join: '' };
    case 'max':
      return { sql: `MAX(${column})`, join: '' };
    default: {
      const converts =
        work.core.schema.features.multiCurrency &&
        field.type === 'currency' &&
        object.fields.has('currencyisocode') &&
        detail.fields.has('currencyisocode');
      if (!converts) return { sql: `SUM(CAST(round(${column} * ${String(factor)}) AS INTEGER))`, join: '' };
      const code = String(master['CurrencyIsoCode'] ?? work.core.corporateCurrency).replace(/[^A-Z]/g, '');
      const rate = `CASE WHEN d."CurrencyIsoCode" IS NULL OR d."CurrencyIsoCode" = '${code}' THEN 1.0 ELSE m."ConversionRate" / c."ConversionRate" END`;
      return {
        sql: `SUM(CAST(round(${column} * ${rate} * ${String(factor)}) AS INTEGER))`,
        join: `LEFT JOIN "CurrencyType" c ON c."IsoCode" = d."CurrencyIsoCode" LEFT JOIN "CurrencyType" m ON m."IsoCode" = '${code}'`,
      };
    }
  }
}

const COMPARE: Record<string, string> = { lessThan: '<', greaterThan: '>', lessOrEqual: '<=', greaterOrEqual: '>=' };

/** A filter row as SQL on alias `d`; several values of equals mean any of them. */
export function filterSql(
  object: OrgObject,
  filter: { field: string; operation: string; value: string },
  params: (string | number)[],
  today?: string,
): string {
  const field = object.fields.get(filter.field.toLowerCase());
  if (!field) throw new Error(`a filter names ${filter.field}, which ${object.name} lacks`);
  const column = `d.${quote(field.name)}`;
  const number = ['int', 'double', 'currency', 'percent'].includes(field.type);
  const typed = (value: string): string | number =>
    field.type === 'boolean' ? Number(/^(?:true|1)$/i.test(value)) : number ? Number(value) : String(fold(value));
  const days = today && (field.type === 'date' || field.type === 'datetime') ? daysOf(filter.value, today) : undefined;
  if (days) return daysSql(column, filter.operation, days, params);
  const left = number || field.type === 'boolean' ? column : `fold(${column})`;
  const compare = COMPARE[filter.operation];
  if (compare) {
    params.push(typed(filter.value));
    return `coalesce(${left} ${compare} ?, 0)`;
  }
  const values = filter.value === '' ? [''] : filter.value.split(',').map((one) => one.trim());
  const each = values.map((value) => {
    if (value === '') return `${column} IS NULL`;
    const text = String(fold(value));
    switch (filter.operation) {
      case 'contains':
      case 'notContain':
        params.push(text);
        return `instr(coalesce(${left}, ''), ?) > 0`;
      case 'startsWith':
        params.push(`${text}%`);
        return `coalesce(${left} LIKE ?, 0)`;
      default:
        params.push(typed(value));
        return `${left} IS ?`;
    }
  });
  const any = `(${each.join(' OR ')})`;
  return filter.operation === 'notEqual' || filter.operation === 'notContain' ? `NOT ${any}` : any;
}

/** A date literal of a list view, such as TODAY or LAST_N_DAYS:30; datetimes are compared by their UTC day. */
function daysSql(column: string, operation: string, days: DaySpan, params: (string | number)[]): string {
  const [sql, values] = (
    {
      lessThan: [`${column} < ?`, [days.from]],
      lessOrEqual: [`${column} < ?`, [days.to]],
      greaterThan: [`${column} >= ?`, [days.to]],
      greaterOrEqual: [`${column} >= ?`, [days.from]],
      notEqual: [`NOT (${column} >= ? AND ${column} < ?)`, [days.from, days.to]],
    } as Record<string, [string, string[]]>
  )[operation] ?? [`${column} >= ? AND ${column} < ?`, [days.from, days.to]];
  params.push(...values);
  return `coalesce(${sql}, 0)`;
}
