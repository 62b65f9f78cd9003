import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { exceptionState, exceptionText } from '../values/exceptions.ts';
import { Instance, NativeObject } from '../values/objects.ts';
import { ApexBlob, ApexDouble, EnumValue, TypeValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { typeText } from '../syntax/type-text.ts';
import { formatMoment } from '../values/date-format.ts';
import { timeZoneOf } from '../library/current-user.ts';
import type { Run } from './run.ts';

/** A Double as Java prints it: always with a decimal. */
export function doubleText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return `${value}.0`;
  if (Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-3)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return String(value);
}

/** A value as String.valueOf, `+` and System.debug show it. */
export async function textOf(value: Value, run: Run): Promise<string> {
  if (value === null) return 'null';
  if (typeof value !== 'object') return String(value);
  if (value instanceof ApexDouble) return doubleText(value.value);
  if (value instanceof ApexDatetime) return formatMoment(value.ms, 'yyyy-MM-dd HH:mm:ss', timeZoneOf(run));
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
  if (value instanceof TypeValue) return typeText(value.type);
  if (value instanceof ApexList) return `(${(await textsOf(value.items, run)).join(', ')})`;
  if (value instanceof ApexSet) return `{${(await textsOf(value.values(), run)).join(', ')}}`;
  if (value instanceof ApexMap)
    return `{${(await Promise.all(value.entries().map(async (entry) => `${await textOf(entry.key, run)}=${await textOf(entry.value, run)}`))).join(', ')}}`;
  if (value instanceof SObject) return `${value.type}:{${(await pairs(value.populated(), run)).join(', ')}}`;
  if (value instanceof Instance) return instanceText(value, run);
  if (value instanceof ApexDecimal || value instanceof ApexDate || value instanceof ApexTime) return value.toString();
  return exceptionState(value)
    ? exceptionText(value)
    : value instanceof NativeObject && typeof value.state === 'string'
      ? value.state
      : value.typeName;
}

const textsOf = (values: Value[], run: Run): Promise<string[]> => Promise.all(values.map((one) => textOf(one, run)));

const pairs = (entries: [string, Value][], run: Run): Promise<string[]> =>
  Promise.all(entries.map(async ([name, value]) => `${name}=${await textOf(value, run)}`));

async function instanceText(value: Instance, run: Run): Promise<string> {
  const own = run.org.classes.methods(value.model, 'tostring', 0)[0];
  if (own) return String(await run.callMethod(own, value, []));
  if (value.exception) return exceptionText(value);
  const fields = value.model.fields
    .filter((field) => !field.isStatic)
    .map((field): [string, Value] => [field.name, value.fields.get(field.key) ?? null]);
  return `${value.model.name}:[${(await pairs(fields, run)).join(', ')}]`;
}
