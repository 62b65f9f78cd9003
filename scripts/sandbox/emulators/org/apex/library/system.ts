import { LIMITS, noLimitsUsed } from '../evaluate/limits.ts';
import type { LimitCounts } from '../evaluate/limits.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexDatetime } from '../values/dates.ts';
import { systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';
import { systemAsserts } from './asserting.ts';
import { today } from './dates.ts';
import type { NativeType, StaticNative } from './native.ts';

function test(run: Run): NonNullable<Run['test']> {
  if (!run.test) throw systemException('TypeException', 'Test methods can only be called in tests');
  return run.test;
}

/** Fresh limits, and what was written before counts as committed. */
function startTest(run: Run): null {
  test(run).started = true;
  run.limits = noLimitsUsed();
  run.transaction.uncommitted = false;
  return null;
}

function stopTest(run: Run): null {
  test(run).started = false;
  return null;
}

function standardPricebook(run: Run): Value {
  const [row] = run.org.data.query('SELECT Id FROM Pricebook2 WHERE IsStandard = TRUE LIMIT 1', {
    userId: run.userId,
    now: run.org.clock.now(),
    accessLevel: 'system',
  });
  return typeof row?.['Id'] === 'string' ? row['Id'] : null;
}

const used =
  (what: keyof LimitCounts): StaticNative =>
  (_args, run) =>
    run.limits[what];

const getters: [string, keyof LimitCounts][] = [
  ['queries', 'queries'],
  ['queryrows', 'queryRows'],
  ['dmlstatements', 'dmlStatements'],
  ['dmlrows', 'dmlRows'],
  ['callouts', 'callouts'],
  ['publishimmediatedml', 'publishImmediate'],
];

export const systemTypes: NativeType[] = [
  {
    name: 'System',
    statics: {
      ...systemAsserts,
      'currenttimemillis/0': (_args, run) => BigInt(Math.trunc(run.org.clock.now())),
      'debug/1': () => null,
      'debug/2': () => null,
      'now/0': (_args, run) => new ApexDatetime(run.org.clock.now()),
      'today/0': (_args, run) => today(run),
    },
  },
  {
    name: 'Test',
    statics: {
      'getstandardpricebookid/0': (_args, run) => standardPricebook(run),
      'isrunningtest/0': (_args, run) => run.test !== null,
      'setmock/2': (args, run) => {
        test(run).mock = args[1] ?? null;
        return null;
      },
      'starttest/0': (_args, run) => startTest(run),
      'stoptest/0': (_args, run) => stopTest(run),
    },
  },
  {
    name: 'Limits',
    statics: Object.fromEntries(
      getters.flatMap(([name, what]): [string, StaticNative][] => [
        [`get${name}/0`, used(what)],
        [`getlimit${name}/0`, () => LIMITS[what]],
      ]),
    ),
  },
];
