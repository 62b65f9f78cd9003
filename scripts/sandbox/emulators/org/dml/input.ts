import type { SObjectRow } from '../data.ts';
import { RowFault } from '../errors.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import { fold, quote } from '../store.ts';
import type { StoredRow } from '../store.ts';
import { coerce } from './coerce.ts';
import type { Work } from './work.ts';

/** Given fields of one row as columns. */
export function readInput(work: Work, object: OrgObject, row: SObjectRow, verb: 'create' | 'update'): StoredRow {
  const { schema, timeZone } = work.core;
  const columns: StoredRow = {};
  const values: [OrgField, unknown][] = [];
  const forbidden: string[] = [];
  for (const [key, value] of Object.entries(row)) {
    if (key === 'attributes' || key.toLowerCase() === 'id' || value === undefined) continue;
    const field = object.fields.get(key.toLowerCase());
    if (field && visible(work, object, field)) {
      if (!(verb === 'create' ? field.createable : field.updateable) || !editable(work, object, field)) forbidden.push(field.name);
      else values.push([field, value]);
      continue;
    }
    const link = relationship(object, key);
    if (!link || !visible(work, object, link))
      throw new RowFault('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    if (!(verb === 'create' ? link.createable : link.updateable) || !editable(work, object, link)) forbidden.push(link.name);
    else values.push([link, value === null ? null : resolveForeignKey(work, link, value)]);
  }
  // All fields are known by name before any is refused for rights or read for its value.
  if (forbidden.length)
    throw new RowFault(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${forbidden.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      forbidden,
    );
  for (const [field, value] of values) columns[field.name] = coerce(schema, object, field, value, timeZone);
  return columns;
}

const visible = (work: Work, object: OrgObject, field: OrgField): boolean =>
  work.access !== 'user' || work.core.book.of(work.userId).readField(object, field);
const editable = (work: Work, object: OrgObject, field: OrgField): boolean =>
  work.access !== 'user' || work.core.book.of(work.userId).editField(object, field);

function relationship(object: OrgObject, key: string): OrgField | undefined {
  const wanted = key.toLowerCase();
  for (const field of object.fields.values()) if (field.relationshipName?.toLowerCase() === wanted) return field;
  return undefined;
}

/** `Account__r: { External_Key__c: "x" }`: the record that has this external id. */
function resolveForeignKey(work: Work, link: OrgField, value: unknown): unknown {
  const target = work.core.schema.object(link.referenceTo?.[0] ?? '');
  const [name, key] = Object.entries((value ?? {}) as Record<string, unknown>).find(([one]) => one !== 'attributes') ?? [];
  const field = target && name ? target.fields.get(name.toLowerCase()) : undefined;
  if (!target || !field) throw new RowFault('INVALID_FIELD', `No such column '${name ?? ''}' on sobject of type ${target?.name ?? ''}`);
  if (field.type === 'id') return key;
  if (!field.externalId) throw new RowFault('INVALID_FIELD', `${field.name} is not an external id of ${target.name}`);
  const ids = findByKey(work, target, field, key);
  if (ids.length === 1) return ids[0];
  if (ids.length > 1)
    throw new RowFault(
      'DUPLICATE_VALUE',
      `Foreign key external ID: ${String(key as string)} matches more than one record for field ${field.name} in entity ${target.name}`,
    );
  throw new RowFault(
    'INVALID_FIELD',
    `Foreign key external ID: ${String(key as string).toLowerCase()} not found for field ${field.name} in entity ${target.name}`,
  );
}

/** Live records whose field has this value. */
export function findByKey(work: Work, object: OrgObject, field: OrgField, value: unknown): string[] {
  const wanted = coerce(work.core.schema, object, field, value, work.core.timeZone);
  if (wanted === null) return [];
  const column = quote(field.name);
  const text = typeof wanted === 'string' && !field.caseSensitive;
  const rows = work.core.store
    .prepare(`SELECT "Id" FROM ${quote(object.name)} WHERE ${text ? `fold(${column})` : column} = ? AND "IsDeleted" = 0 LIMIT 10`)
    .all(text ? (fold(wanted) as string) : wanted);
  return rows.map((row) => String(row['Id']));
}
