import type { Draft, Entity, EntityName } from '../entities.ts';
import { entityNamed, isTransaction } from '../entities.ts';
import { faults } from '../errors.ts';
import type { Books, Row } from '../store.ts';
import { memberKind } from '../schema/check.ts';
import { candidates, isInIdOrder } from './candidates.ts';
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
  const single = source.singleton(entity);
  if (single) {
    const found = satisfies(entity, single, conditions) ? [single] : [];
    return query.select === 'count' ? { totalCount: found.length } : pageOf(entity, query, found.slice(query.startPosition - 1), fields);
  }
  if (conditions.length === 0 && orderBy.length === 0 && isTransaction(entity) && source.createdUpTo === undefined)
    return latest(source, entity, query, fields);
  const found: Found[] = [];
  const enough = enoughFor(entity, query, orderBy, conditions);
  for (const row of candidates(source.books, entity, conditions)) {
    const isSeen = row.created <= (source.createdUpTo ?? Infinity) && isVisible(row.body, conditions);
    if (isSeen && satisfies(entity, row.body, conditions)) found.push(sortable(entity, row, orderBy));
    if (found.length >= enough) break;
  }
  if (query.select === 'count') return { totalCount: found.length };
  const page = sorted(found, orderBy).slice(query.startPosition - 1, query.startPosition - 1 + query.maxResults);
  const bodies = page.map(({ id }) => source.present(entity, source.books.get(entity, id)!));
  return pageOf(entity, query, bodies, fields);
}

/** In the order of ids whatever follows a whole page is on a later one. */
function enoughFor(entity: EntityName, query: Query, orderBy: Query['orderBy'], conditions: Condition[]): number {
  const [only, more] = orderBy;
  const byId = only?.field === 'Id' && !only.descending && !more && isInIdOrder(entity);
  const isScan = conditions.every(({ field, operator }) => (operator !== '=' && operator !== 'IN') || field === 'Active');
  return query.select !== 'count' && byId && isScan && !isOfLastUpdate(conditions) ? query.startPosition - 1 + query.maxResults : Infinity;
}

const isOfLastUpdate = (conditions: Condition[]): boolean => conditions.some(({ field }) => field === 'MetaData.LastUpdatedTime');

function pageOf(entity: EntityName, query: Query, bodies: Entity[], fields: string[] | undefined): Draft {
  if (bodies.length === 0) return {};
  return { [entity]: bodies.map((body) => project(body, fields)), startPosition: query.startPosition, maxResults: bodies.length };
}

/** Transactions without a condition, in their default order: the index has it. */
function latest(source: QuerySource, entity: EntityName, query: Query, fields: string[] | undefined): Draft {
  const rows = source.books.rows(entity);
  if (query.select === 'count') return { totalCount: rows.count() };
  const limit = Math.min(query.startPosition - 1 + query.maxResults, rows.count());
  const page = rows.where({}, { orderBy: 'updated', desc: true, limit }).slice(query.startPosition - 1);
  return pageOf(
    entity,
    query,
    page.map(({ body }) => source.present(entity, body)),
    fields,
  );
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
  // Ids are numbers, save those of tax codes.
  if (field === 'Id') return /^\d+$/.test(String(value)) ? Number(value) : String(value);
  return field === 'DocNumber' ? String(value) : String(value).toLowerCase();
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

/** What is kept of a row while the others are looked at. */
interface Found {
  id: string;
  /** One per field of the order; without an order what the default one needs. */
  keys: Comparable[];
}

/** Default order, as recorded: transactions by last change, latest first; names and lists by full name in ASCII order. */
function sortable(entity: EntityName, row: Row, orderBy: Query['orderBy']): Found {
  const { id, body } = row;
  if (orderBy.length > 0)
    return { id, keys: orderBy.map(({ field }) => (field === 'Id' ? Number(id) : comparable(entity, field, read(body, field)))) };
  if (isTransaction(entity)) return { id, keys: [-row.updated] };
  return { id, keys: [String(body['FullyQualifiedName'] ?? body['DisplayName'] ?? body['Name'] ?? id)] };
}

function sorted(found: Found[], orderBy: Query['orderBy']): Found[] {
  return found.sort((a, b) => {
    for (const [index, left] of a.keys.entries()) {
      const order = compare(left, b.keys[index]!);
      if (order !== 0) return orderBy[index]?.descending ? -order : order;
    }
    return Number(a.id) - Number(b.id);
  });
}

function compare(left: Comparable, right: Comparable): number {
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
