import type { Run } from '../evaluate/run.ts';
import type { Value } from '../values/value.ts';
import { assertType } from './asserting.ts';
import { databaseTypes } from './database.ts';
import { dateTypes } from './dates.ts';
import { dmlResultTypes } from './dml-results.ts';
import { encodingTypes } from './encoding.ts';
import { exceptionType } from './exceptions.ts';
import { httpTypes } from './http.ts';
import { jsonType } from './json.ts';
import { listType } from './lists.ts';
import { metadataOperations } from './metadata-deployment.ts';
import { metadataTypes } from './metadata-types.ts';
import type { MethodNative, NativeType, StaticNative } from './native.ts';
import { numberTypes } from './numbers.ts';
import { patternTypes } from './patterns.ts';
import { recordType } from './records.ts';
import { schemaTypes } from './schema.ts';
import { mapType, setType } from './sets-and-maps.ts';
import { idType, stringType } from './strings.ts';
import { systemTypes } from './system.ts';
import { typeTypes } from './types.ts';
import { userTypes } from './users.ts';

const TYPES = new Map<string, NativeType>(
  [
    assertType,
    ...databaseTypes,
    ...dateTypes,
    ...dmlResultTypes,
    ...encodingTypes,
    exceptionType,
    ...httpTypes,
    idType,
    jsonType,
    listType,
    mapType,
    metadataOperations,
    ...metadataTypes,
    ...numberTypes,
    ...patternTypes,
    recordType,
    ...schemaTypes,
    setType,
    stringType,
    ...systemTypes,
    ...typeTypes,
    ...userTypes,
  ].map((type) => [type.name.toLowerCase(), type]),
);

const bare = (name: string): string => name.replace(/^(schema|system|database)\.(?=[^.]+$)/i, '').toLowerCase();

/** A static method of a platform class by name and number of arguments. */
export const staticOf = (type: string, name: string, count: number): StaticNative | undefined =>
  TYPES.get(bare(type))?.statics?.[`${name.toLowerCase()}/${count}`];

export const methodOf = (type: string, name: string, count: number): MethodNative | undefined =>
  TYPES.get(type)?.methods?.[`${name.toLowerCase()}/${count}`];

export const constructorOf = (type: string, count: number): StaticNative | undefined => TYPES.get(bare(type))?.constructors?.[count];

export const constantOf = (type: string, name: string): ((run: Run) => Value) | undefined =>
  TYPES.get(bare(type))?.constants?.[name.toLowerCase()];

export const propertyOf = (type: string, name: string): ((self: never, run: Run) => Value) | undefined =>
  TYPES.get(type.toLowerCase())?.properties?.[name.toLowerCase()];

export const setterOf = (type: string, name: string): ((self: never, value: Value, run: Run) => Value) | undefined =>
  TYPES.get(type.toLowerCase())?.setters?.[name.toLowerCase()];

/** `name/count` of every method that a value of the platform can have: the allow-list for calls on values. */
export const methodKeys: ReadonlySet<string> = new Set([...TYPES.values()].flatMap((type) => Object.keys(type.methods ?? {})));
