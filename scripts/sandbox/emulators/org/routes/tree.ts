import type { SObjectRow } from '../data.ts';
import { OrgFault } from '../errors.ts';
import { contextOf, objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { objectFor } from './records.ts';

type TreeRecord = Record<string, unknown> & { attributes: { type: string; referenceId: string } };

const MOST_RECORDS = 200;
const DEEPEST = 5;

interface Outcome {
  results: { referenceId: string; id: string }[];
  errors: { referenceId: string; errors: { statusCode: string; message: string; fields: string[] }[] }[];
}

/** `POST /composite/tree/Object`: parents with their children, all or none. Source: REST API guide, sObject Tree. */
function createTree(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const root = objectFor(request, services, params['object'] ?? '');
  const { records = [] } = objectBody(request) as { records?: TreeRecord[] };
  const outcome: Outcome = { results: [], errors: [] };
  const point = services.data.savepoint();
  try {
    for (const record of records) insertBranch(request, services, root.name, record, {}, 1, outcome);
  } catch (error) {
    point.rollback();
    throw error;
  }
  if (outcome.errors.length) {
    point.rollback();
    return { status: 400, body: { hasErrors: true, results: outcome.errors } };
  }
  point.release();
  return { status: 201, body: { hasErrors: false, results: outcome.results } };
}

function insertBranch(
  request: ApiRequest,
  services: OrgServices,
  type: string,
  record: TreeRecord,
  link: Record<string, string>,
  depth: number,
  outcome: Outcome,
): void {
  if (depth > DEEPEST) throw new OrgFault(400, 'INVALID_INPUT', `The tree is deeper than ${String(DEEPEST)} levels`);
  if (outcome.results.length >= MOST_RECORDS)
    throw new OrgFault(400, 'INVALID_INPUT', `The tree has more than ${String(MOST_RECORDS)} records`);
  const object = objectFor(request, services, record.attributes?.type ?? type);
  const own: SObjectRow = { attributes: { type: object.name }, ...link };
  const branches: { child: string; field: string; records: TreeRecord[] }[] = [];
  for (const [key, value] of Object.entries(record)) {
    if (key === 'attributes') continue;
    const children = (value as { records?: TreeRecord[] } | null)?.records;
    const relation = Array.isArray(children) ? services.data.schema.children(object.name).find((one) => one.name === key) : undefined;
    if (relation) branches.push({ child: relation.childObject, field: relation.field, records: children ?? [] });
    else own[key] = value;
  }
  const [result] = services.data.insert([own], contextOf(request, services), { allOrNone: true, accessLevel: 'user' });
  if (!result?.success || !result.id) {
    outcome.errors.push({
      referenceId: record.attributes.referenceId,
      errors: (result?.errors ?? []).map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
    });
    return;
  }
  outcome.results.push({ referenceId: record.attributes.referenceId, id: result.id });
  for (const branch of branches)
    for (const one of branch.records) insertBranch(request, services, branch.child, one, { [branch.field]: result.id }, depth + 1, outcome);
}

export const treeRoutes: Route[] = [{ method: 'POST', path: '/composite/tree/:object', handler: createTree }];
