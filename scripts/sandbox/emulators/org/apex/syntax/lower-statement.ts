import type { AccessLevelContext, BlockContext, ExpressionContext, StatementContext, TryStatementContext } from '@apexdevtools/apex-parser';
import type { Block, Expression, Position, Statement } from './ast.ts';
import { lowerFor } from './lower-for.ts';
import { lowerLocal } from './lower-local.ts';
import { lowerSwitch } from './lower-switch.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

export function lowerBlock(context: BlockContext, lowering: Lowering): Block {
  return { kind: 'block', statements: context.statement_list().map((one) => lowerStatement(one, lowering)), at: at(context) };
}

export function lowerStatement(context: StatementContext, lowering: Lowering): Statement {
  const place = at(context);
  const value = (expression: ExpressionContext): Expression => lowering.expression(expression);
  if (context.block()) return lowerBlock(context.block(), lowering);
  if (context.expressionStatement())
    return { kind: 'expression', expression: value(context.expressionStatement().expression()), at: place };
  if (context.localVariableDeclarationStatement())
    return lowerLocal(context.localVariableDeclarationStatement().localVariableDeclaration(), lowering);
  const branch = context.ifStatement();
  if (branch) {
    const [then, otherwise] = branch.statement_list().map((one) => lowerStatement(one, lowering));
    return {
      kind: 'if',
      condition: value(branch.parExpression().expression()),
      then: then ?? { kind: 'block', statements: [], at: place },
      otherwise: otherwise ?? null,
      at: place,
    };
  }
  const returned = context.returnStatement();
  if (returned) return { kind: 'return', value: returned.expression() ? value(returned.expression()) : null, at: place };
  if (context.throwStatement()) return { kind: 'throw', value: value(context.throwStatement().expression()), at: place };
  if (context.breakStatement()) return { kind: 'break', at: place };
  if (context.continueStatement()) return { kind: 'continue', at: place };
  if (context.forStatement()) return lowerFor(context.forStatement(), lowering);
  const loop = context.whileStatement();
  if (loop)
    return {
      kind: 'while',
      condition: value(loop.parExpression().expression()),
      body: loop.statement() ? lowerStatement(loop.statement(), lowering) : { kind: 'block', statements: [], at: place },
      at: place,
    };
  const doLoop = context.doWhileStatement();
  if (doLoop)
    return { kind: 'do', condition: value(doLoop.parExpression().expression()), body: lowerBlock(doLoop.block(), lowering), at: place };
  if (context.switchStatement()) return lowerSwitch(context.switchStatement(), lowering);
  if (context.tryStatement()) return lowerTry(context.tryStatement(), place, lowering);
  return lowerDataStatement(context, place, lowering);
}

function lowerTry(context: TryStatementContext, place: Position, lowering: Lowering): Statement {
  const catches = context
    .catchClause_list()
    .map((one) => ({ type: one.qualifiedName().getText(), name: one.id().getText(), body: lowerBlock(one.block(), lowering) }));
  const last = context.finallyBlock();
  return {
    kind: 'try',
    body: lowerBlock(context.block(), lowering),
    catches,
    finallyBody: last ? lowerBlock(last.block(), lowering) : null,
    at: place,
  };
}

const levelOf = (context: AccessLevelContext | null): 'user' | 'system' | null => (context ? (context.USER() ? 'user' : 'system') : null);

function lowerDataStatement(context: StatementContext, place: Position, lowering: Lowering): Statement {
  const runAs = context.runAsStatement();
  if (runAs) {
    const user = runAs.expressionList()?.expression(0);
    if (user) return { kind: 'run-as', user: lowering.expression(user), body: lowerBlock(runAs.block(), lowering), at: place };
  }
  for (const [verb, found] of [
    ['insert', context.insertStatement()],
    ['update', context.updateStatement()],
    ['delete', context.deleteStatement()],
  ] as const) {
    if (found)
      return {
        kind: 'dml',
        verb,
        records: lowering.expression(found.expression()),
        accessLevel: levelOf(found.accessLevel()),
        externalIdField: null,
        at: place,
      };
  }
  const upsert = context.upsertStatement();
  if (upsert) {
    const field = upsert.qualifiedName()?.getText().split('.').at(-1) ?? null;
    return {
      kind: 'dml',
      verb: 'upsert',
      records: lowering.expression(upsert.expression()),
      accessLevel: levelOf(upsert.accessLevel()),
      externalIdField: field,
      at: place,
    };
  }
  lowering.unsupported(place, `The statement '${context.getText().slice(0, 40)}'`);
  return { kind: 'block', statements: [], at: place };
}
