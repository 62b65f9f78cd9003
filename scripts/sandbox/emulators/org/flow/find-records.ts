import { spend } from '../apex/evaluate/limits.ts';
import type { DataContext } from '../data.ts';
import type { Criteria, FlowElement, FlowRecord, FlowValue } from './definition.ts';
import { writeReference } from './assign.ts';
import type { Interview } from './interview.ts';
import type { ReferenceReader } from './references.ts';
import { contextOf } from './world.ts';
import type { FlowTransaction, FlowWorld } from './world.ts';

/** Filters as a WHERE clause; values are bound, never pasted. */
function whereOf(criteria: Criteria, value: (index: number) => FlowValue): { text: string; binds: Record<string, unknown> } {
  const binds: Record<string, unknown> = {};
  const parts = criteria.conditions.map((condition, index) =>
    comparison(condition.left, condition.operator, value(index), `filter${index}`, binds),
  );
  if (parts.length === 0) return { text: '', binds };
  const logic = criteria.logic.trim().toLowerCase();
  if (logic === 'and' || logic === 'or' || logic === '') return { text: ` WHERE ${parts.join(logic === 'or' ? ' OR ' : ' AND ')}`, binds };
  return {
    text: ` WHERE ${logic.replace(/\d+/g, (number) => parts[Number(number) - 1] ?? '').replace(/\b(and|or|not)\b/g, (word) => word.toUpperCase())}`,
    binds,
  };
}

const SYMBOLS: Record<string, string> = {
  EqualTo: '=',
  NotEqualTo: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
  In: 'IN',
  NotIn: 'NOT IN',
};
const PATTERNS: Record<string, (text: string) => string> = {
  StartsWith: (text) => `${text}%`,
  EndsWith: (text) => `%${text}`,
  Contains: (text) => `%${text}%`,
};

function comparison(field: string, operator: string, value: FlowValue, name: string, binds: Record<string, unknown>): string {
  if (operator === 'IsNull') return `${field} ${value === true ? '=' : '!='} NULL`;
  const pattern = PATTERNS[operator];
  const symbol = SYMBOLS[operator];
  if (!pattern && !symbol) throw new Error(`The filter ${operator} is not supported by the local org's flows`);
  binds[name] = pattern ? pattern(String(value ?? '').replace(/[%_\\]/g, '\\$&')) : value;
  return `${field} ${pattern ? 'LIKE' : (symbol ?? '=')} :${name}`;
}

/** Filters a record search may use. */
export const FILTERS = new Set([...Object.keys(SYMBOLS), ...Object.keys(PATTERNS), 'IsNull']);

export interface Search {
  object: string;
  fields: string[];
  criteria: Criteria;
  sort?: { field: string; descending: boolean } | null;
  limit?: number | null;
}

/** Records as the flow may see them; without fields, all that are stored. */
export function findRecords(search: Search, context: DataContext, value: (index: number) => FlowValue, world: FlowWorld): FlowRecord[] {
  const known = [...(world.data.schema.object(search.object)?.fields.values() ?? [])]
    .filter((field) => field.type !== 'address')
    .map((field) => field.name);
  const fields = search.fields.length > 0 ? [...new Set(['Id', ...search.fields])] : known;
  const where = whereOf(search.criteria, value);
  const sort = search.sort ? ` ORDER BY ${search.sort.field}${search.sort.descending ? ' DESC' : ''}` : '';
  const limit = search.limit ? ` LIMIT ${search.limit}` : '';
  return world.data.query(`SELECT ${fields.join(', ')} FROM ${search.object}${where.text}${sort}${limit}`, context, where.binds);
}

export function runLookup(
  element: Extract<FlowElement, { kind: 'lookup' }>,
  interview: Interview,
  reader: ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): void {
  spend(transaction.limits, 'queries');
  const search = {
    ...element,
    fields: element.storeOutput && element.fields.length === 0 ? [] : [...element.fields, ...element.toFields.map((one) => one.field)],
    limit: element.firstOnly ? 1 : element.limit,
  };
  const found = findRecords(
    search,
    contextOf(interview.flow, transaction, world),
    (index) => reader.operand(element.criteria.conditions[index]?.right ?? { kind: 'literal', value: null, dataType: 'String' }),
    world,
  );
  const value: FlowValue = element.firstOnly ? (found[0] ?? null) : found;
  if (element.storeOutput) interview.variables.set(element.name, value);
  if (element.toReference) writeReference(interview, element.toReference, value);
  for (const one of element.toFields) writeReference(interview, one.to, (found[0]?.[one.field] ?? null) as FlowValue);
}
