import type { Query } from '@jetstreamapp/soql-parser-js';
import type { AccessLevel, DataContext } from '../../data.ts';
import { parseSoql } from '../../soql/parse.ts';
import type { SoqlNode } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { ApexDecimal } from '../values/decimal.ts';
import type { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { spend } from './limits.ts';
import { recordFromRow, toStored } from './records.ts';
import type { Frame, Run } from './run.ts';

const parsed = new Map<string, Query>();

function astOf(text: string): Query {
  let ast = parsed.get(text);
  if (!ast) {
    ast = parseSoql(text).ast;
    parsed.set(text, ast);
  }
  return ast;
}

/** A query in brackets. */
export async function evaluateSoql(node: SoqlNode, frame: Frame): Promise<Value> {
  const binds: Record<string, unknown> = {};
  for (const [index, bind] of node.binds.entries()) binds[`bind${index}`] = toStored(await frame.run.evaluate(bind, frame));
  return runQuery(node.text, binds, null, frame.run);
}

/** Runs SOQL as the transaction's user. `mode` null leaves it to the statement's WITH clause, then to the class's sharing. */
export async function runQuery(text: string, binds: Record<string, unknown>, mode: AccessLevel | null, run: Run): Promise<Value> {
  spend(run.limits, 'queries');
  const ast = astOf(text);
  await run.transaction.beginRead();
  const context = contextOf(run, mode ?? modeOf(ast) ?? run.accessLevel);
  if (isCount(ast)) return run.org.data.count(text, context, binds);
  const rows = run.org.data.query(text, context, binds);
  spend(run.limits, 'queryRows', rows.length);
  const records = rows.map((row) => recordFromRow(row, run.org.data));
  if (isAggregate(ast)) for (const record of records) countsToIntegers(record, ast);
  const list = new ApexList({ name: isAggregate(ast) ? 'AggregateResult' : (ast.sObject ?? 'SObject'), args: [] }, records);
  list.fromQuery = true;
  return list;
}

export const contextOf = (run: Run, accessLevel: AccessLevel): DataContext => ({
  userId: run.userId,
  now: run.org.clock.now(),
  accessLevel,
  limits: run.limits,
});

function modeOf(ast: Query): AccessLevel | null {
  if (ast.withAccessLevel) return ast.withAccessLevel === 'USER_MODE' ? 'user' : 'system';
  return ast.withSecurityEnforced ? 'user' : null;
}

function isCount(ast: Query): boolean {
  const [only] = ast.fields ?? [];
  return (
    ast.fields?.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    only.parameters.length === 0 &&
    !only.alias
  );
}

const isAggregate = (ast: Query): boolean =>
  ast.groupBy !== undefined || (ast.fields ?? []).some((field) => field.type === 'FieldFunctionExpression' && field.isAggregateFn);

function countsToIntegers(record: SObject, ast: Query): void {
  let unnamed = 0;
  for (const field of ast.fields ?? []) {
    if (field.type !== 'FieldFunctionExpression') continue;
    const column = field.alias ?? `expr${unnamed++}`;
    const value = record.get(column);
    if (/^COUNT/i.test(field.functionName) && value instanceof ApexDecimal) record.load(column, Number(value.toInteger()));
  }
}
