import type { ClassModel, MethodModel } from '../classes/model.ts';
import type { Parameter, TypeName } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import type { Instance } from '../values/objects.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { isInstanceOf } from './coerce.ts';
import { stacked } from './fields.ts';
import type { ApexOrg, Frame, Run } from './run.ts';
import { declare, newFrame } from './scopes.ts';

/** Runs a method of the package. */
export async function callPackageMethod(method: MethodModel, self: Instance | null, args: Value[], run: Run): Promise<Value> {
  const { body } = method;
  if (!body) throw systemException('TypeException', `Method has no body: ${method.owner.qualifiedName}.${method.name}`);
  if (method.isStatic) await run.staticsOf(method.owner);
  const frame = newFrame(run, method.owner, method.isStatic ? null : self, method.name, method.node.at);
  bindParameters(frame, method.node.parameters, args);
  return withSharing(method.owner, run, async () => {
    const done = await stacked(frame, () => run.execute(body, frame));
    const value = done?.kind === 'return' ? done.value : null;
    return method.node.returns ? run.coerce(value, method.node.returns, method.owner) : null;
  });
}

export function bindParameters(frame: Frame, parameters: Parameter[], args: Value[]): void {
  parameters.forEach((parameter, index) =>
    declare(frame, parameter.name, parameter.type, frame.run.coerce(args[index] ?? null, parameter.type, frame.model)),
  );
}

/** `with sharing` and `without sharing` hold while the class runs; any other class keeps its caller's. */
async function withSharing<Result>(model: ClassModel, run: Run, work: () => Promise<Result>): Promise<Result> {
  const { sharing } = model.modifiers;
  if (sharing === null || sharing === 'inherited') return work();
  const before = run.accessLevel;
  run.accessLevel = sharing === 'with' ? 'sharing' : 'system';
  try {
    return await work();
  } finally {
    run.accessLevel = before;
  }
}

/** Of several overloads, the one whose parameters are closest to the arguments; on a tie the most derived. */
export function chooseOverload<Callable extends { parameters: Parameter[]; owner: ClassModel }>(
  candidates: Callable[],
  args: Value[],
  org: ApexOrg,
): Callable | null {
  let best: { candidate: Callable; distance: number } | null = null;
  for (const candidate of candidates) {
    const distances = candidate.parameters.map((parameter, index) => distance(args[index] ?? null, parameter.type, candidate.owner, org));
    if (distances.some((one) => one === null)) continue;
    const total = distances.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    if (!best || total < best.distance) best = { candidate, distance: total };
  }
  return best?.candidate ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
}

const WIDTH: Record<string, number> = { integer: 0, long: 1, double: 2, decimal: 3 };

function distance(value: Value, type: TypeName, from: ClassModel, org: ApexOrg): number | null {
  const name = type.name.toLowerCase();
  if (value === null) return name === 'object' ? 1 : 0;
  if (name === 'object') return 20;
  if (value instanceof ApexList && value.fromQuery && name !== 'list') return org.data.schema.object(type.name) ? 5 : null;
  if (!isInstanceOf(value, type, from, org)) return null;
  if (typeof value === 'number') return WIDTH[name] ?? 0;
  if (typeof value === 'bigint') return (WIDTH[name] ?? 1) - 1;
  if (value instanceof ApexDecimal) return 0;
  if (typeof value === 'string') return name === 'id' ? (value.length === 18 ? 0 : 2) : 1;
  return value instanceof SObject && name === 'sobject' ? 1 : 0;
}

/** Finds a method by name and arguments in a class and its parents. */
export function findMethod(
  model: ClassModel,
  name: string,
  args: Value[],
  org: ApexOrg,
  accepts: (method: MethodModel) => boolean = () => true,
): MethodModel | null {
  const candidates = org.classes.methods(model, name.toLowerCase(), args.length).filter(accepts);
  const chosen = chooseOverload(
    candidates.map((method) => ({ method, parameters: method.node.parameters, owner: method.owner })),
    args,
    org,
  );
  return chosen?.method ?? null;
}
