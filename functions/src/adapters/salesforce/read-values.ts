import type { Described } from '../../domain/map-fields/described.ts';
import type { ReadValues, Values, ValuesWanted } from '../../domain/map-fields/source-values.ts';
import type { Root } from '../../domain/map-fields/source-path.ts';
import type { Row } from './client.ts';
import { quote, quoteAll, toId18 } from './soql.ts';
import { children, decimalText } from './translate.ts';

const LINES: Record<string, string> = { Opportunity: 'OpportunityLineItems', Order: 'OrderItems', Quote: 'QuoteLineItems' };

/** One query for each record that is read, five at most: what a composite call takes. */
export function valueQueries(wanted: ValuesWanted): Record<string, string> {
  // Two writings of one name are one field: SOQL refuses it twice.
  const fieldsOf = (root: Root) => {
    const all = ['Id', ...wanted.places.filter((place) => place.root === root).map(({ field }) => field)];
    return [...new Map(all.map((field) => [field.toLowerCase(), field])).values()];
  };
  const asked = (root: Root) => wanted.places.some((place) => place.root === root);
  const one = (root: Root, object: string, id: string | null): [string, string][] =>
    id !== null && asked(root) ? [[root, `SELECT ${fieldsOf(root).join(', ')} FROM ${object} WHERE Id = ${quote(id)}`]] : [];
  const lines = LINES[wanted.sourceType];
  const ofLines = lines && asked('source-line') ? `, (SELECT ${fieldsOf('source-line').join(', ')} FROM ${lines})` : '';
  const source = asked('source') || ofLines !== '';
  return Object.fromEntries([
    ...one('account', 'Account', wanted.accountId),
    ...one('contact', 'Contact', wanted.contactId),
    ...one('opportunity', 'Opportunity', wanted.opportunityId),
    ...(source
      ? [['source', `SELECT ${fieldsOf('source').join(', ')}${ofLines} FROM ${wanted.sourceType} WHERE Id = ${quote(wanted.sourceId)}`]]
      : []),
    ...(asked('product') && wanted.productIds.length > 0
      ? [['product', `SELECT ${fieldsOf('product').join(', ')} FROM Product2 WHERE Id IN (${quoteAll(wanted.productIds)})`]]
      : []),
  ]);
}

/** The rows as texts by path. */
export function takeValues(wanted: ValuesWanted, rows: Record<string, Row[]>, unreadable: readonly Described[]): ReadValues {
  const fieldsOf = (root: Root) => wanted.places.filter((place) => place.root === root).map(({ field }) => field);
  const compound = new Set<string>();
  const read = (root: Root, row: Row | undefined): Values | null =>
    row ? Object.fromEntries(fieldsOf(root).map((field) => [field, textAt(row, field, () => compound.add(`${root}:${field}`))])) : null;
  const byId = (root: Root, all: Row[]): Record<string, Values> =>
    Object.fromEntries(all.map((row) => [toId18(String(row.Id)), read(root, row) ?? {}]));
  const [source] = rows['source'] ?? [];
  const values = {
    account: read('account', rows['account']?.[0]),
    contact: read('contact', rows['contact']?.[0]),
    opportunity: read('opportunity', rows['opportunity']?.[0]),
    source: read('source', source),
    products: byId('product', rows['product'] ?? []),
    sourceLines: source ? byId('source-line', children(source, LINES[wanted.sourceType] ?? '')) : {},
  };
  const parts = wanted.places.filter(({ root, field }) => compound.has(`${root}:${field}`));
  return { ...values, unreadable: [...unreadable, ...parts].map(({ object, field }) => ({ object, field })) };
}

/** Names count without case, as in SOQL. `isCompound`: an address or location, which has no text of its own. */
function textAt(row: Row, path: string, isCompound: () => void): string {
  let value: unknown = row;
  for (const name of path.split('.')) {
    const held = value as Row | null | undefined;
    const key = held && Object.keys(held).find((each) => each.toLowerCase() === name.toLowerCase());
    value = key ? held[key] : null;
    if (value === null || value === undefined) return '';
  }
  if (typeof value === 'object') isCompound();
  return typeof value === 'number' ? decimalText(value) : typeof value === 'object' ? '' : String(value);
}
