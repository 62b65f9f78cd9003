import { OrgFault, notFound } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import { contextOf, objectBody } from '../routes/api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from '../routes/api.ts';
import { objectFor, ONE, toRow } from '../routes/records.ts';
import type { OrgObject } from '../schema/model.ts';
import { layoutBody, layoutFields } from './layout.ts';
import { lookUp } from './lookups.ts';
import { MASTER_RECORD_TYPE, objectInfo, picklistValues } from './object-info.ts';
import { nameFieldOf, readableRow, representRecord } from './record.ts';
import type { UiContext } from './record.ts';
import { relatedListRecords } from './related-list.ts';
import type { RelatedListRequest } from './related-list.ts';
import { listRecords } from './list-records.ts';
import { saved } from './writes.ts';

const ui = (request: ApiRequest, services: OrgServices): UiContext => ({ services, userId: request.userId });
const listOf = (request: ApiRequest, name: string): string[] =>
  (request.query.get(name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

function getRecord(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const context = ui(request, services);
  const { object, row } = readableRow(context, params['id'] ?? '');
  const fields = listOf(request, 'fields');
  const optional = listOf(request, 'optionalFields');
  const types = listOf(request, 'layoutTypes');
  if (fields.length + optional.length + types.length === 0)
    throw new OrgFault(400, 'INVALID_INPUT', 'Specify at least one of fields, optionalFields or layoutTypes', { codeFirst: true });
  const fromLayout = types.flatMap((type) => withParents(services, object, layoutFields(services.contents.layouts, object, type)));
  return { status: 200, body: representRecord(context, object, row, fields, [...optional, ...fromLayout]) };
}

/** A layout brings the names of its lookups along. */
function withParents(services: OrgServices, object: OrgObject, names: string[]): string[] {
  return names.flatMap((name) => {
    const field = object.fields.get(name.toLowerCase());
    const parent = services.data.schema.object(field?.referenceTo?.[0] ?? '');
    return field?.relationshipName && parent ? [name, `${field.relationshipName}.${nameFieldOf(parent)?.name ?? 'Id'}`] : [name];
  });
}

function represented(request: ApiRequest, services: OrgServices, object: OrgObject, id: string, fields: string[]): ApiResponse['body'] {
  const context = ui(request, services);
  const { row } = readableRow(context, id);
  return representRecord(
    context,
    object,
    row,
    [],
    withParents(services, object, [...layoutFields(services.contents.layouts, object, 'Full'), ...fields]),
  );
}

function createRecord(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const { apiName = '', fields = {} } = objectBody(request) as { apiName?: string; fields?: Record<string, unknown> };
  const object = objectFor(request, services, apiName);
  const [result] = services.data.insert([toRow(object, fields)], contextOf(request, services), ONE);
  return { status: 201, body: represented(request, services, object, saved(object, 'create', result), Object.keys(fields)) };
}

function updateRecord(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const { fields = {} } = objectBody(request) as { fields?: Record<string, unknown> };
  const { object, id, row } = readableRow(ui(request, services), params['id'] ?? '');
  const since = request.headers['if-unmodified-since'];
  if (since && Date.parse(String(row['LastModifiedDate'])) > Date.parse(since) + 999)
    throw new OrgFault(412, 'CONFLICT', 'The record has been modified since it was last read.', { codeFirst: true });
  const [result] = services.data.update([toRow(object, fields, id)], contextOf(request, services), ONE);
  return { status: 200, body: represented(request, services, object, saved(object, 'update', result), Object.keys(fields)) };
}

function deleteRecord(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const { object, id } = readableRow(ui(request, services), params['id'] ?? '');
  saved(object, 'delete', services.data.delete([toRow(object, {}, id)], contextOf(request, services), ONE)[0]);
  return { status: 204 };
}

function getObjectInfo(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  return { status: 200, body: objectInfo(services.data.schema, object, services.data.core.book.of(request.userId)) };
}

function getPicklistValues(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  if (params['recordType'] !== MASTER_RECORD_TYPE && params['recordType'] !== MASTER_RECORD_TYPE.slice(0, 15)) throw notFound();
  const base = `/services/data/v${request.version}/ui-api/object-info/${object.name}/picklist-values/${MASTER_RECORD_TYPE}`;
  const rights = services.data.core.book.of(request.userId);
  const lists = [...object.fields.values()].filter((field) => field.picklist && rights.readField(object, field));
  if (params['field'] === undefined)
    return {
      status: 200,
      body: {
        eTag: object.name,
        picklistFieldValues: Object.fromEntries(lists.map((field) => [field.name, picklistValues(field, `${base}/${field.name}`)])),
      },
    };
  const field = lists.find((one) => one.name.toLowerCase() === params['field']?.toLowerCase());
  if (!field) throw new OrgFault(400, 'INVALID_FIELD', `${params['field']} is not a picklist of ${object.name}`, { codeFirst: true });
  return { status: 200, body: picklistValues(field, `${base}/${field.name}`) };
}

function createDefaults(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  const rights = services.data.core.book.of(request.userId);
  const layout = layoutBody(services.contents.layouts, object, rights, 'Full', 'Create');
  const shown = layoutFields(services.contents.layouts, object, 'Full')
    .flatMap((name) => object.fields.get(name.toLowerCase()) ?? [])
    .filter((field) => rights.readField(object, field));
  const fields = Object.fromEntries(
    shown.map((field) => [
      field.name,
      { displayValue: null, value: field.defaultValue ?? field.picklist?.find((one) => one.isDefault)?.value ?? null },
    ]),
  );
  const record = {
    apiName: object.name,
    childRelationships: {},
    fields,
    id: null,
    lastModifiedById: null,
    lastModifiedDate: null,
    recordTypeId: MASTER_RECORD_TYPE,
    recordTypeInfo: null,
    systemModstamp: null,
  };
  return { status: 200, body: { layout, objectInfos: { [object.name]: objectInfo(services.data.schema, object, rights) }, record } };
}

function getLayout(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  return {
    status: 200,
    body: layoutBody(
      services.contents.layouts,
      object,
      services.data.core.book.of(request.userId),
      request.query.get('layoutType') ?? 'Full',
      request.query.get('mode') ?? 'View',
    ),
  };
}

function relatedList(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const size = request.query.get('pageSize');
  const asked: RelatedListRequest =
    request.method === 'POST'
      ? ((request.body ?? {}) as RelatedListRequest)
      : {
          fields: listOf(request, 'fields'),
          optionalFields: listOf(request, 'optionalFields'),
          sortBy: listOf(request, 'sortBy'),
          ...(size ? { pageSize: Number(size) } : {}),
          ...(request.query.get('pageToken') ? { pageToken: request.query.get('pageToken') ?? '0' } : {}),
        };
  return { status: 200, body: relatedListRecords(ui(request, services), params['parent'] ?? '', params['list'] ?? '', asked) };
}

function recordBatch(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const results = (params['ids'] ?? '').split(',').map((id) => {
    try {
      return { statusCode: 200, result: getRecord(request, { id: normaliseId(id) ?? id }, services).body };
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      return { statusCode: error.status, result: error.body() };
    }
  });
  return { status: 200, body: { hasErrors: results.some((one) => one.statusCode !== 200), results } };
}

export const uiApiRoutes: Route[] = [
  { method: 'GET', path: '/ui-api/records/:id', handler: getRecord, singleError: true },
  { method: 'GET', path: '/ui-api/records/batch/:ids', handler: recordBatch, singleError: true },
  { method: 'POST', path: '/ui-api/records', handler: createRecord, singleError: true },
  { method: 'PATCH', path: '/ui-api/records/:id', handler: updateRecord, singleError: true },
  { method: 'DELETE', path: '/ui-api/records/:id', handler: deleteRecord, singleError: true },
  { method: 'GET', path: '/ui-api/record-defaults/create/:object', handler: createDefaults, singleError: true },
  { method: 'GET', path: '/ui-api/object-info/:object', handler: getObjectInfo, singleError: true },
  { method: 'GET', path: '/ui-api/object-info/:object/picklist-values/:recordType', handler: getPicklistValues, singleError: true },
  { method: 'GET', path: '/ui-api/object-info/:object/picklist-values/:recordType/:field', handler: getPicklistValues, singleError: true },
  { method: 'GET', path: '/ui-api/related-list-records/:parent/:list', handler: relatedList, singleError: true },
  { method: 'POST', path: '/ui-api/related-list-records/:parent/:list', handler: relatedList, singleError: true },
  { method: 'GET', path: '/ui-api/layout/:object', handler: getLayout, singleError: true },
  {
    method: 'GET',
    path: '/ui-api/lookups/:object/:field',
    handler: (request, params, services) => lookUp(request, params, services),
    singleError: true,
  },
  {
    method: 'GET',
    path: '/ui-api/lookups/:object/:field/:target',
    handler: (request, params, services) => lookUp(request, params, services),
    singleError: true,
  },
  {
    method: 'POST',
    path: '/ui-api/list-records/:object/:list',
    handler: (request, params, services) => ({
      status: 200,
      body: listRecords(
        ui(request, services),
        objectFor(request, services, params['object'] ?? ''),
        params['list'] ?? '',
        (request.body ?? {}) as RelatedListRequest,
      ),
    }),
    singleError: true,
  },
];
