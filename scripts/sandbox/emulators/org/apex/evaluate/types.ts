import type { ClassModel } from '../classes/model.ts';
import { isPlatformType } from '../library/platform-types.ts';
import type { TypeName } from '../syntax/ast.ts';
import type { ApexOrg } from './run.ts';

export const PRIMITIVES = new Set([
  'string',
  'integer',
  'long',
  'decimal',
  'double',
  'boolean',
  'date',
  'datetime',
  'time',
  'id',
  'blob',
  'object',
  'void',
]);
const COLLECTIONS = new Set(['list', 'set', 'map', 'iterable', 'iterator']);

export type TypeKind = 'primitive' | 'collection' | 'class' | 'record' | 'platform' | 'unknown';

/** `Schema.Account` and `System.String` are written without their namespace. */
export const bareName = (name: string): string => name.replace(/^(schema|system|database)\.(?=[^.]+$)/i, '');

/** What a type name means in the text of a class. */
export function kindOf(type: TypeName, from: ClassModel | null, org: ApexOrg): TypeKind {
  const bare = bareName(type.name).toLowerCase();
  if (COLLECTIONS.has(bare)) return 'collection';
  if (org.classes.find(type.name, from)) return 'class';
  if (PRIMITIVES.has(bare)) return 'primitive';
  if (isRecordType(bare, org)) return 'record';
  return isPlatformType(type.name) ? 'platform' : 'unknown';
}

export const isRecordType = (name: string, org: ApexOrg): boolean =>
  name.toLowerCase() === 'sobject' || name.toLowerCase() === 'aggregateresult' || org.data.schema.object(name) !== undefined;

/** The type with every class of the package written in full, so that it means the same wherever it is read. */
export function qualified(type: TypeName, from: ClassModel | null, org: ApexOrg): TypeName {
  const model = org.classes.find(type.name, from);
  return { name: model?.qualifiedName ?? type.name, args: type.args.map((arg) => qualified(arg, from, org)) };
}
