import type { CatchClause, Statement } from '../syntax/ast.ts';
import { ApexThrow, UNCATCHABLE, exceptionState, systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { OrgFault } from '../../errors.ts';
import { RoundingNecessary } from '../values/rounding.ts';
import { isInstanceOf } from './coerce.ts';
import type { Completion, Frame, Run } from './run.ts';
import { declare, inNewScope } from './scopes.ts';

export async function executeTry(statement: Extract<Statement, { kind: 'try' }>, frame: Frame): Promise<Completion> {
  const depth = frame.run.stack.length;
  let done: Completion;
  try {
    done = await guarded(statement, frame, depth);
  } catch (error) {
    const final = statement.finallyBody && !isUncatchable(error) ? await frame.run.execute(statement.finallyBody, frame) : undefined;
    if (final) return final;
    throw error;
  }
  const final = statement.finallyBody ? await frame.run.execute(statement.finallyBody, frame) : undefined;
  return final ?? done;
}

async function guarded(statement: Extract<Statement, { kind: 'try' }>, frame: Frame, depth: number): Promise<Completion> {
  try {
    return await frame.run.execute(statement.body, frame);
  } catch (error) {
    const thrown = asThrow(error, frame.run);
    if (!thrown || isUncatchable(thrown)) throw error;
    const clause = statement.catches.find((one) => catches(one, thrown, frame));
    if (!clause) throw thrown;
    frame.run.stack.length = depth;
    return inNewScope(frame, () => {
      declare(frame, clause.name, { name: clause.type, args: [] }, thrown.exception);
      return frame.run.execute(clause.body, frame);
    });
  }
}

const catches = (clause: CatchClause, thrown: ApexThrow, frame: Frame): boolean =>
  isInstanceOf(thrown.exception, { name: clause.type, args: [] }, frame.model, frame.run.org);

const isUncatchable = (error: unknown): boolean =>
  error instanceof ApexThrow && error.exception instanceof NativeObject && UNCATCHABLE.has(error.exception.typeName.toLowerCase());

/** Anything thrown as an Apex exception with its trace, or null when it is a bug of the local org. */
export function asThrow(error: unknown, run: Run): ApexThrow | null {
  const thrown = error instanceof ApexThrow ? error : translated(error);
  const state = thrown ? exceptionState(thrown.exception) : null;
  if (thrown && state && state.trace.length === 0) {
    const calls = [...run.stack].reverse();
    state.trace = calls.map((call) => `${call.where}: line ${call.line}, column ${call.column}`);
    state.line = calls[0]?.line ?? 0;
  }
  return thrown;
}

function translated(error: unknown): ApexThrow | null {
  if (error instanceof OrgFault && error.errorCode !== 'NOT_IMPLEMENTED_IN_SANDBOX')
    return systemException('QueryException', error.message);
  if (error instanceof RoundingNecessary) return systemException('MathException', error.message);
  return error instanceof RangeError && /call stack/i.test(error.message)
    ? systemException('LimitException', 'Maximum stack depth reached: 1001')
    : null;
}
