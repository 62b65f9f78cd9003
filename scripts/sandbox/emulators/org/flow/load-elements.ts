import { isTrue, nodesOf, textOf, textsOf } from '../schema/metadata-file.ts';
import type { MetadataFile, XmlNode } from '../schema/metadata-file.ts';
import type { FlowElement, Operand } from './definition.ts';
import { conditionsOf, fieldInputsOf, filtersOf, operandOf, targetOf } from './operands.ts';

type Refuse = (line: number, message: string) => void;

interface Base {
  name: string;
  next: string | null;
  fault: string | null;
  line: number;
}

type Loader = (node: XmlNode, base: Base, refuse: Refuse) => FlowElement;

const parameters = (node: XmlNode, tag: string): { name: string; value: Operand }[] =>
  nodesOf(node, tag).map((one) => ({ name: textOf(one, 'name') ?? '', value: operandOf(nodesOf(one, 'value')[0]) }));
const outputs = (node: XmlNode, tag: string): { name: string; to: string }[] =>
  nodesOf(node, tag).map((one) => ({ name: textOf(one, 'name') ?? '', to: textOf(one, 'assignToReference') ?? '' }));

const LOADERS: Record<string, Loader> = {
  actionCalls: (node, base, refuse) => {
    const type = textOf(node, 'actionType') ?? '';
    if (type !== 'apex') refuse(base.line, `${base.name}: actions of type ${type} are not supported by the local org`);
    return {
      ...base,
      kind: 'action',
      className: textOf(node, 'actionName') ?? '',
      inputs: parameters(node, 'inputParameters'),
      outputs: outputs(node, 'outputParameters'),
      storeOutput: isTrue(node, 'storeOutputAutomatically'),
    };
  },
  decisions: (node, base) => ({
    ...base,
    kind: 'decision',
    next: targetOf(node, 'defaultConnector'),
    rules: nodesOf(node, 'rules').map((rule) => ({ name: textOf(rule, 'name') ?? '', criteria: conditionsOf(rule), next: targetOf(rule) })),
  }),
  assignments: (node, base) => ({
    ...base,
    kind: 'assignment',
    items: nodesOf(node, 'assignmentItems').map((item) => ({
      to: textOf(item, 'assignToReference') ?? '',
      operator: textOf(item, 'operator') ?? 'Assign',
      value: operandOf(nodesOf(item, 'value')[0]),
    })),
  }),
  recordLookups: (node, base) => ({
    ...base,
    kind: 'lookup',
    object: textOf(node, 'object') ?? '',
    criteria: filtersOf(node),
    fields: textsOf(node, 'queriedFields'),
    firstOnly: isTrue(node, 'getFirstRecordOnly') || nodesOf(node, 'outputAssignments').length > 0,
    sort: textOf(node, 'sortField') ? { field: textOf(node, 'sortField') ?? '', descending: textOf(node, 'sortOrder') === 'Desc' } : null,
    limit: limitOf(node),
    storeOutput: isTrue(node, 'storeOutputAutomatically'),
    toReference: textOf(node, 'outputReference') ?? null,
    toFields: nodesOf(node, 'outputAssignments').map((one) => ({
      field: textOf(one, 'field') ?? '',
      to: textOf(one, 'assignToReference') ?? '',
    })),
  }),
  recordCreates: (node, base) => ({
    ...base,
    kind: 'create',
    object: textOf(node, 'object') ?? null,
    inputs: fieldInputsOf(node),
    fromReference: textOf(node, 'inputReference') ?? null,
    idTo: textOf(node, 'assignRecordIdToReference') ?? null,
    storeOutput: isTrue(node, 'storeOutputAutomatically'),
  }),
  recordUpdates: (node, base) => ({
    ...base,
    kind: 'update',
    object: textOf(node, 'object') ?? null,
    criteria: filtersOf(node),
    inputs: fieldInputsOf(node),
    fromReference: textOf(node, 'inputReference') ?? null,
  }),
  recordDeletes: (node, base) => ({
    ...base,
    kind: 'delete',
    object: textOf(node, 'object') ?? null,
    criteria: filtersOf(node),
    fromReference: textOf(node, 'inputReference') ?? null,
  }),
  loops: (node, base) => ({
    ...base,
    kind: 'loop',
    next: targetOf(node, 'noMoreValuesConnector'),
    collection: textOf(node, 'collectionReference') ?? '',
    descending: textOf(node, 'iterationOrder') === 'Desc',
    variable: textOf(node, 'assignNextValueToReference') ?? null,
    body: targetOf(node, 'nextValueConnector'),
  }),
  subflows: (node, base) => ({
    ...base,
    kind: 'subflow',
    flow: textOf(node, 'flowName') ?? '',
    inputs: parameters(node, 'inputAssignments'),
    outputs: outputs(node, 'outputAssignments'),
    storeOutput: isTrue(node, 'storeOutputAutomatically'),
  }),
};

function limitOf(node: XmlNode): number | null {
  const limit = nodesOf(node, 'limit')[0];
  const operand = limit ? operandOf(limit) : null;
  return operand?.kind === 'literal' && typeof operand.value === 'number' ? operand.value : null;
}

/** Tags of elements that are run; all others are refused. */
export const ELEMENT_TAGS = Object.keys(LOADERS);

export function loadElements(file: MetadataFile, refuse: Refuse): Map<string, FlowElement> {
  const elements = new Map<string, FlowElement>();
  for (const [tag, load] of Object.entries(LOADERS)) {
    for (const node of nodesOf(file.body, tag)) {
      const name = textOf(node, 'name') ?? '';
      const base = { name, next: targetOf(node), fault: targetOf(node, 'faultConnector'), line: file.line('name', name) };
      elements.set(name, load(node, base, refuse));
    }
  }
  return elements;
}
