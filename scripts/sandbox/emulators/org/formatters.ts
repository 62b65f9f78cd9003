import type { OrgField, OrgObject } from './schema/model.ts';
import type { StoredRow } from './store.ts';
import { isVirtual } from './store.ts';

/** A stored value as the API gives it: booleans are true and false, numbers numbers, the rest text or null. */
export function outValue(field: OrgField, value: unknown): unknown {
  if (field.type === 'boolean') return value === 1 || value === true;
  if (value === undefined || value === null) return null;
  return value;
}

/** All stored fields of a row by API name, as the API gives them; computed fields are the caller's to add. */
export function outRow(object: OrgObject, row: StoredRow): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of object.fields.values())
    values[field.name] = isVirtual(field) ? outAddress(object, field, row) : outValue(field, row[field.name]);
  return values;
}

function outAddress(object: OrgObject, field: OrgField, row: StoredRow): Record<string, unknown> | null {
  const prefix = field.name.replace(/Address$/, '');
  const parts = ['City', 'Country', 'GeocodeAccuracy', 'Latitude', 'Longitude', 'PostalCode', 'State', 'Street'];
  const values = parts
    .filter((part) => object.fields.has((prefix + part).toLowerCase()))
    .map((part) => [part[0]?.toLowerCase() + part.slice(1), row[prefix + part] ?? null] as const);
  return values.every(([, value]) => value === null) ? null : Object.fromEntries(values);
}
