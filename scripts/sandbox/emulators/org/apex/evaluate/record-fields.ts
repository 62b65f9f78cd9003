import type { OrgField } from '../../schema/model.ts';
import { systemException } from '../values/exceptions.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { ApexList } from '../values/collections.ts';
import { apexTypeOf } from './records.ts';
import type { Run } from './run.ts';

/** A field of a record, or the record or rows a relationship leads to. */
export function readRecordField(record: SObject, name: string, run: Run): Value {
  const key = name.toLowerCase();
  if (record.fields.has(key) || record.aggregate) return record.get(key);
  const { schema } = run.org.data;
  const known =
    schema.field(record.type, name) ??
    schema.relationship(record.type, name) ??
    schema.children(record.type).find((child) => child.name?.toLowerCase() === key);
  if (!known) throw systemException('SObjectException', `Invalid field ${name} for ${record.type}`);
  if (record.selected && !record.selected.has(key)) {
    const isChild = !('type' in known);
    if (isChild) return new ApexList({ name: known.childObject, args: [] });
    throw systemException(
      'SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${record.type}.${'type' in known && known.name.toLowerCase() === key ? known.name : name}`,
    );
  }
  // A checkbox of a new record is false, any other field null.
  return 'type' in known && known.type === 'boolean' ? false : null;
}

export function writeRecordField(record: SObject, name: string, value: Value, run: Run): Value {
  const { schema } = run.org.data;
  const field = schema.field(record.type, name);
  if (field) {
    const typed = run.coerce(value, { name: apexTypeOf(field.type), args: [] }, null);
    refuseFormula(record, field);
    record.set(field.name, typed);
    return typed;
  }
  if (!schema.relationship(record.type, name)) throw systemException('SObjectException', `Invalid field ${name} for ${record.type}`);
  if (value !== null && !(value instanceof SObject))
    throw systemException('SObjectException', `Illegal assignment to ${record.type}.${name}`);
  record.set(name, value);
  return value;
}

function refuseFormula(record: SObject, field: OrgField): void {
  if (field.formula !== undefined || field.rollup || field.autoNumber)
    throw systemException('SObjectException', `Field is not writeable: ${record.type}.${field.name}`);
}
