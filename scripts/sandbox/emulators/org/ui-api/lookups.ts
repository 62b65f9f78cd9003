import { OrgFault } from '../errors.ts';
import type { ApiRequest, ApiResponse, OrgServices } from '../routes/api.ts';
import { objectFor } from '../routes/records.ts';
import { contextOf } from '../routes/api.ts';
import { nameFieldOf, readableRow, representRecord } from './record.ts';

const DEFAULT_PAGE = 25;

/** `GET /ui-api/lookups/Object/Field/Target?q=`: records whose name starts with or contains the text. Source: UI API guide, Lookups. */
export function lookUp(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const field = object.fields.get((params['field'] ?? '').toLowerCase());
  if (!field?.referenceTo)
    throw new OrgFault(400, 'INVALID_FIELD', `${params['field'] ?? ''} is not a lookup of ${object.name}`, { codeFirst: true });
  const target = objectFor(request, services, params['target'] ?? field.referenceTo[0] ?? '');
  const name = nameFieldOf(target)?.name ?? 'Id';
  const size = Number(request.query.get('pageSize') ?? DEFAULT_PAGE);
  const text = (request.query.get('q') ?? '').replace(/[\\%_]/g, '\\$&');
  const rows = services.data.query(
    `SELECT Id FROM ${target.name} WHERE ${name} LIKE :pattern ORDER BY ${name} LIMIT ${String(Math.min(Math.max(size, 1), 200))}`,
    contextOf(request, services),
    { pattern: `%${text}%` },
  );
  const context = { services, userId: request.userId };
  const records = rows.map((row) => {
    const { row: stored } = readableRow(context, String(row['Id']));
    return representRecord(context, target, stored, ['Id', name], []);
  });
  return {
    status: 200,
    body: {
      count: records.length,
      currentPageToken: '0',
      nextPageToken: null,
      previousPageToken: null,
      records,
      lookupResults: { [target.name]: { count: records.length, records } },
    },
  };
}
