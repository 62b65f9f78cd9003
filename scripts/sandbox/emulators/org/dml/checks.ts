import { mayAccess, reaches } from '../access/sharing.ts';
import { RowFault } from '../errors.ts';
import { shortId } from '../ids/record-id.ts';
import type { OrgObject } from '../schema/model.ts';
import type { StoredRow } from '../store.ts';
import { findByKey } from './input.ts';
import { shapeOf } from './shape.ts';
import type { Work } from './work.ts';

export function checkRequired(object: OrgObject, row: StoredRow): void {
  const missing = shapeOf(object)
    .required.filter((field) => (row[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length) throw new RowFault('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

/** Referenced records must exist and be within the user's reach; masters must be editable. */
export function checkReferences(work: Work, object: OrgObject, row: StoredRow, changed: string[]): void {
  const { schema, store, book } = work.core;
  for (const name of changed) {
    const field = object.fields.get(name.toLowerCase());
    const id = row[name];
    if (!field?.referenceTo || typeof id !== 'string') continue;
    const target = schema.byKeyPrefix(id.slice(0, 3));
    const found = target && store.isDeleted(target, id);
    if (!target || found === undefined) throw new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (found) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
    if (work.access === 'system') continue;
    const parent = field.masterDetail !== undefined || object.sharingParent === field.name;
    const reached =
      work.access === 'user'
        ? mayAccess(schema, store, book, work.userId, target, id, 'read') &&
          (!parent || object.name === 'Contact' || mayAccess(schema, store, book, work.userId, target, id, 'edit'))
        : reaches(schema, store, book.of(work.userId), work.userId, target, id, 'read');
    if (!reached)
      throw new RowFault(
        'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
        `insufficient access rights on cross-reference id: ${shortId(id)}`,
      );
  }
}

export function checkUnique(work: Work, object: OrgObject, row: StoredRow, id: string, changed: string[]): void {
  for (const name of changed) {
    const field = object.fields.get(name.toLowerCase());
    if (!field?.unique || row[name] === null || row[name] === undefined) continue;
    const other = findByKey(work, object, field, row[name]).find((found) => found !== id);
    if (other)
      throw new RowFault('DUPLICATE_VALUE', `duplicate value found: ${field.name} duplicates value on record with id: ${shortId(other)}`);
  }
}

/** Active validation rules, in the order of their names; all that fail are told. */
export function checkRules(work: Work, object: OrgObject, row: StoredRow, prior: StoredRow | undefined): void {
  const failed = object.validationRules.filter((rule) =>
    work.core.formulas.breaks(object, rule, row, { userId: work.userId, now: work.now, prior, isNew: prior === undefined }),
  );
  const errors = failed.map((rule) => ({
    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: rule.message,
    fields: rule.errorField ? [rule.errorField] : [],
  }));
  const [first, ...more] = errors;
  if (first) throw new RowFault(first.statusCode, first.message, first.fields, more);
}
