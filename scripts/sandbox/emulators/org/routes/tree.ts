import type { SObjectRow } from '../data.ts';
import { contextOf, objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { objectFor } from './records.ts';

type TreeRecord = Record<string, unknown> & { attributes: { type: string; referenceId: string } };

const MOST_RECORDS = 200;
const DEEPEST = 5;
const MOST_TYPES = 5;

interface Outcome {
  results: { referenceId: string; id: string }[];
  errors: { referenceId: string; errors: { statusCode: string; message: string; fields: string[] }[] }[];
}

/** `POST /composite/tree/Object`: parents with their children, all or none. Source: REST API guide, sObject Tree. */
function createTree(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const root = objectFor(request, services, params['object'] ?? '');
  const { records = [] } = objectBody(request) as { records?: TreeRecord[] };
  const outcome: Outcome = { results: [], errors: checkShape(services, root.name, records) };
  if (outcome.errors.length) return refused(outcome);
  const point = services.data.savepoint();
  try {
    for (const record of records) insertBranch(request, services, root.name, record, {}, outcome);
  } catch (error) {
    point.rollback();
    throw error;
  }
  if (outcome.errors.length) {
    point.rollback();
    return refused(outcome);
  }
  point.release();
  return { status: 201, body: { hasErrors: false, results: outcome.results } };
}

const refused = (outcome: Outcome): ApiResponse => ({ status: 400, body: { hasErrors: true, results: outcome.errors } });

/** Limits and reference ids of the whole tree, before anything is saved. Limits are documented; texts of limits are assumed. */
function checkShape(services: OrgServices, rootType: string, roots: TreeRecord[]): Outcome['errors'] {
  const errors: Outcome['errors'] = [];
  const seen = new Set<string>();
  const types = new Set<string>();
  let count = 0;
  const wrong = (referenceId: string, message: string): void =>
    void errors.push({ referenceId, errors: [{ statusCode: 'INVALID_INPUT', message, fields: [] }] });
  const visit = (record: TreeRecord, type: string, depth: number): void => {
    const referenceId = record.attributes?.referenceId;
    count += 1;
    types.add(type.toLowerCase());
    if (depth === DEEPEST + 1) wrong(referenceId ?? '', `The tree is deeper than ${String(DEEPEST)} levels`);
    if (typeof referenceId !== 'string' || !/^[A-Za-z0-9]/.test(referenceId))
      wrong(referenceId ?? '', 'Include a reference ID for each record in the request.');
    else if (seen.has(referenceId)) wrong(referenceId, 'Duplicate ReferenceId provided in the request.');
    else seen.add(referenceId);
    for (const branch of branchesOf(services, type, record)) for (const child of branch.records) visit(child, branch.child, depth + 1);
  };
  for (const record of roots) {
    if (record.attributes?.type !== undefined && record.attributes.type.toLowerCase() !== rootType.toLowerCase())
      wrong(record.attributes.referenceId, `The record's type is not ${rootType}`);
    visit(record, rootType, 1);
  }
  if (count > MOST_RECORDS) wrong('', `The tree has more than ${String(MOST_RECORDS)} records`);
  if (types.size > MOST_TYPES) wrong('', `The tree has records of more than ${String(MOST_TYPES)} types`);
  return errors;
}

interface Branch {
  key: string;
  child: string;
  field: string;
  records: TreeRecord[];
}

/** The children a record brings along, by their relationships' names. */
function branchesOf(services: OrgServices, type: string, record: TreeRecord): Branch[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const records = (value as { records?: TreeRecord[] } | null)?.records;
    const relation = Array.isArray(records)
      ? services.data.schema.children(type).find((one) => one.name?.toLowerCase() === key.toLowerCase())
      : undefined;
    return relation ? [{ key, child: relation.childObject, field: relation.field, records: records ?? [] }] : [];
  });
}

function insertBranch(
  request: ApiRequest,
  services: OrgServices,
  type: string,
  record: TreeRecord,
  link: Record<string, string>,
  outcome: Outcome,
): void {
  const object = objectFor(request, services, type);
  const branches = branchesOf(services, object.name, record);
  const taken = new Set(['attributes', ...branches.map((branch) => branch.key)]);
  const fields = Object.entries(record).filter(([key]) => !taken.has(key));
  const own: SObjectRow = { ...Object.fromEntries(fields), attributes: { type: object.name }, ...link };
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
    for (const one of branch.records) insertBranch(request, services, branch.child, one, { [branch.field]: result.id }, outcome);
}

export const treeRoutes: Route[] = [{ method: 'POST', path: '/composite/tree/:object', handler: createTree }];
