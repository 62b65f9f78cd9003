import { OrgFault, notImplemented } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgObject } from '../schema/model.ts';
import { readableRow, representRecord } from './record.ts';
import type { UiContext, UiRecord } from './record.ts';

export interface RelatedListRequest {
  fields?: string[];
  optionalFields?: string[];
  pageSize?: number;
  pageToken?: string;
  sortBy?: string[];
  where?: string | null;
}

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1999;

/** Rows of a related list. Shape as documented; no recording exists. Source: UI API guide, "Get Related List Records". */
export function relatedListRecords(
  context: UiContext,
  parentId: string,
  listId: string,
  asked: RelatedListRequest,
): Record<string, unknown> {
  const { schema, core } = context.services.data;
  const { object: parent, id } = readableRow(context, parentId);
  const relation = schema.children(parent.name).find((one) => one.name?.toLowerCase() === listId.toLowerCase());
  const child = relation && schema.object(relation.childObject);
  if (!relation || !child || !core.book.of(context.userId).object(child).read)
    throw new OrgFault(400, 'INVALID_TYPE', `The related list ${listId} doesn't exist on ${parent.name} or you don't have access to it.`, {
      codeFirst: true,
    });
  if (asked.where && Object.keys(JSON.parse(asked.where) as object).length) throw notImplemented('A where clause on a related list');
  const size = Math.min(Math.max(asked.pageSize ?? DEFAULT_PAGE, 1), LARGEST_PAGE);
  const from = Number(asked.pageToken ?? 0);
  const records = childRecords(context, child, `${relation.field} = '${id}'`, asked, size + 1, from);
  const page = records.slice(0, size);
  return {
    count: page.length,
    currentPageToken: String(from),
    currentPageUrl: `/services/data/v66.0/ui-api/related-list-records/${id}/${listId}?pageSize=${String(size)}&pageToken=${String(from)}`,
    fields: asked.fields ?? [],
    listInfoETag: `${child.name}-${listId}`,
    listReference: {
      id: null,
      inContextOfRecordId: id,
      parentObjectApiName: parent.name,
      recordTypeId: null,
      relatedListId: relation.name,
      type: 'relatedList',
    },
    nextPageToken: records.length > size ? String(from + size) : null,
    nextPageUrl: null,
    optionalFields: asked.optionalFields ?? [],
    pageSize: size,
    previousPageToken: from > 0 ? String(Math.max(from - size, 0)) : null,
    previousPageUrl: null,
    records: page,
    sortBy: asked.sortBy ?? [],
  };
}

/** Records the user may see, represented. `condition` is SOQL made here, never a caller's text. */
export function childRecords(
  context: UiContext,
  object: OrgObject,
  condition: string,
  asked: RelatedListRequest,
  limit: number,
  offset = 0,
): UiRecord[] {
  const { data, clock } = context.services;
  const strict = asked.fields ?? [];
  const order = (asked.sortBy ?? []).map((term) => sortTerm(object, term)).join(', ');
  const soql = `SELECT Id FROM ${object.name} WHERE ${condition}${order ? ` ORDER BY ${order}` : ''} LIMIT ${String(limit)} OFFSET ${String(offset)}`;
  const rows = data.query(soql, { userId: context.userId, now: clock.now(), accessLevel: 'user' });
  return rows.map((row) => {
    const id = normaliseId(row['Id']) ?? '';
    const stored = data.core.store.get(object, id);
    if (!stored) throw new Error(`the record ${id} went away while it was read`);
    return representRecord(context, object, stored, ['Id', ...strict], asked.optionalFields ?? []);
  });
}

/** `-Object.Field` or `Field`: only real fields get into the query. */
function sortTerm(object: OrgObject, term: string): string {
  const descending = term.startsWith('-');
  const names = term.replace(/^-/, '').split('.');
  if (names[0]?.toLowerCase() === object.name.toLowerCase()) names.shift();
  if (!names.length || !names.every((name) => /^\w+$/.test(name)))
    throw new OrgFault(400, 'INVALID_FIELD', `cannot sort by ${term}`, { codeFirst: true });
  return `${names.join('.')} ${descending ? 'DESC' : 'ASC'}`;
}
