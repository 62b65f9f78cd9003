import { nodesOf, textOf } from '../schema/metadata-file.ts';
import type { XmlNode } from '../schema/metadata-file.ts';
import type { Condition, Criteria, FieldInput, Operand } from './definition.ts';

/** `<value><stringValue>…` and its siblings. An empty or missing value is null. */
export function operandOf(node: XmlNode | undefined): Operand {
  const text = (tag: string): string | undefined => (node ? textOf(node, tag) : undefined);
  const reference = text('elementReference');
  if (reference !== undefined)
    return reference === '$GlobalConstant.EmptyString' ? literal('', 'String') : { kind: 'reference', path: reference };
  const number = text('numberValue');
  if (number !== undefined) return literal(Number(number), 'Number');
  const flag = text('booleanValue');
  if (flag !== undefined) return literal(flag === 'true', 'Boolean');
  const date = text('dateValue');
  if (date !== undefined) return literal(date.slice(0, 10), 'Date');
  const moment = text('dateTimeValue');
  if (moment !== undefined) return literal(new Date(moment).toISOString(), 'DateTime');
  const plain = text('stringValue');
  return plain === undefined ? literal(null, 'String') : literal(plain, 'String');
}

const literal = (value: string | number | boolean | null, dataType: string): Operand => ({ kind: 'literal', value, dataType });

const conditionOf = (node: XmlNode, left: string, right: string): Condition => ({
  left: textOf(node, left) ?? '',
  operator: textOf(node, 'operator') ?? 'EqualTo',
  right: operandOf(nodesOf(node, right)[0]),
});

/** Filters of records: fields against values. */
export const filtersOf = (node: XmlNode): Criteria => ({
  logic: textOf(node, 'filterLogic') ?? 'and',
  conditions: nodesOf(node, 'filters').map((one) => conditionOf(one, 'field', 'value')),
});

/** Conditions of a decision: references against values. */
export const conditionsOf = (node: XmlNode): Criteria => ({
  logic: textOf(node, 'conditionLogic') ?? 'and',
  conditions: nodesOf(node, 'conditions').map((one) => conditionOf(one, 'leftValueReference', 'rightValue')),
});

export const fieldInputsOf = (node: XmlNode): FieldInput[] =>
  nodesOf(node, 'inputAssignments').map((one) => ({ field: textOf(one, 'field') ?? '', value: operandOf(nodesOf(one, 'value')[0]) }));

/** Where a connector leads; null ends the interview. */
export function targetOf(node: XmlNode | undefined, tag = 'connector'): string | null {
  const connector = node ? nodesOf(node, tag)[0] : undefined;
  return (connector ? textOf(connector, 'targetReference') : undefined) ?? null;
}
