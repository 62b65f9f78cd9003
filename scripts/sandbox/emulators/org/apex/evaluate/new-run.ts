import { callPackageMethod } from './calls.ts';
import { coerceTo } from './coerce.ts';
import { constructInstance, initialiseStatics } from './construct.ts';
import { evaluateExpression } from './expressions.ts';
import { noLimitsUsed } from './limits.ts';
import { invokeMethod } from './methods.ts';
import type { ApexOrg, Run, TestState } from './run.ts';
import { executeStatement } from './statements.ts';
import { textOf } from './text.ts';
import type { Transaction } from './transaction.ts';

/** A transaction with everything its parts need of each other. */
export function newRun(org: ApexOrg, options: { userId: string; transaction: Transaction; test?: TestState; readOnly?: boolean }): Run {
  const run: Run = {
    org,
    userId: options.userId,
    accessLevel: 'system',
    limits: noLimitsUsed(),
    transaction: options.transaction,
    statics: new Map(),
    stack: [],
    test: options.test ?? null,
    readOnly: options.readOnly ?? false,
    evaluate: evaluateExpression,
    execute: executeStatement,
    callMethod: (method, self, args) => callPackageMethod(method, self, args, run),
    invoke: (receiver, name, args) => invokeMethod(receiver, name, args, run),
    construct: (model, args) => constructInstance(model, args, run),
    staticsOf: (model) => initialiseStatics(model, run),
    text: (value) => textOf(value, run),
    coerce: (value, type, from) => coerceTo(value, type, from, org),
  };
  return run;
}
