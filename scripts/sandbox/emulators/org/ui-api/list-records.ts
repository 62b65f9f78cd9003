import { filterSql } from '../dml/rollups.ts';
import { notFound, notImplemented } from '../errors.ts';
import type { ListView, OrgObject } from '../schema/model.ts';
import { sharingCondition } from '../access/sharing.ts';
import { dayIn } from '../soql/dates.ts';
import { quote } from '../store.ts';
import type { RelatedListRequest } from './related-list.ts';
import { nameFieldOf, representRecord } from './record.ts';
import type { UiContext, UiRecord } from './record.ts';

/** Metadata's own names for standard columns in list views. */
const COLUMN_NAMES: Record<string, string> = {
  NAME: 'Name',
  OBJECT_ID: 'Id',
  'OWNER.ALIAS': 'OwnerId',
  CREATEDBY_USER: 'CreatedById',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedById',
  CURRENCY_ISO_CODE: 'CurrencyIsoCode',
};

const fieldNamed = (object: OrgObject, column: string): string | undefined =>
  object.fields.get((COLUMN_NAMES[column.toUpperCase()] ?? column).toLowerCase())?.name;

/** Columns of a list view as field names; those the object lacks are left out. */
export const viewColumns = (object: OrgObject, view: ListView): string[] =>
  view.columns.flatMap((column) => fieldNamed(object, column) ?? []);

export const findView = (object: OrgObject, name: string): ListView | undefined =>
  object.listViews.find((view) => view.name.toLowerCase() === name.toLowerCase());

/** Rows of one of the package's list views, or of all records when no view is named. */
export function viewRecords(
  context: UiContext,
  object: OrgObject,
  view: ListView | undefined,
  fields: string[],
  limit: number,
): UiRecord[] {
  const { core } = context.services.data;
  const rights = core.book.of(context.userId);
  const params: (string | number)[] = [];
  const filters = (view?.filters ?? []).map((filter) =>
    filterSql(
      object,
      { ...filter, field: fieldNamed(object, filter.field) ?? filter.field },
      params,
      dayIn(context.services.clock.now(), context.services.timeZone),
    ),
  );
  const parts = ['d."IsDeleted" = 0'];
  if (filters.length) parts.push(joined(filters, view?.booleanFilter));
  if (view?.scope.toLowerCase() === 'mine') {
    parts.push('d."OwnerId" = ?');
    params.push(context.userId);
  }
  const shared = sharingCondition(core.schema, object, 'd', rights, 'read');
  if (shared) {
    parts.push(shared.sql);
    params.push(...shared.params.map(() => context.userId));
  }
  const name = nameFieldOf(object)?.name ?? 'Id';
  const order = object.fields.has('lastmodifieddate') ? 'd."LastModifiedDate" DESC, d."Id" DESC' : `d.${quote(name)}`;
  const rows = core.store
    .prepare(`SELECT * FROM ${quote(object.name)} d WHERE ${parts.join(' AND ')} ORDER BY ${order} LIMIT ? + 0`)
    .all(...params, limit);
  return rows.map((row) => representRecord(context, object, row, [], ['Id', name, ...fields]));
}

/** Rows of filters by their logic, such as `1 AND (2 OR 3)`; all of them when there is none. */
function joined(filters: string[], logic: string | undefined): string {
  if (!logic) return filters.join(' AND ');
  // A filter out of order would shift the parameters.
  const used = [...logic.matchAll(/\d+/g)].map((match) => Number(match[0]));
  if (!used.every((number, index) => number === index + 1))
    throw notImplemented('Filter logic that repeats or reorders filters in a list view');
  return `(${logic.replace(/\d+/g, (number) => filters[Number(number) - 1] ?? '1')})`;
}

/** `POST /ui-api/list-records/X/View`. Source: UI API guide, List Records. */
export function listRecords(context: UiContext, object: OrgObject, name: string, asked: RelatedListRequest): Record<string, unknown> {
  const view = findView(object, name);
  if (!view) throw notFound();
  const size = Math.min(asked.pageSize ?? 50, 2000);
  const records = viewRecords(
    context,
    object,
    view,
    [...viewColumns(object, view), ...(asked.fields ?? []), ...(asked.optionalFields ?? [])],
    size,
  );
  return {
    count: records.length,
    currentPageToken: '0',
    fields: asked.fields ?? [],
    listReference: { id: null, listViewApiName: view.name, objectApiName: object.name, type: 'listView' },
    nextPageToken: null,
    optionalFields: asked.optionalFields ?? [],
    pageSize: size,
    previousPageToken: null,
    records,
    sortBy: [],
  };
}
