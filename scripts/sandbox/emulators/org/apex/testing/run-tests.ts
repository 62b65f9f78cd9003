import { topOf } from '../classes/model.ts';
import type { ClassModel, MethodModel } from '../classes/model.ts';
import { newRun } from '../evaluate/new-run.ts';
import type { ApexOrg, Run, TestState } from '../evaluate/run.ts';
import { Transaction } from '../evaluate/transaction.ts';
import type { WriteLock } from '../evaluate/transaction.ts';
import { asThrow } from '../evaluate/try.ts';
import { annotation } from '../syntax/lower-modifiers.ts';
import { exceptionState, exceptionText } from '../values/exceptions.ts';
import { REQUIRED_COVERAGE_PERCENT } from './report.ts';
import type { ClassCoverage, FailedTest, TestReport } from './report.ts';
import { statementLines } from './statement-lines.ts';

export interface TestFilter {
  /** Test classes by name; all when absent. */
  classes?: string[];
  methods?: string[];
}

const isTestMethod = (method: MethodModel): boolean =>
  Boolean(annotation(method.node.modifiers, 'istest')) || method.node.modifiers.words.has('testmethod');

/** Runs test methods one by one, each over what its class's @TestSetup made, and undoes everything. */
export async function runTests(org: ApexOrg, lock: WriteLock, userId: string, filter: TestFilter = {}): Promise<TestReport> {
  const began = performance.now();
  const hits = new Map<string, Set<number>>();
  const failed: FailedTest[] = [];
  let passed = 0;
  for (const model of org.classes.all()) {
    if (!model.isTest || (filter.classes && !filter.classes.includes(model.name))) continue;
    const methods = [...model.methods.values()]
      .flat()
      .filter((method) => isTestMethod(method) && (!filter.methods || filter.methods.includes(method.name)));
    if (methods.length === 0) continue;
    const failures = await runClass(org, lock, userId, model, methods, hits);
    failed.push(...failures);
    passed += methods.length - failures.length;
  }
  return { passed, failed, ...coverageOf(org, hits), milliseconds: performance.now() - began };
}

async function runClass(
  org: ApexOrg,
  lock: WriteLock,
  userId: string,
  model: ClassModel,
  methods: MethodModel[],
  hits: Map<string, Set<number>>,
): Promise<FailedTest[]> {
  const transaction = new Transaction(org.data, lock);
  await transaction.beginWrite();
  const failed: FailedTest[] = [];
  try {
    const setup = [...model.methods.values()].flat().find((method) => annotation(method.node.modifiers, 'testsetup'));
    const broken = setup ? await runOne(org, transaction, userId, setup, hits) : null;
    for (const method of methods) {
      await transaction.beginWrite();
      const point = transaction.setSavepoint();
      const failure = broken ?? (await runOne(org, transaction, userId, method, hits));
      transaction.rollbackTo(point);
      transaction.releaseSavepoint(point);
      if (failure) failed.push({ ...failure, method: method.name });
    }
  } finally {
    transaction.rollback();
  }
  return failed;
}

async function runOne(
  org: ApexOrg,
  transaction: Transaction,
  userId: string,
  method: MethodModel,
  hits: Map<string, Set<number>>,
): Promise<FailedTest | null> {
  const test: TestState = { mock: null, started: false, hits };
  transaction.uncommitted = false;
  const run = newRun(org, { userId, transaction, test });
  try {
    await run.callMethod(method, null, []);
    return null;
  } catch (error) {
    return failure(error, run, method);
  }
}

function failure(error: unknown, run: Run, method: MethodModel): FailedTest {
  const thrown = asThrow(error, run);
  const name = topOf(method.owner).name;
  if (!thrown)
    return {
      class: name,
      method: method.name,
      message: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error),
      line: run.stack.at(-1)?.line ?? 0,
      stack: [],
    };
  const stack = exceptionState(thrown.exception)?.trace ?? [];
  const own = stack.find((line) => line.startsWith(`Class.${name}.`));
  return {
    class: name,
    method: method.name,
    message: exceptionText(thrown.exception),
    line: Number(/line (\d+)/.exec(own ?? '')?.[1] ?? 0),
    stack,
  };
}

function coverageOf(org: ApexOrg, hits: Map<string, Set<number>>): Pick<TestReport, 'coverage' | 'coveragePercent' | 'meetsPackageRule'> {
  const coverage = org.classes
    .all()
    .filter((model) => !model.isTest)
    .map((model): ClassCoverage => {
      const lines = [...statementLines(model)].sort((left, right) => left - right);
      const uncovered = lines.filter((line) => !hits.get(model.file)?.has(line));
      return { class: model.name, covered: lines.length - uncovered.length, lines: lines.length, uncovered };
    });
  const lines = coverage.reduce((sum, one) => sum + one.lines, 0);
  const covered = coverage.reduce((sum, one) => sum + one.covered, 0);
  const coveragePercent = lines === 0 ? 100 : (100 * covered) / lines;
  return {
    coverage: coverage.sort((left, right) => left.class.localeCompare(right.class)),
    coveragePercent,
    meetsPackageRule: coveragePercent >= REQUIRED_COVERAGE_PERCENT,
  };
}
