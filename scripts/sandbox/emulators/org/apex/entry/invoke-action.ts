import type { ClassModel, MethodModel } from '../classes/model.ts';
import type { ApexOrg, Run } from '../evaluate/run.ts';
import { toFloat } from '../evaluate/numbers.ts';
import type { TypeName } from '../syntax/ast.ts';
import { annotation } from '../syntax/lower-modifiers.ts';
import { ApexList } from '../values/collections.ts';
import { ApexDate, ApexDatetime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { fromWire } from './from-wire.ts';

/** One variable of an action, as a flow's element names it. */
export interface ActionVariable {
  name: string;
  label: string;
  required: boolean;
}

export interface ActionDescription {
  className: string;
  label: string;
  callout: boolean;
  inputs: ActionVariable[];
  outputs: ActionVariable[];
}

export class UnknownAction extends Error {}

export function invocableMethod(org: ApexOrg, className: string): MethodModel {
  const model = org.classes.find(className, null);
  const methods = [...(model?.methods.values() ?? [])].flat();
  const method = methods.find((one) => annotation(one.node.modifiers, 'invocablemethod'));
  if (!method) throw new UnknownAction(`There is no @InvocableMethod in ${className}`);
  return method;
}

const variablesOf = (model: ClassModel | null): ActionVariable[] =>
  (model?.fields ?? []).flatMap((field) => {
    const found = annotation(field.modifiers, 'invocablevariable');
    return found
      ? [{ name: field.name, label: String(found.values['label'] ?? field.name), required: found.values['required'] === true }]
      : [];
  });

const elementOf = (type: TypeName | null | undefined): TypeName | null =>
  type && /^list$/i.test(type.name) ? (type.args[0] ?? null) : null;

export function describeAction(org: ApexOrg, className: string): ActionDescription {
  const method = invocableMethod(org, className);
  const values = annotation(method.node.modifiers, 'invocablemethod')?.values ?? {};
  const modelOf = (type: TypeName | null): ClassModel | null => (type ? org.classes.find(type.name, method.owner) : null);
  return {
    className: method.owner.qualifiedName,
    label: String(values['label'] ?? method.name),
    callout: values['callout'] === true,
    inputs: variablesOf(modelOf(elementOf(method.node.parameters[0]?.type))),
    outputs: variablesOf(modelOf(elementOf(method.node.returns))),
  };
}

/** Runs the action once for all inputs, inside the transaction it is given. Results are plain, one per input. */
export async function runAction(run: Run, className: string, inputs: Record<string, unknown>[]): Promise<unknown[]> {
  const method = invocableMethod(run.org, className);
  const element = elementOf(method.node.parameters[0]?.type);
  const args: Value[] = [];
  if (element) {
    requireInputs(run, className, inputs);
    const model = run.org.classes.find(element.name, method.owner);
    const items = inputs.map((input) => fromWire(model ? input : Object.values(input)[0], element, method.owner, run));
    // By its whole name: other classes know the list by that, as when one of several methods is to take it.
    args.push(new ApexList(model ? { ...element, name: model.qualifiedName } : element, items));
  }
  run.accessLevel = 'system';
  const returned = await run.callMethod(method, null, args);
  const results = returned instanceof ApexList ? returned.items : [];
  if (method.node.returns && results.length !== inputs.length) {
    throw systemException(
      'InvocableActionException',
      `The number of results does not match the number of interviews that were executed in a single bulk execution request.`,
    );
  }
  return inputs.map((_, index) => plain(results[index] ?? null));
}

function requireInputs(run: Run, className: string, inputs: Record<string, unknown>[]): void {
  for (const variable of describeAction(run.org, className).inputs) {
    const missing = inputs.some((input) => variable.required && (input[variable.name] ?? null) === null);
    if (missing) throw systemException('InvocableActionException', `Missing required input parameter: ${variable.name}`);
  }
}

/** A result as a flow holds it. */
function plain(value: Value): unknown {
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return toFloat(value);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime) return value.toIso();
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ApexList) return value.items.map(plain);
  if (value instanceof SObject)
    return { attributes: { type: value.type }, ...Object.fromEntries(value.populated().map(([name, held]) => [name, plain(held)])) };
  if (value instanceof Instance)
    return Object.fromEntries(
      value.model.fields
        .filter((field) => annotation(field.modifiers, 'invocablevariable'))
        .map((field) => [field.name, plain(value.fields.get(field.key) ?? null)]),
    );
  return value;
}
