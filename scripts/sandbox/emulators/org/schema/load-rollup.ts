import { nodesOf, textOf } from './metadata-file.ts';
import type { XmlNode } from './metadata-file.ts';
import type { RollupSummary } from './model.ts';

/** The roll-up a Summary field states; undefined when it lacks what it needs. */
export function readRollup(body: XmlNode): RollupSummary | undefined {
  const key = textOf(body, 'summaryForeignKey')?.split('.');
  const operation = textOf(body, 'summaryOperation');
  if (!key?.[0] || !key[1] || !operation) return undefined;
  const summed = textOf(body, 'summarizedField')?.split('.')[1];
  return {
    operation: operation as RollupSummary['operation'],
    detailObject: key[0],
    detailField: key[1],
    ...(summed ? { summarizedField: summed } : {}),
    filters: nodesOf(body, 'summaryFilterItems').map(readFilter),
  };
}

/** A filter row of a roll-up or a list view: field without its object, operation, value. */
export function readFilter(node: XmlNode): { field: string; operation: string; value: string } {
  const field = textOf(node, 'field') ?? '';
  return { field: field.split('.').at(-1) ?? field, operation: textOf(node, 'operation') ?? 'equals', value: textOf(node, 'value') ?? '' };
}
