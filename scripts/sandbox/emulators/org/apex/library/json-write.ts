import { doubleText } from '../evaluate/text.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { ApexBlob, ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';

interface Style {
  pretty: boolean;
  suppressNulls: boolean;
}

/** JSON.serialize and serializePretty. */
export async function writeJson(value: Value, style: Style, run: Run, indent = ''): Promise<string> {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ApexDecimal) return value.toString();
  if (value instanceof ApexDouble) return doubleText(value.value);
  if (value instanceof ApexDatetime) return JSON.stringify(value.toIso());
  if (value instanceof ApexDate || value instanceof ApexTime) return JSON.stringify(value.toString());
  if (value instanceof EnumValue) return JSON.stringify(value.name);
  if (value instanceof ApexBlob) return JSON.stringify(value.bytes.toString('base64'));
  if (value instanceof ApexList || value instanceof ApexSet) {
    const items = value instanceof ApexList ? value.items : value.values();
    const parts: string[] = [];
    for (const item of items) parts.push(await writeJson(item, style, run, `${indent}  `));
    return style.pretty && parts.length > 0 ? `[ ${parts.join(', ')} ]` : `[${parts.join(',')}]`;
  }
  return object(await entriesOf(value, run), style, run, indent);
}

async function object(entries: [string, Value | { raw: string }][], style: Style, run: Run, indent: string): Promise<string> {
  const parts: string[] = [];
  for (const [name, value] of entries) {
    if (value === null && style.suppressNulls) continue;
    const text =
      value !== null && typeof value === 'object' && 'raw' in value
        ? value.raw
        : await writeJson(value as Value, style, run, `${indent}  `);
    parts.push(style.pretty ? `${indent}  ${JSON.stringify(name)} : ${text}` : `${JSON.stringify(name)}:${text}`);
  }
  return style.pretty && parts.length > 0 ? `{\n${parts.join(',\n')}\n${indent}}` : `{${parts.join(',')}}`;
}

async function entriesOf(value: Value, run: Run): Promise<[string, Value | { raw: string }][]> {
  if (value instanceof ApexMap) {
    const entries: [string, Value][] = [];
    for (const entry of value.entries()) entries.push([await run.text(entry.key), entry.value]);
    return entries;
  }
  if (value instanceof SObject) return recordEntries(value);
  if (value instanceof Instance) return instanceEntries(value, run);
  throw systemException(
    'JSONException',
    `Type unsupported in JSON: ${value === null ? 'null' : typeof value === 'object' ? value.typeName : typeof value}`,
  );
}

function recordEntries(record: SObject): [string, Value | { raw: string }][] {
  const url = record.id === null ? {} : { url: `/services/data/v66.0/sobjects/${record.type}/${record.id}` };
  const fields = record.populated().map(([name, value]): [string, Value | { raw: string }] => [name, value]);
  return [['attributes', { raw: JSON.stringify({ type: record.type, ...url }) }], ...fields];
}

function instanceEntries(value: Instance, run: Run): [string, Value][] {
  if (value.exception) throw systemException('JSONException', `Type unsupported in JSON: ${value.typeName}`);
  const lineage = [...run.org.classes.lineage(value.model).models].filter((model) => model.kind === 'class').reverse();
  const fields = lineage.flatMap((model) => model.fields.filter((field) => !field.isStatic && !field.modifiers.words.has('transient')));
  return fields.map((field) => [field.name, value.fields.get(field.key) ?? null]);
}
