import type { MethodModel } from '../classes/model.ts';
import type { ApexOrg } from '../evaluate/run.ts';
import type { WriteLock } from '../evaluate/transaction.ts';
import { annotation } from '../syntax/lower-modifiers.ts';
import { ApexThrow } from '../values/exceptions.ts';
import { auraErrorOf } from './aura-error.ts';
import { fromWire } from './from-wire.ts';
import { transact } from './transact.ts';
import { toWire } from './wire.ts';

/** Names no `@AuraEnabled` static method. */
export class UnknownAuraMethod extends Error {}

function auraMethod(org: ApexOrg, className: string, methodName: string): MethodModel {
  const model = org.classes.find(className, null);
  const method = model?.methods.get(methodName.toLowerCase())?.find((one) => one.isStatic && annotation(one.node.modifiers, 'auraenabled'));
  if (!method || model?.isTest) throw new UnknownAuraMethod(`There is no @AuraEnabled method ${className}.${methodName}`);
  return method;
}

/** Calls a controller method with parameters by name, as a page does. Throws AuraError with the body a page sees. */
export async function invokeAura(
  org: ApexOrg,
  lock: WriteLock,
  className: string,
  methodName: string,
  params: Record<string, unknown>,
  userId: string,
): Promise<unknown> {
  const method = auraMethod(org, className, methodName);
  const readOnly = annotation(method.node.modifiers, 'auraenabled')?.values['cacheable'] === true;
  const given = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  try {
    return await transact(org, lock, userId, { readOnly }, async (run) => {
      // A controller that says nothing of sharing runs with it.
      run.accessLevel = 'sharing';
      const args = method.node.parameters.map((parameter) =>
        fromWire(given.get(parameter.name.toLowerCase()), parameter.type, method.owner, run),
      );
      return toWire(await run.callMethod(method, null, args), run);
    });
  } catch (error) {
    throw error instanceof ApexThrow ? auraErrorOf(error) : error;
  }
}
