import type { AccessLevel, SaveResult } from '../../data.ts';
import { OrgFault } from '../../errors.ts';
import type { DmlVerb, Statement } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import type { FailedRow } from '../values/exception-state.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { spend } from './limits.ts';
import { rowFromRecord } from './records.ts';
import type { Run } from './run.ts';

export interface DmlChoice {
  verb: DmlVerb;
  allOrNone: boolean;
  /** System unless the code says `as user` or AccessLevel.USER_MODE. */
  accessLevel: AccessLevel;
  externalIdField?: string;
}

const WORDS: Record<DmlVerb, string> = { insert: 'Insert', update: 'Update', upsert: 'Upsert', delete: 'Delete' };

export async function runDmlStatement(statement: Extract<Statement, { kind: 'dml' }>, target: Value, run: Run): Promise<void> {
  const choice: DmlChoice = { verb: statement.verb, allOrNone: true, accessLevel: statement.accessLevel ?? dmlLevel(run) };
  if (statement.externalIdField) choice.externalIdField = statement.externalIdField;
  await saveRecords(target, choice, run);
}

/** DML without a mode runs in system mode, but `with sharing` still decides which records can be changed. */
export const dmlLevel = (run: Run): AccessLevel => (run.accessLevel === 'user' ? 'sharing' : run.accessLevel);

function recordsIn(target: Value): SObject[] {
  if (target === null) throw nullPointer();
  const items = target instanceof ApexList ? target.items : [target];
  return items.map((item) => {
    if (item === null) throw nullPointer();
    if (!(item instanceof SObject)) throw systemException('TypeException', 'DML requires SObject or SObject list type');
    return item;
  });
}

/** Saves records and gives them their ids; with allOrNone a failed row throws DmlException and nothing is saved. */
export async function saveRecords(target: Value, choice: DmlChoice, run: Run): Promise<SaveResult[]> {
  const records = recordsIn(target);
  if (run.readOnly) throw systemException('LimitException', 'Too many DML statements: 1');
  spend(run.limits, 'dmlStatements');
  spend(run.limits, 'dmlRows', records.length);
  if (records.length === 0) return [];
  refuseWrongIds(records, choice);
  await run.transaction.beginWrite();
  const results = write(records, choice, run);
  if (choice.allOrNone && results.some((result) => !result.success)) throw dmlException(choice.verb, records, results);
  results.forEach((result, index) => {
    const record = records[index];
    if (result.success && result.id && record && choice.verb !== 'delete') record.load('Id', result.id);
  });
  return results;
}

function write(records: SObject[], choice: DmlChoice, run: Run): SaveResult[] {
  const context = { userId: run.userId, now: run.org.clock.now(), accessLevel: choice.accessLevel, limits: run.limits };
  const options = {
    allOrNone: choice.allOrNone,
    accessLevel: choice.accessLevel,
    ...(choice.externalIdField ? { externalIdField: choice.externalIdField } : {}),
  };
  try {
    return run.org.data[choice.verb](
      records.map((record) => rowFromRecord(record, run.org.data)),
      context,
      options,
    );
  } catch (error) {
    throw asDmlException(error, choice.verb);
  }
}

/** A statement the org refuses as a whole fails at its first row. */
function asDmlException(error: unknown, verb: DmlVerb): unknown {
  if (!(error instanceof OrgFault) || error.errorCode === 'NOT_IMPLEMENTED_IN_SANDBOX') return error;
  return failed(verb, [
    { index: 0, id: null, errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields ?? [] }] },
  ]);
}

function refuseWrongIds(records: SObject[], choice: DmlChoice): void {
  const rows: FailedRow[] = [];
  records.forEach((record, index) => {
    const message =
      choice.verb === 'insert' && record.id !== null
        ? { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: 'cannot specify Id in an insert call', fields: ['Id'] }
        : (choice.verb === 'update' || choice.verb === 'delete') && record.id === null
          ? { statusCode: 'MISSING_ARGUMENT', message: `Id not specified in an ${choice.verb} call`, fields: [] }
          : null;
    if (message) rows.push({ index, id: record.id, errors: [message] });
  });
  if (rows.length > 0 && choice.allOrNone) throw failed(choice.verb, rows);
}

/** Rows that only fell with the others are not named. */
function dmlException(verb: DmlVerb, records: SObject[], results: SaveResult[]): Error {
  const rows = results.flatMap((result, index): FailedRow[] => {
    const fell = result.errors.every((error) => error.statusCode === 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    return result.success || fell ? [] : [{ index, id: verb === 'insert' ? null : (records[index]?.id ?? null), errors: result.errors }];
  });
  return failed(verb, rows);
}

function failed(verb: DmlVerb, rows: FailedRow[]): Error {
  const first = rows[0];
  const error = first?.errors[0];
  const where = first?.id ? `row ${first.index} with id ${first.id}` : `row ${first?.index ?? 0}`;
  const text = `${WORDS[verb]} failed. First exception on ${where}; first error: ${error?.statusCode}, ${error?.message}: [${error?.fields.join(', ') ?? ''}]`;
  return systemException('DmlException', text, rows);
}
