import type { SObjectRow } from '../data.ts';
import { RowFault } from '../errors.ts';
import type { OrgObject } from '../schema/model.ts';
import { storedInstant } from '../soql/dates.ts';
import { quote } from '../store.ts';
import { BEHAVIOURS } from './behaviours/index.ts';
import { lockFault, target } from './save.ts';
import { noteChange, touchMasters } from './work.ts';
import type { Work } from './work.ts';

/** Moves one record, with what cascades, to the recycle bin. Returns its id. */
export function deleteOne(work: Work, object: OrgObject, input: SObjectRow): string {
  if (object.readOnly === true || object.kind === 'metadata')
    throw new RowFault('INSUFFICIENT_ACCESS_OR_READONLY', `entity type cannot be deleted: ${object.label}`);
  const { id } = target(work, object, input, 'delete');
  lockFault(work, object, 'delete', id);
  removeRecord(work, object, id);
  if (object.name.startsWith('PermissionSet')) work.core.book.forget();
  return id;
}

function removeRecord(work: Work, object: OrgObject, id: string): void {
  const { schema, store } = work.core;
  const before = store.get(object, id);
  if (!before || before['IsDeleted'] === 1) return;
  BEHAVIOURS[object.name]?.beforeDelete?.(before, work);
  const children = schema.children(object.name).map((relation) => ({ relation, child: schema.object(relation.childObject) }));
  // Restricted lookups are asked first, so that nothing is removed in vain.
  for (const { relation, child } of children)
    if (child && relation.restrictedDelete) refuseIfReferenced(work, object, id, child, relation.field);
  for (const { relation, child } of children) {
    if (!child || (child.kind !== 'standard' && child.kind !== 'custom') || !child.fields.has('isdeleted')) continue;
    const rows = store.prepare(`SELECT "Id" FROM ${quote(child.name)} WHERE ${quote(relation.field)} = ? AND "IsDeleted" = 0`).all(id);
    for (const row of rows) {
      if (relation.cascadeDelete) removeRecord(work, child, String(row['Id']));
      else if (!relation.restrictedDelete) store.update(child, String(row['Id']), { [relation.field]: null });
    }
  }
  const stamp = storedInstant(work.now);
  store.update(object, id, { IsDeleted: 1, LastModifiedDate: stamp, LastModifiedById: work.userId, SystemModstamp: stamp });
  BEHAVIOURS[object.name]?.afterDelete?.(before, work);
  noteChange(work, 'delete', object, id, before, undefined);
  touchMasters(work, object, before);
}

function refuseIfReferenced(work: Work, object: OrgObject, id: string, child: OrgObject, field: string): void {
  const nameField = [...child.fields.values()].find((one) => one.nameField)?.name ?? 'Id';
  const rows = work.core.store
    .prepare(`SELECT ${quote(nameField)} AS name FROM ${quote(child.name)} WHERE ${quote(field)} = ? AND "IsDeleted" = 0 LIMIT 5`)
    .all(id);
  if (rows.length === 0) return;
  const name = String(work.core.store.get(object, id)?.['Name'] ?? id);
  throw new RowFault(
    'DELETE_FAILED',
    `Your attempt to delete ${name} could not be completed because it is associated with the following ${child.labelPlural.toLowerCase()}.: ${rows.map((row) => String(row['name'])).join(', ')}\n`,
  );
}
