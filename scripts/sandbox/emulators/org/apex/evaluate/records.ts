import type { ChildRows, OrgData, QueryRow, SObjectRow } from '../../data.ts';
import type { FieldType, OrgField } from '../../schema/model.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { ApexBlob, ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';

/** The Apex type that holds a field. */
export function apexTypeOf(type: FieldType): string {
  switch (type) {
    case 'currency':
    case 'double':
    case 'percent':
      return 'Decimal';
    case 'int':
      return 'Integer';
    case 'boolean':
      return 'Boolean';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Datetime';
    case 'time':
      return 'Time';
    case 'id':
    case 'reference':
      return 'Id';
    case 'base64':
      return 'Blob';
    default:
      return 'String';
  }
}

/** A stored value as Apex reads it. */
function fromStored(stored: unknown, field: OrgField | undefined): Value {
  if (stored === null || stored === undefined) return null;
  switch (field ? apexTypeOf(field.type) : '') {
    case 'Decimal':
      return decimalOf(stored).withScale(field?.scale ?? 0, 'HALF_UP');
    case 'Integer':
      return Number(stored);
    case 'Date':
      return ApexDate.parse(String(stored)) ?? null;
    case 'Datetime':
      return ApexDatetime.parseIso(String(stored)) ?? null;
    case 'Time':
      return new ApexTime(Date.parse(`1970-01-01T${String(stored).replace(/Z?$/, 'Z')}`));
    case 'Blob':
      return new ApexBlob(Buffer.from(String(stored), 'base64'));
    default:
      return typeof stored === 'number' ? decimalOf(stored) : typeof stored === 'boolean' ? stored : String(stored);
  }
}

const decimalOf = (stored: unknown): ApexDecimal =>
  typeof stored === 'number' ? ApexDecimal.fromNumber(stored) : (ApexDecimal.parse(String(stored)) ?? new ApexDecimal(0n));

/** An Apex value as the store and the wire take it. Records in a bind stand for their ids. */
export function toStored(value: Value): unknown {
  if (value instanceof ApexDecimal) return value.toNumber();
  if (value instanceof ApexDouble) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime) return value.toIso();
  if (value instanceof ApexTime) return value.toString();
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ApexList) return value.items.map(toStored);
  if (value instanceof ApexSet) return value.values().map(toStored);
  if (value instanceof ApexMap) return value.entries().map((entry) => toStored(entry.key));
  if (value instanceof SObject) return value.id;
  if (value === null || typeof value !== 'object') return value;
  throw systemException('TypeException', `${value.typeName} cannot be stored in a field`);
}

/** A row of a query as a record, its parents and children with it. */
export function recordFromRow(row: QueryRow, data: OrgData): SObject {
  const record = new SObject(row.attributes.type);
  record.aggregate = row.attributes.type === 'AggregateResult';
  record.selected = new Set(['id']);
  for (const [name, stored] of Object.entries(row)) {
    if (name === 'attributes') continue;
    record.selected.add(name.toLowerCase());
    record.load(name, fieldOf(stored, data.schema.field(record.type, name), data));
  }
  return record;
}

function fieldOf(stored: unknown, field: OrgField | undefined, data: OrgData): Value {
  if (stored === null || typeof stored !== 'object') return fromStored(stored, field);
  if ('records' in stored) return recordsFromRows((stored as ChildRows).records, data);
  return 'attributes' in stored ? recordFromRow(stored as QueryRow, data) : null;
}

function recordsFromRows(rows: QueryRow[], data: OrgData): ApexList {
  return new ApexList(
    { name: rows[0]?.attributes.type ?? 'SObject', args: [] },
    rows.map((row) => recordFromRow(row, data)),
  );
}

/** A record as DML takes it: its id and what was set. Children stay behind, parents too unless they name an external id. */
export function rowFromRecord(record: SObject, data: OrgData): SObjectRow {
  const row: SObjectRow = { attributes: { type: data.schema.object(record.type)?.name ?? record.type } };
  for (const [name, value] of record.populated()) {
    if (value instanceof ApexList || (name.toLowerCase() !== 'id' && !record.changed.has(name.toLowerCase()))) continue;
    if (value instanceof SObject) {
      if (value.selected === null && value.fields.size > 0) row[name] = rowFromRecord(value, data);
      continue;
    }
    row[data.schema.field(record.type, name)?.name ?? name] = toStored(value);
  }
  return row;
}
