import { isSameKey } from '../evaluate/equality.ts';
import type { Run } from '../evaluate/run.ts';
import { isInstanceOf } from '../evaluate/coerce.ts';
import { systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';
import { typeArg } from './arguments.ts';
import type { NativeType, StaticNative } from './native.ts';

async function failed(what: string, args: Value[], messageAt: number, run: Run): Promise<never> {
  const message = args.length > messageAt && (args[messageAt] ?? null) !== null ? `: ${await run.text(args[messageAt] ?? null)}` : '';
  throw systemException('AssertException', `Assertion Failed${message}${what === '' ? '' : `: ${what}`}`);
}

async function equal(args: Value[], run: Run): Promise<Value> {
  const [expected, actual] = [args[0] ?? null, args[1] ?? null];
  if (!isSameKey(expected, actual)) await failed(`Expected: ${await run.text(expected)}, Actual: ${await run.text(actual)}`, args, 2, run);
  return null;
}

async function different(args: Value[], run: Run): Promise<Value> {
  if (isSameKey(args[0] ?? null, args[1] ?? null)) await failed(`Same value: ${await run.text(args[0] ?? null)}`, args, 2, run);
  return null;
}

async function holds(condition: boolean, what: string, args: Value[], run: Run): Promise<Value> {
  if (!condition) await failed(what, args, 1, run);
  return null;
}

/** The same check with and without a message. */
const withMessage = (name: string, count: number, check: StaticNative): Record<string, StaticNative> => ({
  [`${name}/${count}`]: check,
  [`${name}/${count + 1}`]: check,
});

async function isKind(args: Value[], wanted: boolean, run: Run): Promise<Value> {
  const type = typeArg(args, 1);
  if (isInstanceOf(args[0] ?? null, type.type, type.from, run.org) !== wanted)
    await failed(`Expected ${wanted ? '' : 'no '}instance of ${await run.text(type)}`, args, 2, run);
  return null;
}

export const assertType: NativeType = {
  name: 'Assert',
  statics: {
    ...withMessage('areequal', 2, equal),
    ...withMessage('arenotequal', 2, different),
    ...withMessage('istrue', 1, (args, run) => holds(args[0] === true, 'Expected: true, Actual: false', args, run)),
    ...withMessage('isfalse', 1, (args, run) => holds(args[0] === false, 'Expected: false, Actual: true', args, run)),
    ...withMessage('isnull', 1, async (args, run) =>
      holds(args[0] === null, `Expected: null, Actual: ${await run.text(args[0] ?? null)}`, args, run),
    ),
    ...withMessage('isnotnull', 1, (args, run) => holds(args[0] !== null, 'Expected a value, Actual: null', args, run)),
    ...withMessage('isinstanceoftype', 2, (args, run) => isKind(args, true, run)),
    ...withMessage('isnotinstanceoftype', 2, (args, run) => isKind(args, false, run)),
    ...withMessage('fail', 0, (args, run) => failed('', args, 0, run)),
  },
};

export const systemAsserts: Record<string, StaticNative> = {
  ...withMessage('assert', 1, (args, run) => holds(args[0] === true, '', args, run)),
  ...withMessage('assertequals', 2, equal),
  ...withMessage('assertnotequals', 2, different),
};
