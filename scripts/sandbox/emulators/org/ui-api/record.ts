import { createHash } from 'node:crypto';
import { mayAccess } from '../access/sharing.ts';
import { notFound, OrgFault } from '../errors.ts';
import { outRow } from '../formatters.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import type { OrgServices } from '../routes/api.ts';
import type { StoredRow } from '../store.ts';
import { displayValue } from './display.ts';

/** One field of a record as UI API gives it. */
export interface UiField {
  displayValue: string | null;
  value: unknown;
}

export interface UiRecord {
  apiName: string;
  childRelationships: Record<string, never>;
  eTag: string;
  fields: Record<string, UiField>;
  id: string;
  lastModifiedById: string | null;
  lastModifiedDate: string | null;
  recordTypeId: string | null;
  recordTypeInfo: null;
  systemModstamp: string | null;
  weakEtag: number;
}

/** The user and services a record is represented for. */
export interface UiContext {
  services: OrgServices;
  userId: string;
}

/** A readable record's row. Not found when it is not there or not the user's to see. */
export function readableRow({ services, userId }: UiContext, written: string): { object: OrgObject; row: StoredRow; id: string } {
  const { core } = services.data;
  const id = normaliseId(written);
  const object = id ? core.schema.byKeyPrefix(id.slice(0, 3)) : undefined;
  const row = id && object && object.kind !== 'event' ? core.store.get(object, id) : undefined;
  if (!id || !object || !row || row['IsDeleted'] === 1) throw notFound();
  if (!mayAccess(core.schema, core.store, core.book, userId, object, id, 'read'))
    throw new OrgFault(
      403,
      'INSUFFICIENT_ACCESS',
      "You don't have access to this record. Ask your administrator for help or to request access.",
      { codeFirst: true },
    );
  return { object, row, id };
}

/** The record with the fields at the given paths, parents nested. `strict` paths that the user cannot see are an error. */
export function representRecord(context: UiContext, object: OrgObject, row: StoredRow, strict: string[], optional: string[]): UiRecord {
  const record = shell(object, row);
  for (const path of strict) addPath(context, record, object, row, unqualified(object, path), true);
  for (const path of optional) addPath(context, record, object, row, unqualified(object, path), false);
  return record;
}

/** `Account.Name` asked of an Account is its field `Name`. Paths of other objects are not of this record. */
function unqualified(object: OrgObject, path: string): string[] {
  const names = path.split('.');
  if (names.length > 1 && names[0]?.toLowerCase() === object.name.toLowerCase()) names.shift();
  return names;
}

function shell(object: OrgObject, row: StoredRow): UiRecord {
  const instant = (name: string): string | null => (typeof row[name] === 'string' ? String(row[name]).replace('+0000', 'Z') : null);
  const stamp = instant('SystemModstamp');
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: createHash('md5')
      .update(`${String(row['Id'])} ${stamp ?? ''}`)
      .digest('hex'),
    fields: {},
    id: String(row['Id']),
    lastModifiedById: (row['LastModifiedById'] as string | null) ?? null,
    lastModifiedDate: instant('LastModifiedDate'),
    recordTypeId: '012000000000000AAA',
    recordTypeInfo: null,
    systemModstamp: stamp,
    weakEtag: Date.parse(stamp ?? '') || 0,
  };
}

function addPath(context: UiContext, record: UiRecord, object: OrgObject, row: StoredRow, names: string[], strict: boolean): void {
  const { core } = context.services.data;
  const [first = '', ...rest] = names;
  const rights = core.book.of(context.userId);
  const link = rest.length ? core.schema.relationship(object.name, first) : undefined;
  const field = link ?? object.fields.get(first.toLowerCase());
  if (!field || (rest.length && !link) || !rights.readField(object, field)) {
    if (strict)
      throw new OrgFault(
        400,
        'INVALID_FIELD',
        `No such column '${names.join('.')}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
        { codeFirst: true },
      );
    return;
  }
  if (!link) {
    const value = fieldValue(context, object, field, row);
    record.fields[field.name] = { displayValue: displayValue(field, value, displayContext(context, row)), value: isoInstant(field, value) };
    return;
  }
  addParent(context, record, row, link, rest, strict);
}

function addParent(context: UiContext, record: UiRecord, row: StoredRow, link: OrgField, rest: string[], strict: boolean): void {
  const { core } = context.services.data;
  const name = link.relationshipName ?? link.name;
  const parent = core.schema.object(link.referenceTo?.[0] ?? '');
  const id = row[link.name];
  const parentRow = parent && typeof id === 'string' ? core.store.get(parent, id) : undefined;
  // A parent out of the user's reach is shown as empty, like one that is not set.
  if (
    !parent ||
    !parentRow ||
    typeof id !== 'string' ||
    (parent.name !== 'User' && !mayAccess(core.schema, core.store, core.book, context.userId, parent, id, 'read'))
  ) {
    record.fields[name] ??= { displayValue: null, value: null };
    return;
  }
  const nested = (record.fields[name]?.value as UiRecord | null | undefined) ?? shell(parent, parentRow);
  addPath(context, nested, parent, parentRow, ['Id'], false);
  addPath(context, nested, parent, parentRow, rest, strict);
  const nameField = nameFieldOf(parent);
  record.fields[name] = { displayValue: nameField ? String((parentRow[nameField.name] as string | null) ?? '') : null, value: nested };
}

export const nameFieldOf = (object: OrgObject): OrgField | undefined => [...object.fields.values()].find((field) => field.nameField);

function fieldValue({ services, userId }: UiContext, object: OrgObject, field: OrgField, row: StoredRow): unknown {
  const { formulas } = services.data.core;
  if (formulas.isComputed(object, field)) return formulas.value(object, field, row, { userId, now: services.clock.now() });
  return outRow(object, row)[field.name];
}

const isoInstant = (field: OrgField, value: unknown): unknown =>
  field.type === 'datetime' && typeof value === 'string' ? value.replace('+0000', 'Z') : value;

export function displayContext({ services }: UiContext, row: StoredRow): { timeZone: string; currency: string; multiCurrency: boolean } {
  const { core } = services.data;
  return {
    timeZone: services.timeZone,
    currency: String(row['CurrencyIsoCode'] ?? core.corporateCurrency),
    multiCurrency: core.schema.features.multiCurrency,
  };
}
