import { mayAccess, reaches } from '../access/sharing.ts';
import type { SObjectRow } from '../data.ts';
import { RowFault } from '../errors.ts';
import { normaliseId, shortId } from '../ids/record-id.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import { storedInstant } from '../soql/dates.ts';
import type { StoredRow } from '../store.ts';
import { BEHAVIOURS } from './behaviours/index.ts';
import { checkReferences, checkRequired, checkRules, checkUnique } from './checks.ts';
import { autoNumberText } from './auto-number.ts';
import { readInput } from './input.ts';
import { shapeOf } from './shape.ts';
import { noteChange, touchMasters } from './work.ts';
import type { Work } from './work.ts';

/** Makes one record, in the order of the platform's save. Returns its id. */
export function insertOne(work: Work, object: OrgObject, input: SObjectRow): string {
  const { store, formulas, book } = work.core;
  if (object.kind === 'metadata' || object.readOnly === true)
    throw new RowFault('INVALID_TYPE_FOR_OPERATION', `entity type cannot be inserted: ${object.label}`);
  if (work.access === 'user' && !mayWrite(work, object, 'create'))
    throw new RowFault('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
  const given = readInput(work, object, input, 'create');
  lockFault(work, object, 'create', '');
  const row: StoredRow = { ...defaults(work, object, given), ...given };
  const stamp = storedInstant(work.now);
  row['Id'] = store.nextId(object);
  const audit: StoredRow = {
    OwnerId: work.userId,
    CreatedDate: stamp,
    CreatedById: work.userId,
    LastModifiedDate: stamp,
    LastModifiedById: work.userId,
    SystemModstamp: stamp,
  };
  for (const [name, value] of Object.entries(audit))
    if (object.fields.has(name.toLowerCase()) && (row[name] ?? null) === null) row[name] = value;
  const behaviour = BEHAVIOURS[object.name];
  behaviour?.beforeSave?.(row, undefined, new Set(Object.keys(given)), work);
  checkRequired(object, row);
  for (const field of shapeOf(object).autoNumbers)
    row[field.name] = autoNumberText(field.autoNumber?.format ?? '', store.nextNumber(object, field), work.now, work.core.timeZone);
  // Who acts is known to exist.
  checkReferences(
    work,
    object,
    row,
    Object.keys(row).filter((name) => !(name in audit) || row[name] !== work.userId),
  );
  Object.assign(row, formulas.keptValues(object, row));
  checkRules(work, object, row, undefined);
  checkUnique(work, object, row, String(row['Id']), Object.keys(row));
  store.insert(object, row);
  if (object.name === 'User' || object.name.startsWith('PermissionSet')) book.forget();
  behaviour?.afterSave?.(row, undefined, work);
  noteChange(work, 'insert', object, String(row['Id']), undefined, row);
  touchMasters(work, object, row);
  return String(row['Id']);
}

/** Changes one record; only the given fields. Returns its id. */
export function updateOne(work: Work, object: OrgObject, input: SObjectRow): string {
  const { store, formulas, book } = work.core;
  const given = object.readOnly === true ? {} : readInput(work, object, input, 'update');
  const { id, prior } = target(work, object, input, 'edit');
  if (object.kind === 'metadata' || object.readOnly === true)
    throw new RowFault('INVALID_TYPE_FOR_OPERATION', `entity type cannot be updated: ${object.label}`);
  lockFault(work, object, 'update', id);
  const row: StoredRow = { ...prior, ...given };
  const behaviour = BEHAVIOURS[object.name];
  behaviour?.beforeSave?.(row, prior, new Set(Object.keys(given)), work);
  const changed = Object.keys(row).filter((name) => (row[name] ?? null) !== (prior[name] ?? null));
  checkRequired(object, row);
  checkReferences(work, object, row, changed);
  const stamp = storedInstant(work.now);
  for (const [name, value] of Object.entries({ LastModifiedDate: stamp, LastModifiedById: work.userId, SystemModstamp: stamp }))
    if (object.fields.has(name.toLowerCase())) row[name] = value;
  Object.assign(row, formulas.keptValues(object, row));
  checkRules(work, object, row, prior);
  checkUnique(work, object, row, id, changed);
  const columns = Object.fromEntries(Object.entries(row).filter(([name, value]) => (value ?? null) !== (prior[name] ?? null)));
  store.update(object, id, columns);
  if (object.name === 'User' || object.name.startsWith('PermissionSet')) book.forget();
  behaviour?.afterSave?.(row, prior, work);
  noteChange(work, 'update', object, id, prior, row);
  touchMasters(work, object, prior);
  touchMasters(work, object, row);
  return id;
}

/** The live record a row names, checked for rights and reach. */
export function target(work: Work, object: OrgObject, input: SObjectRow, kind: 'edit' | 'delete'): { id: string; prior: StoredRow } {
  const { schema, store, book } = work.core;
  const written = input.Id ?? (input['id'] as string | undefined);
  if (written === undefined) throw new RowFault('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
  const id = normaliseId(written);
  if (id === undefined || !id.startsWith(object.keyPrefix))
    throw new RowFault('MALFORMED_ID', `Record ID: id value of incorrect type: ${String(written)}`, ['Id']);
  const prior = store.get(object, id);
  if (!prior) throw new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (prior['IsDeleted'] === 1) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
  if (work.access === 'system') return { id, prior };
  const allowed =
    work.access === 'user'
      ? mayWrite(work, object, kind) && (mayAccess(schema, store, book, work.userId, object, id, kind) || isSystemWrite(work, object))
      : reaches(schema, store, book.of(work.userId), work.userId, object, id, kind);
  if (!allowed) {
    const reads = mayAccess(schema, store, book, work.userId, object, id, 'read');
    throw reads
      ? new RowFault(
          'INSUFFICIENT_ACCESS_OR_READONLY',
          `insufficient access rights on object id${kind === 'edit' ? '' : `: ${shortId(id)}`}`,
        )
      : new RowFault('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', `insufficient access rights on cross-reference id: ${shortId(id)}`);
  }
  return { id, prior };
}

function mayWrite(work: Work, object: OrgObject, verb: 'create' | 'edit' | 'delete'): boolean {
  return work.core.book.of(work.userId).object(object)[verb] || isSystemWrite(work, object);
}

/** Assigning permission sets and managing users are rights of their own. */
function isSystemWrite(work: Work, object: OrgObject): boolean {
  const permissions = work.core.book.of(work.userId).userPermissions;
  return (
    (object.name === 'PermissionSetAssignment' && permissions.has('AssignPermissionSets')) ||
    (object.name === 'User' && permissions.has('ManageUsers'))
  );
}

function defaults(work: Work, object: OrgObject, given: StoredRow): StoredRow {
  const row: StoredRow = {};
  const shape = shapeOf(object);
  for (const [field, value] of shape.defaults) if (!(field.name in given)) row[field.name] = value;
  for (const field of shape.workedOut) {
    if (field.name in given) continue;
    const value = field.name === 'CurrencyIsoCode' ? userCurrency(work) : formulaDefault(work, object, field);
    if (value !== null) row[field.name] = value;
  }
  return row;
}

function formulaDefault(work: Work, object: OrgObject, field: OrgField): string | number | null {
  const value =
    work.core.formulas.defaultValue(object, field, { userId: work.userId, now: work.now, isNew: true }) ??
    field.picklist?.find((one) => one.isDefault)?.value ??
    null;
  return typeof value === 'boolean' ? Number(value) : (value as string | number | null);
}

function userCurrency(work: Work): string {
  return (work.currency ??= String(
    work.core.store.prepare('SELECT "DefaultCurrencyIsoCode" AS code FROM "User" WHERE "Id" = ?').get(work.userId)?.['code'] ??
      work.core.corporateCurrency,
  ));
}

/** A lock held by somebody else, when the fault plan says so. */
export function lockFault(work: Work, object: OrgObject, operation: string, id: string): void {
  const fault = work.core.faults.next('org.dml', { object: object.name, operation, id });
  if (fault?.kind === 'lock-row')
    throw new RowFault('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);
}
