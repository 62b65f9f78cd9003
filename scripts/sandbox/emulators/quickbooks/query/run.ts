import type { Draft, Entity, EntityName } from '../entities.ts';
import { entityNamed, isTransaction } from '../entities.ts';
import { faults } from '../errors.ts';
import type { Books, Row } from '../store.ts';
import { memberKind } from '../schema/check.ts';
import { queryField, selectField } from './fields.ts';
import { parseQuery } from './parse.ts';
import type { Condition, Query } from './parse.ts';

type Comparable = string | number | boolean | null;

/** What a query reads from, besides the books: entities that are made up when they are read. */
export interface QuerySource {
  books: Books;
  present(entity: EntityName, body: Entity): Entity;
  singleton(entity: EntityName): Entity | undefined;
  /** Rows created after this moment are not seen: items of a batch do not see each other (documented). */
  createdUpTo?: number;
}

/** Runs a query and returns the QueryResponse. */
export function runQuery(source: QuerySource, text: string): Draft {
  const query = parseQuery(text);
  const entity = entityNamed(query.from);
  if (!entity) throw faults.queryInvalid(`invalid context declaration: ${query.from}`);
  const conditions = query.where.map((condition) => ({ ...condition, field: queryField(entity, condition.field) }));
  const fields = Array.isArray(query.select) ? query.select.map((field) => selectField(entity, field)) : undefined;
  const orderBy = query.orderBy.map((order) => ({ ...order, field: queryField(entity, order.field) }));
  const found = candidates(source, entity, conditions).filter(
    (row) => row.created <= (source.createdUpTo ?? Infinity) && isVisible(row.body, conditions) && satisfies(entity, row.body, conditions),
  );
  if (query.select === 'count') return { totalCount: found.length };
  const page = sorted(entity, found, orderBy).slice(query.startPosition - 1, query.startPosition - 1 + query.maxResults);
  if (page.length === 0) return {};
  const bodies = page.map((row) => project(source.present(entity, row.body), fields));
  return { [entity]: bodies, startPosition: query.startPosition, maxResults: bodies.length };
}

const INDEXED: [field: string, column: 'id' | 'number' | 'name' | 'customer'][] = [
  ['Id', 'id'],
  ['DocNumber', 'number'],
  ['DisplayName', 'name'],
  ['Name', 'name'],
  ['CustomerRef', 'customer'],
];

/** Rows that an index narrows down, or all. */
function candidates(source: QuerySource, entity: EntityName, conditions: Condition[]): Row[] {
  const single = source.singleton(entity);
  if (single) return [{ id: single.Id, body: single, created: 0, updated: 0, name: null, number: null, customer: null, lineIds: 0 }];
  const rows = source.books.rows(entity);
  const exact = conditions.filter(({ operator }) => operator === '=' || operator === 'IN');
  // The narrowest first: a customer may have many documents, a number one.
  for (const [field, column] of INDEXED) {
    const values = exact.find((condition) => condition.field === field)?.values;
    if (!values) continue;
    const keys = [...new Set(values.map((value) => (column === 'name' ? String(value).toLowerCase() : String(value))))];
    return keys.flatMap((key) =>
      column === 'id' ? [rows.get(key)].filter((row) => row !== undefined) : rows.where({ [column]: key } as Partial<Row>),
    );
  }
  return rows.all();
}

/** Conditions on links of an attachable must hold for one and the same link. */
function satisfies(entity: EntityName, body: Entity, conditions: Condition[]): boolean {
  const onLinks = conditions.filter(({ field }) => field.startsWith('AttachableRef.'));
  const links = onLinks.length === 0 ? [] : ((body['AttachableRef'] ?? []) as Draft[]);
  return (
    conditions.every((condition) => onLinks.includes(condition) || holds(entity, body, condition)) &&
    (onLinks.length === 0 || links.some((link) => onLinks.every((condition) => holds(entity, { ...body, AttachableRef: link }, condition))))
  );
}

/** Inactive entries show only when the query speaks of Active. */
const isVisible = (body: Entity, conditions: Condition[]) =>
  body['Active'] !== false || conditions.some((condition) => condition.field === 'Active');

function read(body: Entity, field: string): unknown {
  const value = field.split('.').reduce<unknown>((part, name) => (part as Draft | undefined)?.[name], body);
  if (typeof value !== 'object' || value === null) return value;
  return (value as Draft)['value'] ?? (value as Draft)['Address'] ?? (value as Draft)['FreeFormNumber'];
}

/** Both sides in the field's kind, so that "300.00" compares with 300 and moments with moments. */
function comparable(entity: EntityName, field: string, value: unknown): Comparable {
  if (value === undefined || value === null) return null;
  const kind = memberKind(entity, field.split('.')[0]!);
  if (field.startsWith('MetaData.')) return Date.parse(String(value));
  if (kind === 'decimal' || kind === 'integer') return Number(value);
  if (kind === 'boolean') return value === true || String(value).toLowerCase() === 'true';
  return field === 'DocNumber' || field === 'Id' ? String(value) : String(value).toLowerCase();
}

function holds(entity: EntityName, body: Entity, { field, operator, values }: Condition): boolean {
  const left = comparable(entity, field, read(body, field));
  if (operator === 'LIKE') return left !== null && like(String(left), String(values[0]).toLowerCase());
  const rights = values.map((value) => comparable(entity, field, value));
  for (const [index, right] of rights.entries()) {
    if (typeof right === 'number' && Number.isNaN(right))
      throw faults.queryInvalid(`value '${String(values[index])}' is not valid for property ${field}`);
  }
  if (operator === 'IN') return rights.includes(left);
  const right = rights[0]!;
  if (left === null || right === null) return false;
  switch (operator) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
  }
}

/** "%" is the only wildcard (documented). */
function like(text: string, pattern: string): boolean {
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text.toLowerCase());
}

/** Default order, as recorded: transactions by last change, latest first; names and lists by full name in ASCII order. */
function sorted(entity: EntityName, rows: Row[], orderBy: Query['orderBy']): Row[] {
  if (orderBy.length > 0) {
    return rows.sort((a, b) => {
      for (const { field, descending } of orderBy) {
        const order = compare(entity, a, b, field);
        if (order !== 0) return descending ? -order : order;
      }
      return Number(a.id) - Number(b.id);
    });
  }
  if (isTransaction(entity)) return rows.sort((a, b) => b.updated - a.updated);
  const key = (row: Row) => String(row.body['FullyQualifiedName'] ?? row.body['DisplayName'] ?? row.body['Name'] ?? row.id);
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function compare(entity: EntityName, a: Row, b: Row, field: string): number {
  if (field === 'Id') return Number(a.id) - Number(b.id);
  if (field === 'MetaData.LastUpdatedTime')
    return Date.parse(a.body.MetaData.LastUpdatedTime) - Date.parse(b.body.MetaData.LastUpdatedTime);
  const [left, right] = [comparable(entity, field, read(a.body, field)), comparable(entity, field, read(b.body, field))];
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

function project(body: Entity, fields: string[] | undefined): Draft {
  if (!fields) return body;
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
  return { domain: 'QBO', sparse: true, ...kept };
}
