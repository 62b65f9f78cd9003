import { readFileSync } from 'node:fs';
import type { Draft } from '../entities.ts';
import { faults } from '../errors.ts';
import { parseDecimal } from '../money.ts';

/** Members by type, from Intuit's XSD (build-types.ts). They know names, kinds and enumerations; what is required and how long it may be is in limits.ts. */
const schema = JSON.parse(readFileSync(new URL('types.json', import.meta.url), 'utf8')) as {
  types: Record<string, Record<string, string>>;
  enums: Record<string, string[]>;
};

const members = new Map(Object.entries(schema.types).map(([name, fields]) => [name, new Map(Object.entries(fields))]));

/** Jackson accepts these on any entity; the clients send them back. */
const ALWAYS_KNOWN = new Set(['domain', 'sparse', 'status']);

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  DATE.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** True when the entity has such a top-level member. */
export const hasMember = (type: string, member: string): boolean => members.get(type)?.has(member) ?? false;

/** The kind of a top-level member: "string", "decimal", "ReferenceType", "Line[]", … */
export const memberKind = (type: string, member: string): string | undefined => members.get(type)?.get(member);

/** Refuses unknown properties (2010) and values of the wrong kind, to any depth. `element` is the path for messages. */
export function checkShape(type: string, draft: Draft, element = ''): void {
  const known = members.get(type);
  if (!known || type === 'IntuitAnyType') return;
  for (const [name, value] of Object.entries(draft)) {
    const kind = known.get(name);
    if (kind === undefined) {
      if (ALWAYS_KNOWN.has(name)) continue;
      throw faults.unknownProperty(name, type, [...known.keys()]);
    }
    if (value === null || value === undefined || value === '') continue;
    const path = element ? `${element}.${name}` : name;
    if (kind.endsWith('[]')) {
      if (!Array.isArray(value)) throw faults.invalidNumber(path, typeof value);
      for (const item of value) checkValue(kind.slice(0, -2), item, path);
    } else {
      checkValue(kind, value, path);
    }
  }
}

function checkValue(kind: string, value: unknown, element: string): void {
  switch (kind) {
    case 'string':
    case 'dateTime':
      if (typeof value === 'object') throw faults.invalidNumber(element, JSON.stringify(value).slice(0, 80));
      return;
    case 'decimal':
    case 'integer':
      if (!parseDecimal(value)) throw faults.invalidNumber(element, String(value));
      return;
    case 'boolean':
      if (value !== true && value !== false && value !== 'true' && value !== 'false') throw faults.invalidBoolean(element, String(value));
      return;
    case 'date':
      if (!isDate(value)) throw faults.invalidDate(element, String(value));
      return;
    default: {
      const values = schema.enums[kind];
      if (values) {
        if (!values.includes(String(value))) throw faults.invalidEnumeration(element, String(value));
        return;
      }
      if (typeof value === 'string' && (kind === 'ReferenceType' || kind === 'MemoRef')) return;
      if (typeof value !== 'object' || Array.isArray(value)) throw faults.invalidNumber(element, String(value).slice(0, 80));
      checkShape(kind, value as Draft, element);
    }
  }
}
