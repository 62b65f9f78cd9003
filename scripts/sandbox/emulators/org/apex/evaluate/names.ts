import type { ClassModel, FieldModel } from '../classes/model.ts';
import { isPlatformType } from '../library/platform-types.ts';
import type { Expression } from '../syntax/ast.ts';
import { systemException } from '../values/exceptions.ts';
import type { Instance } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import { kindOf } from './types.ts';
import type { ApexOrg, Frame } from './run.ts';
import { findVariable } from './scopes.ts';
import { readField, writeField } from './fields.ts';

/** Where a bare name leads: a local variable, or a field of the object, its class or an outer class. */
export type Place = { kind: 'local'; key: string } | { kind: 'field'; field: FieldModel; self: Instance | null };

export function findPlace(name: string, frame: Frame): Place | null {
  const key = name.toLowerCase();
  if (findVariable(frame, key)) return { kind: 'local', key };
  const { classes } = frame.run.org;
  const own = frame.self ? classes.field(frame.self.model, key, false) : null;
  if (own) return { kind: 'field', field: own, self: frame.self };
  for (let model: ClassModel | null = frame.model; model; model = model.outer) {
    const field = classes.field(model, key, true);
    if (field) return { kind: 'field', field, self: null };
  }
  return null;
}

export async function readPlace(place: Place, frame: Frame): Promise<Value> {
  return place.kind === 'local' ? (findVariable(frame, place.key)?.value ?? null) : readField(place.field, place.self, frame);
}

export async function writePlace(place: Place, value: Value, frame: Frame): Promise<Value> {
  if (place.kind === 'field') return writeField(place.field, place.self, value, frame);
  const variable = findVariable(frame, place.key);
  if (!variable) throw systemException('TypeException', `Variable does not exist: ${place.key}`);
  variable.value = frame.run.coerce(value, variable.type, frame.model);
  return variable.value;
}

/** What a dotted name means when its head is no variable. */
export type StaticTarget =
  | { kind: 'class'; model: ClassModel }
  | { kind: 'platform'; name: string }
  | { kind: 'record'; name: string }
  | { kind: 'namespace'; name: string };

const targets = new WeakMap<Expression, StaticTarget | null>();

/** The type an expression names, or null when it is a value. */
export function staticTarget(expression: Expression, frame: Frame): StaticTarget | null {
  const path = namesOf(expression);
  if (!path || findPlace(path[0] ?? '', frame)) return null;
  const known = targets.get(expression);
  if (known !== undefined) return known;
  const found = targetOf(path, frame.model, frame.run.org);
  targets.set(expression, found);
  return found;
}

function namesOf(expression: Expression): string[] | null {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'member' || expression.safe) return null;
  const before = namesOf(expression.object);
  return before ? [...before, expression.name] : null;
}

/** The type a dotted path names in the text of a class. */
export function targetOf(path: string[], from: ClassModel, org: ApexOrg): StaticTarget | null {
  const name = path.join('.');
  const model = org.classes.find(name, from);
  if (model) return { kind: 'class', model };
  const short = /^(system|schema|database)$/i.test(path[0] ?? '') && path.length > 1 ? path.slice(1).join('.') : name;
  if (short.includes('.') && !isPlatformType(short)) return null;
  const kind = kindOf({ name: short, args: [] }, from, org);
  if (kind === 'record') return { kind: 'record', name: org.data.schema.object(short)?.name ?? short };
  if (kind === 'platform' || kind === 'primitive' || kind === 'collection') return { kind: 'platform', name: short };
  return /^(system|schema)$/i.test(short) ? { kind: 'namespace', name: short } : null;
}
