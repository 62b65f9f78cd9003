import { topOf } from '../classes/model.ts';
import type { Block, Statement } from '../syntax/ast.ts';
import { ApexList, ApexSet } from '../values/collections.ts';
import { ApexThrow, exceptionState, nullPointer, systemException } from '../values/exceptions.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { runDmlStatement } from './dml.ts';
import type { Completion, Frame } from './run.ts';
import { declare, inNewScope } from './scopes.ts';
import { executeSwitch } from './switch.ts';
import { executeTry } from './try.ts';

/** Runs one statement. */
export async function executeStatement(statement: Statement, frame: Frame): Promise<Completion> {
  if (statement.kind === 'block') return executeBlock(statement, frame);
  const { run, call } = frame;
  call.line = statement.at.line;
  call.column = statement.at.column + 1;
  markHit(frame, statement.at.line);
  switch (statement.kind) {
    case 'expression':
      await run.evaluate(statement.expression, frame);
      return undefined;
    case 'local':
      for (const variable of statement.variables) {
        const value = variable.initial ? await run.evaluate(variable.initial, frame) : null;
        declare(frame, variable.name, statement.type, run.coerce(value, statement.type, frame.model));
      }
      return undefined;
    case 'if':
      if (await condition(await run.evaluate(statement.condition, frame))) return run.execute(statement.then, frame);
      return statement.otherwise ? run.execute(statement.otherwise, frame) : undefined;
    case 'return':
      return { kind: 'return', value: statement.value ? await run.evaluate(statement.value, frame) : null };
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'throw':
      return throwValue(await run.evaluate(statement.value, frame));
    case 'while':
    case 'do':
    case 'for':
      return inNewScope(frame, () => loop(statement, frame));
    case 'for-each':
      return forEach(statement, frame);
    case 'switch':
      return executeSwitch(statement, frame);
    case 'try':
      return executeTry(statement, frame);
    case 'dml':
      await runDmlStatement(statement, await run.evaluate(statement.records, frame), run);
      return undefined;
    case 'run-as':
      return runAs(statement, frame);
  }
}

function markHit(frame: Frame, line: number): void {
  const test = frame.run.test;
  if (!test) return;
  const file = topOf(frame.model).file;
  const lines = test.hits.get(file) ?? new Set<number>();
  if (lines.size === 0) test.hits.set(file, lines);
  lines.add(line);
}

async function executeBlock(block: Block, frame: Frame): Promise<Completion> {
  return inNewScope(frame, async () => {
    for (const statement of block.statements) {
      const done = await frame.run.execute(statement, frame);
      if (done) return done;
    }
    return undefined;
  });
}

async function condition(value: Value): Promise<boolean> {
  if (value === null) throw nullPointer();
  return value === true;
}

function throwValue(value: Value): never {
  if (value === null || !exceptionState(value)) throw nullPointer();
  throw new ApexThrow(value);
}

async function loop(statement: Extract<Statement, { kind: 'while' | 'do' | 'for' }>, frame: Frame): Promise<Completion> {
  const { run } = frame;
  const holds = async (): Promise<boolean> => (statement.condition ? condition(await run.evaluate(statement.condition, frame)) : true);
  if (statement.kind === 'for') for (const first of statement.initial) await run.execute(first, frame);
  if (statement.kind !== 'do' && !(await holds())) return undefined;
  do {
    const done = statement.body ? await run.execute(statement.body, frame) : undefined;
    if (done?.kind === 'return') return done;
    if (done?.kind === 'break') return undefined;
    if (statement.kind === 'for') for (const step of statement.update) await run.evaluate(step, frame);
  } while (await holds());
  return undefined;
}

async function forEach(statement: Extract<Statement, { kind: 'for-each' }>, frame: Frame): Promise<Completion> {
  const { run } = frame;
  for (const item of batches(await run.evaluate(statement.source, frame), statement.type.name)) {
    const done = await inNewScope(frame, async () => {
      declare(frame, statement.name, statement.type, run.coerce(item, statement.type, frame.model));
      return statement.body ? run.execute(statement.body, frame) : undefined;
    });
    if (done?.kind === 'return') return done;
    if (done?.kind === 'break') return undefined;
  }
  return undefined;
}

/** `for (List<X> batch : [SELECT …])` gets 200 rows at a time. */
function batches(source: Value, variableType: string): Value[] {
  if (source === null) throw nullPointer();
  if (source instanceof ApexSet) return source.values();
  if (!(source instanceof ApexList)) throw systemException('TypeException', 'Loop must iterate over a collection type');
  const wantsLists = /^list$/i.test(variableType) && source.fromQuery;
  if (!wantsLists) return [...source.items];
  const found: Value[] = [];
  for (let from = 0; from < source.items.length; from += 200)
    found.push(new ApexList(source.element, source.items.slice(from, from + 200)));
  return found;
}

async function runAs(statement: Extract<Statement, { kind: 'run-as' }>, frame: Frame): Promise<Completion> {
  const { run } = frame;
  if (!run.test) throw systemException('TypeException', 'System.runAs can only be called from test methods');
  const user = await run.evaluate(statement.user, frame);
  const id = user instanceof SObject ? user.id : null;
  if (id === null) throw nullPointer();
  const before = run.userId;
  const uncommitted = run.transaction.uncommitted;
  run.userId = id;
  try {
    return await executeBlock(statement.body, frame);
  } finally {
    run.userId = before;
    run.transaction.uncommitted = uncommitted || run.transaction.uncommitted;
  }
}
