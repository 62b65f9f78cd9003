import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Operation, Schema, StripeSpec } from './spec/json-schema.ts';

const spec = JSON.parse(readFileSync(path.join(import.meta.dirname, 'spec/stripe-api.generated.json'), 'utf8')) as StripeSpec;

/** The API version that the stand-in speaks, and the only one. */
export const API_VERSION = spec.apiVersion;
export const EVENT_TYPES: ReadonlySet<string> = new Set(spec.eventTypes);
/** Types of thin events, such as `v1.invoice.paid`. */
export const THIN_EVENT_TYPES: ReadonlySet<string> = new Set(spec.thinEventTypes);

/** Follows a reference to the schema itself. */
export function resolve(schema: Schema): Schema {
  return schema.$ref ? (spec.schemas[schema.$ref] ?? {}) : schema;
}

/** A path pattern with its parameters' names, matched part by part. */
export interface PathPattern {
  parts: string[];
}

export const parsePattern = (pattern: string): PathPattern => ({ parts: pattern.split('/').slice(1) });

/** The path's parameters when it matches, in order of appearance. */
export function matchPath({ parts }: PathPattern, pathParts: string[]): string[] | undefined {
  if (parts.length !== pathParts.length) return undefined;
  const values: string[] = [];
  for (const [index, part] of parts.entries()) {
    const given = pathParts[index] ?? '';
    if (part.startsWith('{')) {
      if (given === '') return undefined;
      values.push(given);
    } else if (part !== given) return undefined;
  }
  return values;
}

/** The modelled call with this pattern. Throws for a route that the SDK does not know: that would be our mistake. */
export function operationOf(method: string, pattern: string): Operation {
  const found = spec.operations.find((operation) => operation.method === method && operation.path === pattern);
  if (!found) throw new Error(`${method} ${pattern} is not an operation of the installed SDK.`);
  return found;
}

const unmodelled = spec.unmodelled.map((line) => {
  const [method = '', pattern = ''] = line.split(' ');
  return { line, method, pattern: parsePattern(pattern) };
});

/** The real call of Stripe's API that this request is, if the stand-in does not model it. */
export function unmodelledCall(method: string, pathParts: string[]): string | undefined {
  return unmodelled.find((call) => call.method === method && matchPath(call.pattern, pathParts))?.line;
}

const byObject = new Map<string, string>();
for (const [name, schema] of Object.entries(spec.schemas)) {
  const object = schema.properties?.['object']?.const;
  if (typeof object !== 'string' || !schema.properties?.['id']) continue;
  const key = name.startsWith('Deleted') ? `deleted ${object}` : object;
  if (!byObject.has(key) || name.length < byObject.get(key)!.length) byObject.set(key, name);
}

/** The schema of an answered object, by its own `object` and `deleted` fields. */
export function schemaOf(value: { object?: unknown; deleted?: unknown }): Schema | undefined {
  const name = byObject.get(`${value.deleted === true ? 'deleted ' : ''}${String(value.object)}`);
  return name === undefined ? undefined : { $ref: name };
}
