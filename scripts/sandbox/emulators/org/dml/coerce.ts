import { RowFault } from '../errors.ts';
import { roundTo } from '../formulas/round.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import { dayIn, isDay, storedInstant } from '../soql/dates.ts';
import { fieldFault } from './work.ts';

type Stored = string | number | null;

/** A value as given by JSON or Apex to the one its column keeps. Throws RowFault with the org's own words. */
export function coerce(schema: OrgSchema, object: OrgObject, field: OrgField, value: unknown, timeZone: string): Stored {
  if (value === null || value === undefined) return field.type === 'boolean' ? notBoolean(field, 'null') : null;
  switch (field.type) {
    case 'boolean':
      return coerceBoolean(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(field, value);
    case 'date':
      return coerceDate(value, timeZone);
    case 'datetime':
      return coerceInstant(value);
    case 'id':
    case 'reference':
      return coerceReference(schema, object, field, value);
    default:
      return coerceText(field, value);
  }
}

function unreadable(type: string, value: unknown): RowFault {
  const kind = typeof value === 'string' ? 'VALUE_STRING' : typeof value === 'object' ? 'START_OBJECT' : 'VALUE';
  return new RowFault(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${kind} value ${typeof value === 'object' ? '{' : String(value as string)} or request may be missing a required field`,
  );
}

function notBoolean(field: OrgField, value: string): never {
  throw fieldFault('INVALID_TYPE_ON_FIELD_IN_RECORD', field, `value not of required type: ${value}`);
}

function coerceBoolean(field: OrgField, value: unknown): number {
  if (typeof value === 'boolean') return Number(value);
  if (value === 'true' || value === 'false') return Number(value === 'true');
  return notBoolean(field, String(value as string));
}

function coerceNumber(field: OrgField, value: unknown): Stored {
  if (value === '') return null;
  const number = typeof value === 'number' ? value : typeof value === 'boolean' ? NaN : Number(String(value as string));
  if (!Number.isFinite(number)) throw unreadable('double', value);
  const scale = field.scale ?? 0;
  const rounded = roundTo(number, scale);
  // Digits before the point are what is left of the precision.
  if (Math.abs(rounded) >= 10 ** ((field.precision ?? 18) - scale))
    throw fieldFault('NUMBER_OUTSIDE_VALID_RANGE', field, `value outside of valid range on numeric field: ${String(number)}`);
  return rounded;
}

function coerceDate(value: unknown, timeZone: string): Stored {
  if (value instanceof Date) return dayIn(value.getTime(), timeZone);
  if (value === '') return null;
  const match = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(value) : null;
  const day = match?.[1];
  if (day === undefined || !isDay(day)) throw unreadable('date', value);
  return day;
}

function coerceInstant(value: unknown): Stored {
  if (value === '') return null;
  const ms =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
          ? Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
          : NaN;
  if (Number.isNaN(ms)) throw unreadable('datetime', value);
  return storedInstant(ms);
}

function coerceReference(schema: OrgSchema, object: OrgObject, field: OrgField, value: unknown): Stored {
  if (value === '') return null;
  const id = normaliseId(value);
  const label = field.type === 'id' ? 'Record ID' : field.label;
  const wrong = (): RowFault =>
    new RowFault('MALFORMED_ID', `${label}: id value of incorrect type: ${String(value as string)}`, [field.name]);
  if (id === undefined) throw wrong();
  const target = schema.byKeyPrefix(id.slice(0, 3));
  const wanted = field.type === 'id' ? [object.name] : (field.referenceTo ?? []);
  if (!target || !wanted.includes(target.name))
    throw field.type === 'id' || target ? wrong() : new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return id;
}

const EMAIL = /^[^\s@,;<>()[\]\\]+@[^\s@.,;]+(?:\.[^\s@.,;]+)+$/;

function coerceText(field: OrgField, value: unknown): Stored {
  if (typeof value === 'object') throw unreadable('string', value);
  // Text is kept without blanks around it; empty text is no value.
  const text = field.type === 'textarea' ? String(value as string) : String(value as string).trim();
  if (text === '') return null;
  if (field.type === 'picklist') return picklistValue(field, text);
  if (field.type === 'multipicklist')
    return text
      .split(';')
      .map((one) => picklistValue(field, one.trim()))
      .join(';');
  if (field.length && [...text].length > field.length)
    throw fieldFault('STRING_TOO_LONG', field, `data value too large: ${text} (max length=${String(field.length)})`);
  if (field.type === 'email' && !EMAIL.test(text)) throw fieldFault('INVALID_EMAIL_ADDRESS', field, `invalid email address: ${text}`);
  return text;
}

function picklistValue(field: OrgField, text: string): string {
  const known = field.picklist?.find((one) => one.value.toLowerCase() === text.toLowerCase() && one.active);
  if (known) return known.value;
  if (field.restrictedPicklist)
    throw fieldFault('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', field, `bad value for restricted picklist field: ${text}`);
  if (text.length > 255) throw fieldFault('STRING_TOO_LONG', field, `data value too large: ${text} (max length=255)`);
  return text;
}
