import { mayAccess } from '../access/sharing.ts';
import type { DmlError, DmlOptions, SaveResult, SObjectRow } from '../data.ts';
import { OrgFault, notFound } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import { contextOf, objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { objectFor } from './records.ts';

const MOST_RECORDS = 200;
const MOST_READ = 2000;

interface CollectionBody {
  allOrNone?: boolean;
  records?: (Record<string, unknown> & { attributes?: { type?: string } })[];
}

function rowsOf(
  request: ApiRequest,
  services: OrgServices,
  typeOf: (record: Record<string, unknown> & { attributes?: { type?: string } }) => string | undefined,
): { rows: SObjectRow[]; options: DmlOptions } {
  const { allOrNone = false, records = [] } = objectBody(request) as CollectionBody;
  if (records.length > MOST_RECORDS)
    throw new OrgFault(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${String(MOST_RECORDS)} records into this call`,
    );
  const rows = records.map((record) => {
    const type = typeOf(record);
    if (type === undefined) throw new OrgFault(400, 'INVALID_INPUT', 'Include the attributes type for each record');
    const { id, ...rest } = record as Record<string, unknown> & { id?: unknown };
    return {
      ...rest,
      attributes: { type: objectFor(request, services, type).name },
      ...(id === undefined ? {} : { Id: id as string }),
    } as SObjectRow;
  });
  return { rows, options: { allOrNone, accessLevel: 'user' } };
}

/** Saved rows have id, success, errors; upserts also created. Refused rows have no id. */
function resultBodies(results: SaveResult[]): Record<string, unknown>[] {
  return results.map((result) => ({
    ...(result.id && result.success ? { id: result.id } : {}),
    success: result.success,
    errors: result.errors.map(({ statusCode, message, fields }: DmlError) => ({ statusCode, message, fields })),
    ...(result.created === undefined ? {} : { created: result.created }),
  }));
}

const ownType = (record: { attributes?: { type?: string } }): string | undefined => record.attributes?.type;

function create(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const { rows, options } = rowsOf(request, services, ownType);
  const context = contextOf(request, services);
  const events = rows.filter((row) => services.data.schema.object(row.attributes.type)?.kind === 'event');
  if (events.length && events.length < rows.length)
    throw new OrgFault(400, 'INVALID_INPUT', 'platform events and records cannot be mixed in one call');
  return {
    status: 200,
    body: resultBodies(events.length ? services.data.publish(rows, context) : services.data.insert(rows, context, options)),
  };
}

function update(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const { rows, options } = rowsOf(request, services, ownType);
  return { status: 200, body: resultBodies(services.data.update(rows, contextOf(request, services), options)) };
}

function upsert(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const { rows, options } = rowsOf(request, services, () => object.name);
  return {
    status: 200,
    body: resultBodies(services.data.upsert(rows, contextOf(request, services), { ...options, externalIdField: params['field'] ?? 'Id' })),
  };
}

function remove(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const ids = (request.query.get('ids') ?? '').split(',').filter(Boolean);
  if (ids.length > MOST_RECORDS)
    throw new OrgFault(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${String(MOST_RECORDS)} records into this call`,
    );
  const rows = ids.map((id): SObjectRow => {
    const object = services.data.schema.byKeyPrefix(id.slice(0, 3));
    if (!object) throw new OrgFault(400, 'MALFORMED_ID', `malformed id ${id}`);
    return { attributes: { type: object.name }, Id: id };
  });
  return {
    status: 200,
    body: resultBodies(
      services.data.delete(rows, contextOf(request, services), {
        allOrNone: request.query.get('allOrNone') === 'true',
        accessLevel: 'user',
      }),
    ),
  };
}

/** Several records of one object by id; null where there is none to see. */
function read(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const body =
    request.method === 'POST'
      ? (objectBody(request) as { ids?: string[]; fields?: string[] })
      : { ids: request.query.get('ids')?.split(','), fields: request.query.get('fields')?.split(',') };
  const ids = (body.ids ?? []).map((id) => normaliseId(id) ?? '');
  if (ids.length > MOST_READ)
    throw new OrgFault(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${String(MOST_READ)} records into this call`,
    );
  if (!body.fields?.length) throw notFound();
  const { core } = services.data;
  const seen = ids.filter(
    (id) => id.startsWith(object.keyPrefix) && mayAccess(core.schema, core.store, core.book, request.userId, object, id, 'read'),
  );
  const names = [...new Set(['Id', ...body.fields])].map((name) => object.fields.get(name.toLowerCase())?.name ?? name);
  const rows = seen.length
    ? services.data.query(`SELECT ${[...new Set(names)].join(', ')} FROM ${object.name} WHERE Id IN :ids`, contextOf(request, services), {
        ids: seen,
      })
    : [];
  const byId = new Map(rows.map((row) => [row['Id'], row]));
  return { status: 200, body: ids.map((id) => byId.get(id) ?? null) };
}

export const collectionRoutes: Route[] = [
  { method: 'POST', path: '/composite/sobjects', handler: create },
  { method: 'PATCH', path: '/composite/sobjects', handler: update },
  { method: 'DELETE', path: '/composite/sobjects', handler: remove },
  { method: 'PATCH', path: '/composite/sobjects/:object/:field', handler: upsert },
  { method: 'GET', path: '/composite/sobjects/:object', handler: read },
  { method: 'POST', path: '/composite/sobjects/:object', handler: read },
];
