import type { DmlOptions, SaveResult, SObjectRow } from '../data.ts';
import { notFound, OrgFault, refused, rolledBack, RowFault } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgObject } from '../schema/model.ts';
import { findByKey } from './input.ts';
import { deleteOne } from './remove.ts';
import { refreshMasters } from './rollups.ts';
import { insertOne, updateOne } from './save.ts';
import type { Work } from './work.ts';

interface Saved {
  id: string;
  created?: boolean;
}

/** Runs one statement over its rows: each saved or refused by itself, or all of them or none. */
export function runStatement(
  work: Work,
  rows: SObjectRow[],
  options: { allOrNone: boolean },
  one: (row: SObjectRow, object: OrgObject) => Saved,
): SaveResult[] {
  const { store, book } = work.core;
  const outer = store.begin();
  let results: SaveResult[];
  try {
    // Alone, or all or none: roll-ups are refreshed once. Else each row answers for its own masters.
    const together = rows.length === 1 || options.allOrNone;
    results = rows.map((row) => saveRow(work, row, one, together));
    if (together) refreshMasters(work, (masterId, fault) => blame(work, results, rows, masterId, fault));
  } catch (error) {
    outer.rollback();
    book.forget();
    throw error;
  }
  const failed = results.some((result) => !result.success);
  if (failed && (options.allOrNone || rows.length === 1)) {
    outer.rollback();
    book.forget();
    work.changes.length = 0;
    return results.map((result) =>
      result.success ? { ...(result.created === undefined ? {} : { created: true }), ...refused([rolledBack]) } : result,
    );
  }
  outer.commit();
  return results;
}

function saveRow(work: Work, row: SObjectRow, one: (row: SObjectRow, object: OrgObject) => Saved, together: boolean): SaveResult {
  const point = together ? undefined : work.core.store.begin();
  const changes = work.changes.length;
  try {
    const saved = one(row, objectOfRow(work, row));
    if (!together)
      refreshMasters(work, (_id, fault) => {
        throw fault;
      });
    point?.commit();
    return { id: saved.id, success: true, ...(saved.created === undefined ? {} : { created: saved.created }), errors: [] };
  } catch (error) {
    point?.rollback();
    work.changes.length = changes;
    work.stale.clear();
    if (!(error instanceof RowFault)) throw error;
    return refused(error.errors);
  }
}

/** A master's failed rule counts against the rows that belong to it. */
function blame(work: Work, results: SaveResult[], rows: SObjectRow[], masterId: string, fault: RowFault): void {
  let told = false;
  results.forEach((result, index) => {
    const row = rows[index];
    const object = row && work.core.schema.object(row.attributes.type);
    const stored = object && result.id ? work.core.store.get(object, result.id) : undefined;
    if (!stored || !Object.values(stored).includes(masterId)) return;
    results[index] = refused(fault.errors);
    told = true;
  });
  if (!told && results[0]) results[0] = refused(fault.errors);
}

function objectOfRow(work: Work, row: SObjectRow): OrgObject {
  const object = work.core.schema.object(row.attributes.type);
  if (!object || object.kind === 'event') throw notFound();
  return object;
}

export const insertRows = (work: Work, rows: SObjectRow[], options: DmlOptions): SaveResult[] =>
  runStatement(work, rows, options, (row, object) => ({ id: insertOne(work, object, row) }));

export const updateRows = (work: Work, rows: SObjectRow[], options: DmlOptions): SaveResult[] =>
  runStatement(work, rows, options, (row, object) => ({ id: updateOne(work, object, row) }));

export const deleteRows = (work: Work, rows: SObjectRow[], options: DmlOptions): SaveResult[] =>
  runStatement(work, rows, options, (row, object) => ({ id: deleteOne(work, object, row) }));

/** Update where the key is known, insert where it is not. */
export function upsertRows(work: Work, rows: SObjectRow[], options: DmlOptions): SaveResult[] {
  const keyName = options.externalIdField ?? 'Id';
  const seen = new Set<string>();
  return runStatement(work, rows, options, (row, object) => {
    const { field, value } = keyOf(object, row, keyName);
    if (field.type === 'id') {
      if (value === undefined || value === null) return { id: insertOne(work, object, row), created: true };
      return { id: updateOne(work, object, { ...row, Id: normaliseId(value) ?? String(value as string) }), created: false };
    }
    if (value === undefined || value === null || value === '')
      throw new RowFault('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
    const key = String(value as string);
    if (seen.has(key)) throw new RowFault('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field.name]);
    seen.add(key);
    const ids = findByKey(work, object, field, value);
    if (ids.length > 1) throw new RowFault('DUPLICATE_EXTERNAL_ID', `Multiple records match: ${field.name} = ${key}`, [field.name]);
    if (ids[0] === undefined) return { id: insertOne(work, object, row), created: true };
    const { [Object.keys(row).find((name) => name.toLowerCase() === keyName.toLowerCase()) ?? '']: _key, ...changes } = row;
    return { id: updateOne(work, object, { ...changes, attributes: row.attributes, Id: ids[0] }), created: false };
  });
}

function keyOf(object: OrgObject, row: SObjectRow, name: string) {
  const field = object.fields.get(name.toLowerCase());
  if (!field || !(field.type === 'id' || field.externalId))
    throw new OrgFault(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`, { codeFirst: true });
  const written = Object.keys(row).find((key) => key.toLowerCase() === name.toLowerCase());
  return { field, value: written === undefined ? undefined : row[written] };
}
