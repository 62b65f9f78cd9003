import { spend } from '../apex/evaluate/limits.ts';
import { OrgFault } from '../errors.ts';
import type { SaveResult, SObjectRow } from '../data.ts';
import { writeReference } from './assign.ts';
import type { FlowElement, FlowRecord, FlowValue } from './definition.ts';
import { findRecords } from './find-records.ts';
import { fault } from './interview.ts';
import type { Interview } from './interview.ts';
import type { ReferenceReader } from './references.ts';
import { contextOf } from './world.ts';
import type { FlowTransaction, FlowWorld } from './world.ts';

type SaveElement = Extract<FlowElement, { kind: 'create' | 'update' | 'delete' }>;

/** One interview at a saving element, with the rows it wants saved. */
interface Wanted {
  interview: Interview;
  element: SaveElement;
  rows: SObjectRow[];
}

const WORDS = { create: 'create', update: 'update', delete: 'delete' } as const;
const VERBS = { create: 'insert', update: 'update', delete: 'delete' } as const;

/** What the flow's owner and `$Flow.FaultMessage` read of a failed save. */
function explained(kind: SaveElement['kind'], result: SaveResult): string {
  const error = result.errors[0];
  return `This error occurred when the flow tried to ${WORDS[kind]} records: ${error?.statusCode}: ${error?.message}. You can look up ExceptionCode values in the SOAP API Developer Guide.`;
}

/** Runs a saving element for all interviews that wait at it, as one statement where each saves one record. */
export async function runSaves(
  element: SaveElement,
  interviews: Interview[],
  readerOf: (interview: Interview) => ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): Promise<void> {
  await transaction.transaction.beginWrite();
  const wanted = interviews.map((interview): Wanted => ({
    interview,
    element,
    rows: rowsOf(element, interview, readerOf(interview), transaction, world),
  }));
  const together = wanted.every((one) => one.rows.length === 1);
  for (const group of together ? [wanted] : wanted.map((one) => [one])) saveGroup(group, together && group.length > 1, transaction, world);
}

function saveGroup(group: Wanted[], rowByRow: boolean, transaction: FlowTransaction, world: FlowWorld): void {
  const [first] = group;
  const rows = group.flatMap((one) => one.rows);
  if (!first) return;
  const results = rows.length === 0 ? [] : save(first, rows, rowByRow, transaction, world);
  let from = 0;
  for (const one of group) {
    settle(one, results.slice(from, from + one.rows.length));
    from += one.rows.length;
  }
}

function save(first: Wanted, rows: SObjectRow[], rowByRow: boolean, transaction: FlowTransaction, world: FlowWorld): SaveResult[] {
  spend(transaction.limits, 'dmlStatements');
  spend(transaction.limits, 'dmlRows', rows.length);
  const context = contextOf(first.interview.flow, transaction, world);
  try {
    return world.data[VERBS[first.element.kind]](rows, context, { allOrNone: !rowByRow, accessLevel: first.interview.flow.accessLevel });
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    return rows.map(() => ({
      success: false,
      errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields ?? [] }],
    }));
  }
}

function settle(wanted: Wanted, results: SaveResult[]): void {
  const { element, interview, rows } = wanted;
  const failed = results.find((result) => !result.success && result.errors[0]?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
  if (failed) return fault(interview, element, explained(element.kind, failed));
  interview.at = element.next;
  if (element.kind !== 'create') return;
  const ids = results.map((result) => result.id ?? null);
  if (element.fromReference) rows.forEach((_, index) => giveId(interview, element.fromReference ?? '', index, ids[index] ?? null));
  if (element.storeOutput) interview.variables.set(element.name, ids[0] ?? null);
  if (element.idTo) writeReference(interview, element.idTo, ids[0] ?? null);
}

function giveId(interview: Interview, name: string, index: number, id: string | null): void {
  const held = interview.variables.get(name);
  const record = Array.isArray(held) ? held[index] : held;
  if (record && typeof record === 'object' && !Array.isArray(record)) record['Id'] = id;
}

function rowsOf(
  element: SaveElement,
  interview: Interview,
  reader: ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): SObjectRow[] {
  if (element.fromReference) return asRows(reader.read(element.fromReference), element, interview, world);
  const inputs = element.kind === 'delete' ? [] : element.inputs;
  const values = Object.fromEntries(inputs.map((input) => [input.field, reader.operand(input.value)]));
  const type = world.data.schema.object(element.object ?? '')?.name ?? element.object ?? '';
  if (element.kind === 'create') return [{ attributes: { type }, ...values }];
  const search = { object: type, fields: ['Id'], criteria: element.criteria };
  const found = findRecords(
    search,
    contextOf(interview.flow, transaction, world),
    (index) => reader.operand(element.criteria.conditions[index]?.right ?? { kind: 'literal', value: null, dataType: 'String' }),
    world,
  );
  return found.map((record) => ({ attributes: { type }, Id: String(record['Id']), ...values }));
}

function asRows(value: FlowValue, element: SaveElement, interview: Interview, world: FlowWorld): SObjectRow[] {
  const records = (Array.isArray(value) ? value : [value]).filter(
    (one): one is FlowRecord => one !== null && typeof one === 'object' && !Array.isArray(one),
  );
  return records.map((record) => writable(record, element.kind, typeOf(record, element, interview), world));
}

const typeOf = (record: FlowRecord, element: SaveElement, interview: Interview): string =>
  (record['attributes'] as { type?: string } | undefined)?.type ||
  element.object ||
  interview.flow.variables.get(element.fromReference ?? '')?.objectType ||
  '';

/** Only the fields that can be written: a record that was looked up carries others too. */
function writable(record: FlowRecord, kind: SaveElement['kind'], type: string, world: FlowWorld): SObjectRow {
  const row: SObjectRow = { attributes: { type } };
  for (const [name, value] of Object.entries(record)) {
    const field = world.data.schema.field(type, name);
    const allowed =
      name === 'Id' ? kind !== 'create' : field && (kind === 'create' ? field.createable : kind === 'update' && field.updateable);
    if (allowed) row[name] = value;
  }
  return row;
}
