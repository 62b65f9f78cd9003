import type { AccessLevel, SaveResult } from '../../data.ts';
import { dmlLevel, saveRecords } from '../evaluate/dml.ts';
import type { DmlChoice } from '../evaluate/dml.ts';
import { spend } from '../evaluate/limits.ts';
import { rowFromRecord, toStored } from '../evaluate/records.ts';
import type { Run } from '../evaluate/run.ts';
import { contextOf, runQuery } from '../evaluate/soql.ts';
import type { NestedSavepoint } from '../evaluate/transaction.ts';
import type { DmlVerb } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { mapArg, nativeArg, textArg } from './arguments.ts';
import { fieldNameOf } from './schema-tokens.ts';
import type { NativeType, StaticNative } from './native.ts';

const isLevel = (value: Value | undefined): value is EnumValue => value instanceof EnumValue && value.typeName === 'AccessLevel';
const levelOf = (value: Value | undefined): AccessLevel | null =>
  isLevel(value) ? (value.name === 'USER_MODE' ? 'user' : 'system') : null;

const RESULT_TYPES: Record<DmlVerb, string> = {
  insert: 'SaveResult',
  update: 'SaveResult',
  upsert: 'UpsertResult',
  delete: 'DeleteResult',
};

/** `Database.insert(records[, allOrNone][, accessLevel])` and its siblings. */
function saving(verb: DmlVerb): StaticNative {
  return async (args, run) => {
    const target = await asRecords(args[0] ?? null, run);
    const choice: DmlChoice = { verb, allOrNone: true, accessLevel: dmlLevel(run) };
    for (const arg of args.slice(1)) {
      if (typeof arg === 'boolean') choice.allOrNone = arg;
      const level = levelOf(arg);
      if (level) choice.accessLevel = level;
      const field = fieldNameOf(arg);
      if (field) choice.externalIdField = field;
    }
    const results = (await saveRecords(target, choice, run)).map(
      (result): Value => new NativeObject<SaveResult>(RESULT_TYPES[verb], result),
    );
    return target instanceof ApexList ? new ApexList({ name: `Database.${RESULT_TYPES[verb]}`, args: [] }, results) : (results[0] ?? null);
  };
}

/** Ids may stand for records in Database.delete. */
async function asRecords(target: Value, run: Run): Promise<Value> {
  const record = (id: string): SObject => {
    const found = new SObject(run.org.data.schema.byKeyPrefix(id.slice(0, 3))?.name ?? '');
    found.load('Id', id);
    return found;
  };
  if (typeof target === 'string') return record(target);
  if (target instanceof ApexList && target.items.some((item) => typeof item === 'string'))
    return new ApexList(
      undefined,
      target.items.map((item) => record(String(item))),
    );
  return target;
}

const withArities = (name: string, arities: number[], native: StaticNative): Record<string, StaticNative> =>
  Object.fromEntries(arities.map((count) => [`${name}/${count}`, native]));

const boundTo = (args: Value[], index: number): Record<string, unknown> =>
  Object.fromEntries(
    mapArg(args, index)
      .entries()
      .map((entry) => [String(entry.key), toStored(entry.value)]),
  );

async function setSavepoint(_args: Value[], run: Run): Promise<Value> {
  spend(run.limits, 'dmlStatements');
  await run.transaction.beginWrite();
  return new NativeObject<NestedSavepoint>('Savepoint', run.transaction.setSavepoint());
}

function rollback(args: Value[], run: Run): Value {
  spend(run.limits, 'dmlStatements');
  if (!run.transaction.rollbackTo(nativeArg<NestedSavepoint>(args, 0, 'Savepoint').state)) throw gone();
  return null;
}

function release(args: Value[], run: Run): Value {
  if (!run.transaction.releaseSavepoint(nativeArg<NestedSavepoint>(args, 0, 'Savepoint').state)) throw gone();
  return null;
}

const gone = (): Error => systemException('TypeException', 'Savepoint is no longer valid');

/** EventBus.publish: events leave when the transaction commits, if their object says so. */
async function publish(args: Value[], run: Run): Promise<Value> {
  const [target = null] = args;
  const items = (target instanceof ApexList ? target.items : [target]).filter((item) => item instanceof SObject);
  if (run.readOnly) throw systemException('LimitException', 'Too many DML statements: 1');
  spend(run.limits, 'dmlStatements');
  await run.transaction.beginWrite();
  const saved = run.org.data.publish(
    items.map((item) => rowFromRecord(item, run.org.data)),
    contextOf(run, 'system'),
  );
  const results = saved.map((result): Value => new NativeObject<SaveResult>('SaveResult', result));
  return target instanceof ApexList ? new ApexList({ name: 'Database.SaveResult', args: [] }, results) : (results[0] ?? null);
}

export const databaseTypes: NativeType[] = [
  {
    name: 'Database',
    statics: {
      ...withArities('insert', [1, 2, 3], saving('insert')),
      ...withArities('update', [1, 2, 3], saving('update')),
      ...withArities('upsert', [1, 2, 3, 4], saving('upsert')),
      ...withArities('delete', [1, 2, 3], saving('delete')),
      ...withArities('query', [1, 2], (args, run) => runQuery(textArg(args, 0), {}, levelOf(args[1]), run)),
      'querywithbinds/3': (args, run) => runQuery(textArg(args, 0), boundTo(args, 1), levelOf(args[2]), run),
      ...withArities('countquery', [1, 2], (args, run) => runQuery(textArg(args, 0), {}, levelOf(args[1]), run)),
      'countquerywithbinds/3': (args, run) => runQuery(textArg(args, 0), boundTo(args, 1), levelOf(args[2]), run),
      'setsavepoint/0': setSavepoint,
      'rollback/1': rollback,
      'releasesavepoint/1': release,
    },
  },
  { name: 'EventBus', statics: { 'publish/1': publish } },
];
