import type { Collection } from '../../core/store.ts';
import type { EntityName } from '../entities.ts';
import { isNameEntity, isTransaction } from '../entities.ts';
import { scan } from '../scan.ts';
import type { Books, Row } from '../store.ts';
import type { Condition } from './parse.ts';

const INDEXED: [field: string, column: 'id' | 'number' | 'name' | 'customer'][] = [
  ['Id', 'id'],
  ['DocNumber', 'number'],
  ['DisplayName', 'name'],
  ['Name', 'name'],
  ['CustomerRef', 'customer'],
];
const PAGE = 500;

/** Ids of these are given in the order in which the documents come, which is the order they are kept in. */
export const isInIdOrder = (entity: EntityName): boolean => isTransaction(entity) || isNameEntity(entity);

/** Rows that an index narrows down, or all; read in pages, so that a large company is never in memory at once. */
export function candidates(books: Books, entity: EntityName, conditions: Condition[]): Iterable<Row> {
  const rows = books.rows(entity);
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
  const since = conditions.find(({ field, operator }) => field === 'MetaData.LastUpdatedTime' && operator.startsWith('>'));
  if (since) return changedSince(rows, Date.parse(String(since.values[0])));
  const later = conditions.find(({ field, operator }) => field === 'Id' && operator === '>');
  const from = later && isInIdOrder(entity) ? rows.get(String(later.values[0]))?.id : undefined;
  return scan(rows, {}, from);
}

/** Rows changed at or after a moment, latest first. */
export function* changedSince(rows: Collection<Row>, moment: number): Generator<Row, void> {
  let after: string | undefined;
  for (;;) {
    const page = rows.where({}, { orderBy: 'updated', desc: true, limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const row of page) {
      if (row.updated < moment) return;
      yield row;
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
