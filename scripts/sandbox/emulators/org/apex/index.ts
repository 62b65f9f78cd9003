import type { OrgData } from '../data.ts';
import type { Clock } from '../../core/clock.ts';
import { checkClasses } from './classes/check.ts';
import { loadClasses } from './classes/load.ts';
import { ClassIndex } from './classes/resolve.ts';
import { describeAction, invocableMethod, runAction } from './entry/invoke-action.ts';
import type { ActionDescription } from './entry/invoke-action.ts';
import { invokeAura } from './entry/invoke-aura.ts';
import { transact } from './entry/transact.ts';
import type { ApexOrg, Run } from './evaluate/run.ts';
import { WriteLock } from './evaluate/transaction.ts';
import type { CalloutAnswer, CalloutRequest } from './library/callout.ts';
import type { Problem } from './syntax/problems.ts';
import { runTests } from './testing/run-tests.ts';
import type { TestFilter } from './testing/run-tests.ts';
import type { TestReport } from './testing/report.ts';
import { ApexThrow } from './values/exceptions.ts';

export { AuraError } from './entry/aura-error.ts';
export { ApexThrow };
export type { ActionDescription } from './entry/invoke-action.ts';
export type { CalloutAnswer, CalloutRequest } from './library/callout.ts';
export type { Problem } from './syntax/problems.ts';
export type { TestReport } from './testing/report.ts';

export interface ApexOptions {
  /** Folders with the package's source; every `.cls` below them is loaded. */
  packageDirs: string[];
  data: OrgData;
  clock: Clock;
  /** Sends one HTTP request as the user; resolves `callout:Name/path` and its credential. Rejects when there is no answer. */
  callout(request: CalloutRequest, userId: string): Promise<CalloutAnswer>;
}

/** The package's Apex, ready to run over an org's data. */
export interface ApexRuntime {
  /** What the package uses and the local org does not run; empty when all is well. */
  check(): Problem[];
  /** Calls an @AuraEnabled method. Throws AuraError (`.body` is what a page gets) or UnknownAuraMethod. */
  invokeAura(className: string, method: string, params: Record<string, unknown>, userId: string): Promise<unknown>;
  /** Calls an @InvocableMethod once for all inputs, in a transaction of its own. Throws ApexThrow or UnknownAction. */
  invokeAction(className: string, inputs: Record<string, unknown>[], userId: string): Promise<unknown[]>;
  /** The same inside a transaction that is open, as a flow does. */
  runAction(run: Run, className: string, inputs: Record<string, unknown>[]): Promise<unknown[]>;
  describeAction(className: string): ActionDescription;
  hasAction(className: string): boolean;
  /** Opens a transaction: committed when `work` ends, rolled back when it throws. */
  transact<Result>(userId: string, work: (run: Run) => Promise<Result>): Promise<Result>;
  /** Runs the package's tests. `data` is an org without business records, as real test runs see none; the runtime's own when absent. */
  runTests(userId: string, filter?: TestFilter, data?: OrgData): Promise<TestReport>;
}

/** An exception that leaves asynchronous Apex fails its job and reaches nobody's page. */
function tellFailedJob(error: unknown): void {
  if (!(error instanceof ApexThrow)) throw error;
  console.error(`Asynchronous Apex failed: ${error.message}`);
}

export function createApexRuntime(options: ApexOptions): ApexRuntime {
  const loaded = loadClasses(options.packageDirs);
  const org: ApexOrg = {
    data: options.data,
    clock: options.clock,
    classes: new ClassIndex(loaded.classes),
    callout: (request, userId) => options.callout(request, userId),
    later: (afterMs, userId, work) => {
      options.clock.setTimer(options.clock.now() + afterMs, () => open(userId, work).catch(tellFailedJob));
    },
  };
  const lock = new WriteLock();
  const open = <Result>(userId: string, work: (run: Run) => Promise<Result>): Promise<Result> => transact(org, lock, userId, {}, work);
  return {
    check: () => [...loaded.problems, ...checkClasses(org)],
    invokeAura: (className, method, params, userId) => invokeAura(org, lock, className, method, params, userId),
    invokeAction: (className, inputs, userId) => open(userId, (run) => runAction(run, className, inputs)),
    runAction,
    describeAction: (className) => describeAction(org, className),
    hasAction: (className) => {
      try {
        return Boolean(invocableMethod(org, className));
      } catch {
        return false;
      }
    },
    transact: open,
    runTests: (userId, filter, data = options.data) => runTests({ ...org, data }, new WriteLock(), userId, filter),
  };
}
