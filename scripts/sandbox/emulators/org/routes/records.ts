import { mayAccess } from '../access/sharing.ts';
import type { DmlOptions, SaveResult, SObjectRow } from '../data.ts';
import { findByKey } from '../dml/input.ts';
import { errorBodies, notFound, OrgFault, statusOf } from '../errors.ts';
import { outRow } from '../formatters.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import { contextOf, objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';

export const ONE: DmlOptions = { allOrNone: true, accessLevel: 'user' };

/** The object a path names, if the user may know of it. */
export function objectFor(request: ApiRequest, services: OrgServices, name: string): OrgObject {
  const object = services.data.schema.object(name);
  if (!object) throw notFound();
  const right = services.data.core.book.of(request.userId).object(object);
  if (!right.read && !right.create) throw notFound();
  return object;
}

export function toRow(object: OrgObject, body: Record<string, unknown>, id?: string): SObjectRow {
  return { ...body, attributes: { type: object.name }, ...(id === undefined ? {} : { Id: id }) };
}

export function refusedAnswer(result: SaveResult): ApiResponse {
  return { status: statusOf(result.errors[0]?.statusCode ?? ''), body: errorBodies(result.errors) };
}

function create(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const row = toRow(object, objectBody(request));
  if (object.kind === 'event') return published(services.data.publish([row], contextOf(request, services))[0]);
  if ('Id' in row || 'id' in row) throw new OrgFault(400, 'INVALID_FIELD', 'cannot specify Id in an insert call', { fields: ['Id'] });
  const [result] = services.data.insert([row], contextOf(request, services), ONE);
  if (!result?.success) return refusedAnswer(result ?? { success: false, errors: [] });
  return {
    status: 201,
    headers: { Location: `/services/data/v${request.version}/sobjects/${object.name}/${result.id ?? ''}` },
    body: { id: result.id, success: true, errors: [] },
  };
}

export function published(result: SaveResult | undefined): ApiResponse {
  if (!result?.success) return refusedAnswer(result ?? { success: false, errors: [] });
  return {
    status: 201,
    body: {
      id: result.id,
      success: true,
      errors: result.errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
    },
  };
}

function read(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const written = params['id'] ?? '';
  const id = normaliseId(written);
  if (id === undefined || !id.startsWith(object.keyPrefix))
    throw notFound(`Provided external ID field does not exist or is not accessible: ${written}`);
  return { status: 200, body: recordBody(request, services, object, id) };
}

/** All readable fields of a record, or the ones asked for. */
function recordBody(request: ApiRequest, services: OrgServices, object: OrgObject, id: string): Record<string, unknown> {
  const { core } = services.data;
  const row = core.store.get(object, id);
  if (!row) throw notFound();
  if (row['IsDeleted'] === 1) throw new OrgFault(404, 'ENTITY_IS_DELETED', 'entity is deleted', { fields: [] });
  if (!mayAccess(core.schema, core.store, core.book, request.userId, object, id, 'read')) throw notFound();
  const rights = core.book.of(request.userId);
  const asked = request.query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim());
  const fields = asked
    ? asked.map((name) => askedField(object, name, (field) => rights.readField(object, field)))
    : [...object.fields.values()].filter((field) => rights.readField(object, field));
  const values = outRow(object, row);
  const context = { userId: request.userId, now: services.clock.now() };
  const body: Record<string, unknown> = {
    attributes: { type: object.name, url: `/services/data/v${request.version}/sobjects/${object.name}/${id}` },
  };
  for (const field of fields)
    body[field.name] = core.formulas.isComputed(object, field) ? core.formulas.value(object, field, row, context) : values[field.name];
  body['Id'] = id;
  return body;
}

function askedField(object: OrgObject, name: string, readable: (field: OrgField) => boolean): OrgField {
  const field = object.fields.get(name.toLowerCase());
  if (!field || !readable(field)) throw new OrgFault(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  return field;
}

function update(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const row = toRow(object, objectBody(request), params['id']);
  const [result] = services.data.update([row], contextOf(request, services), ONE);
  return result?.success ? { status: 204 } : refusedAnswer(result ?? { success: false, errors: [] });
}

function remove(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const [result] = services.data.delete([toRow(object, {}, params['id'])], contextOf(request, services), ONE);
  return result?.success ? { status: 204 } : refusedAnswer(result ?? { success: false, errors: [] });
}

function keyField(
  request: ApiRequest,
  services: OrgServices,
  params: Record<string, string>,
): { object: OrgObject; field: OrgField; ids: string[] } {
  const object = objectFor(request, services, params['object'] ?? '');
  const name = params['field'] ?? '';
  const field = object.fields.get(name.toLowerCase());
  if (!field || !(field.externalId || field.type === 'id'))
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  const { core } = services.data;
  const work = {
    core,
    userId: request.userId,
    now: services.clock.now(),
    access: 'user' as const,
    stale: new Map<string, never>(),
    changes: [],
  };
  const ids = field.type === 'id' ? [normaliseId(params['value']) ?? ''] : findByKey(work, object, field, params['value']);
  return { object, field, ids };
}

/** More than one record with this key: their addresses, and status 300. */
const choices = (request: ApiRequest, object: OrgObject, ids: string[]): ApiResponse => ({
  status: 300,
  body: ids.map((id) => `/services/data/v${request.version}/sobjects/${object.name}/${id}`),
});

function readByKey(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const { object, ids } = keyField(request, services, params);
  if (ids.length > 1) return choices(request, object, ids);
  if (ids[0] === undefined) throw notFound();
  return { status: 200, body: recordBody(request, services, object, ids[0]) };
}

function upsertByKey(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const { object, field, ids } = keyField(request, services, params);
  if (ids.length > 1) return choices(request, object, ids);
  const body = objectBody(request);
  if (Object.keys(body).some((name) => name.toLowerCase() === field.name.toLowerCase()))
    throw new OrgFault(400, 'INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
  const [result] = services.data.upsert([toRow(object, { ...body, [field.name]: params['value'] })], contextOf(request, services), {
    ...ONE,
    externalIdField: field.name,
  });
  if (!result?.success) return refusedAnswer(result ?? { success: false, errors: [] });
  return { status: result.created ? 201 : 200, body: { id: result.id, success: true, errors: [], created: result.created } };
}

function removeByKey(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const { object, ids } = keyField(request, services, params);
  if (ids.length > 1) return choices(request, object, ids);
  if (ids[0] === undefined) throw notFound();
  const [result] = services.data.delete([toRow(object, {}, ids[0])], contextOf(request, services), ONE);
  return result?.success ? { status: 204 } : refusedAnswer(result ?? { success: false, errors: [] });
}

export const recordRoutes: Route[] = [
  { method: 'POST', path: '/sobjects/:object', handler: create },
  { method: 'GET', path: '/sobjects/:object/:id', handler: read },
  { method: 'PATCH', path: '/sobjects/:object/:id', handler: update },
  { method: 'DELETE', path: '/sobjects/:object/:id', handler: remove },
  { method: 'GET', path: '/sobjects/:object/:field/:value', handler: readByKey },
  { method: 'PATCH', path: '/sobjects/:object/:field/:value', handler: upsertByKey },
  { method: 'DELETE', path: '/sobjects/:object/:field/:value', handler: removeByKey },
];
