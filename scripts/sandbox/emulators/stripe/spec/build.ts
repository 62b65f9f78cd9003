/**
 * Derives `stripe-api.generated.json` from the installed `stripe` package and cuts it down to what the stand-in models.
 * Run: `node scripts/sandbox/emulators/stripe/spec/build.ts` writes it, with `--check` it fails when the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Operation, Schema, StripeSpec } from './json-schema.ts';
import { MODELLED_OBJECTS, MODELLED_OPERATIONS } from './modelled.ts';
import { readApi } from './read-operations.ts';

export const SPEC_FILE = path.join(import.meta.dirname, 'stripe-api.generated.json');

const objectName = (schema: Schema | undefined): string | undefined => {
  const name = schema?.properties?.['object'];
  return typeof name?.const === 'string' ? name.const : undefined;
};

/** Keeps only what the modelled operations and objects reach; references to other resources become plain ids. */
export function prune(
  api: ReturnType<typeof readApi>,
): Pick<StripeSpec, 'operations' | 'schemas' | 'unmodelled' | 'eventTypes' | 'thinEventTypes'> {
  const keep = new Set(MODELLED_OBJECTS);
  const schemas: Record<string, Schema> = {};
  const foreign = (name: string): boolean => {
    const schema = api.schemas[name];
    const object = objectName(schema);
    if (object !== undefined) return !keep.has(object);
    // A union of resources, such as CustomerSource or Event.
    return schema?.anyOf?.length
      ? schema.anyOf.every((one) => one.$ref !== undefined && objectName(api.schemas[one.$ref]) !== undefined && foreign(one.$ref))
      : false;
  };

  const cut = (schema: Schema): Schema => {
    if (schema.$ref) {
      if (foreign(schema.$ref)) return {};
      if (!schemas[schema.$ref]) {
        schemas[schema.$ref] = {};
        schemas[schema.$ref] = cut(api.schemas[schema.$ref]!);
      }
      return { $ref: schema.$ref };
    }
    const copy: Schema = { ...schema };
    if (schema.anyOf) {
      const choices = schema.anyOf.filter((one) => !one.$ref || !foreign(one.$ref)).map(cut);
      if (choices.length === 1) return choices[0]!;
      copy.anyOf = choices;
    }
    if (schema.allOf) copy.allOf = schema.allOf.map(cut);
    if (schema.items) copy.items = cut(schema.items);
    if (schema.additionalProperties) copy.additionalProperties = cut(schema.additionalProperties);
    if (schema.properties)
      copy.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, cut(value)]));
    return copy;
  };

  const wanted = new Set(MODELLED_OPERATIONS);
  const key = (operation: Operation) => `${operation.method} ${operation.path}`;
  const operations = api.operations.filter((operation) => wanted.delete(key(operation)));
  if (wanted.size) throw new Error(`Not in the installed SDK: ${[...wanted].join(', ')}`);
  const kept = operations.map((operation) => ({
    ...operation,
    params: operation.params && cut(operation.params),
    // A union of some 300 thin events, which differ in their type alone.
    response: operation.path.startsWith('/v2/core/events') ? {} : cut(operation.response),
  }));
  const unmodelled = api.operations
    .filter((operation) => !operations.includes(operation))
    .map(key)
    .sort();
  return {
    operations: kept,
    unmodelled,
    eventTypes: api.eventTypes,
    thinEventTypes: api.thinEventTypes,
    schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The text that belongs into `stripe-api.generated.json`. */
export function buildSpec(): string {
  const folder = path.resolve(fileURLToPath(import.meta.resolve('stripe')), '../..');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const apiVersion = /ApiVersion = '([^']+)'/.exec(readFileSync(path.join(folder, 'esm/apiVersion.js'), 'utf8'))?.[1];
  if (!apiVersion) throw new Error('The installed stripe package does not name its API version.');
  const { operations, unmodelled, eventTypes, thinEventTypes, schemas } = prune(readApi(path.join(folder, 'esm')));
  const lines = (entries: string[]) => `\n${entries.join(',\n')}\n`;
  return `{"sdk":${JSON.stringify(version)},"apiVersion":${JSON.stringify(apiVersion)},
"operations":[${lines(operations.map((operation) => JSON.stringify(operation)))}],
"unmodelled":${JSON.stringify(unmodelled)},
"eventTypes":${JSON.stringify(eventTypes)},
"thinEventTypes":${JSON.stringify(thinEventTypes)},
"schemas":{${lines(Object.entries(schemas).map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`))}}}
`;
}

if (import.meta.main) {
  const built = buildSpec();
  if (!process.argv.includes('--check')) writeFileSync(SPEC_FILE, built);
  else if (readFileSync(SPEC_FILE, 'utf8') !== built) {
    console.error(
      'stripe-api.generated.json does not match the installed stripe package. Run: node scripts/sandbox/emulators/stripe/spec/build.ts',
    );
    process.exitCode = 1;
  }
}
