import type { OrgData } from '../data.ts';
import type { SchemaProblem } from '../schema/metadata-file.ts';
import { ASSIGNMENTS } from './assign.ts';
import { OPERATORS } from './conditions.ts';
import { FILTERS } from './find-records.ts';
import type { FlowDefinition, FlowElement, Operand } from './definition.ts';

/** What the checks need of the package's Apex. */
export interface KnownActions {
  hasAction(className: string): boolean;
  describeAction(className: string): { inputs: { name: string; required: boolean }[]; outputs: { name: string }[] };
}

const GLOBALS = new Set(['$Record', '$Record__Prior', '$Flow', '$Label', '$User', '$Organization', '$Permission', '$GlobalConstant']);

/** Connectors, references, objects, fields and actions that a flow names and that are not there. */
export function checkFlows(flows: Map<string, FlowDefinition>, data: OrgData, actions: KnownActions): SchemaProblem[] {
  return [...flows.values()].flatMap((flow) => checkFlow(flow, flows, data, actions));
}

function checkFlow(flow: FlowDefinition, flows: Map<string, FlowDefinition>, data: OrgData, actions: KnownActions): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const add = (line: number, message: string): void => {
    problems.push({ file: flow.file, line, message });
  };
  checkTarget(flow, flow.start.next, 'start', 1, add);
  for (const element of flow.elements.values()) {
    for (const target of targetsOf(element)) checkTarget(flow, target, element.name, element.line, add);
    for (const path of referencesOf(element))
      if (!isKnown(flow, path)) add(element.line, `${element.name}: there is nothing named ${path}`);
    if (element.kind === 'action') checkAction(element, actions, add);
    if (element.kind === 'subflow' && !flows.has(element.flow)) add(element.line, `${element.name}: there is no flow ${element.flow}`);
    checkOperators(element, add);
    if ('object' in element && element.object) checkFields(element, element.object, data, add);
  }
  for (const [name, formula] of flow.formulas) {
    for (const path of mergeFields(formula.expression)) if (!isKnown(flow, path)) add(1, `${name}: there is nothing named ${path}`);
  }
  return problems;
}

function checkOperators(element: FlowElement, add: (line: number, message: string) => void): void {
  const [used, known] =
    element.kind === 'decision'
      ? [element.rules.flatMap((rule) => rule.criteria.conditions.map((one) => one.operator)), OPERATORS]
      : element.kind === 'assignment'
        ? [element.items.map((item) => item.operator), ASSIGNMENTS]
        : 'criteria' in element
          ? [element.criteria.conditions.map((one) => one.operator), FILTERS]
          : [[], OPERATORS];
  for (const operator of used)
    if (!known.has(operator)) add(element.line, `${element.name}: the operator ${operator} is not supported by the local org's flows`);
}

function checkTarget(
  flow: FlowDefinition,
  target: string | null,
  from: string,
  line: number,
  add: (line: number, message: string) => void,
): void {
  if (target !== null && !flow.elements.has(target)) add(line, `${from}: there is no element ${target}`);
}

function targetsOf(element: FlowElement): (string | null)[] {
  const extra = element.kind === 'decision' ? element.rules.map((rule) => rule.next) : element.kind === 'loop' ? [element.body] : [];
  return [element.next, element.fault, ...extra];
}

const pathsOf = (operands: Operand[]): string[] => operands.flatMap((one) => (one.kind === 'reference' ? [one.path] : []));

function referencesOf(element: FlowElement): string[] {
  switch (element.kind) {
    case 'action':
    case 'subflow':
      return [...pathsOf(element.inputs.map((one) => one.value)), ...element.outputs.map((one) => one.to)];
    case 'decision':
      return element.rules.flatMap((rule) => rule.criteria.conditions.flatMap((one) => [one.left, ...pathsOf([one.right])]));
    case 'assignment':
      return element.items.flatMap((item) => [item.to, ...pathsOf([item.value])]);
    case 'lookup':
      return [
        ...pathsOf(element.criteria.conditions.map((one) => one.right)),
        ...(element.toReference ? [element.toReference] : []),
        ...element.toFields.map((one) => one.to),
      ];
    case 'create':
      return [
        ...pathsOf(element.inputs.map((one) => one.value)),
        ...(element.fromReference ? [element.fromReference] : []),
        ...(element.idTo ? [element.idTo] : []),
      ];
    case 'update':
      return [
        ...pathsOf(
          [...element.inputs, ...element.criteria.conditions.map((one) => ({ field: '', value: one.right }))].map((one) => one.value),
        ),
        ...(element.fromReference ? [element.fromReference] : []),
      ];
    case 'delete':
      return [...pathsOf(element.criteria.conditions.map((one) => one.right)), ...(element.fromReference ? [element.fromReference] : [])];
    case 'loop':
      return [element.collection, ...(element.variable ? [element.variable] : [])];
  }
}

function isKnown(flow: FlowDefinition, path: string): boolean {
  const head = path.split('.')[0] ?? '';
  return (
    GLOBALS.has(head) ||
    flow.elements.has(head) ||
    flow.variables.has(head) ||
    flow.constants.has(head) ||
    flow.formulas.has(head) ||
    flow.templates.has(head) ||
    isRule(flow, head)
  );
}

const isRule = (flow: FlowDefinition, name: string): boolean =>
  [...flow.elements.values()].some((one) => one.kind === 'decision' && one.rules.some((rule) => rule.name === name));

/** `{!Name.Field}` of a formula or template. */
const mergeFields = (text: string): string[] => [...text.matchAll(/\{!([^}]+)\}/g)].map((match) => (match[1] ?? '').trim());

function checkAction(
  element: Extract<FlowElement, { kind: 'action' }>,
  actions: KnownActions,
  add: (line: number, message: string) => void,
): void {
  if (!actions.hasAction(element.className)) {
    add(element.line, `${element.name}: there is no invocable action ${element.className}`);
    return;
  }
  const described = actions.describeAction(element.className);
  for (const input of element.inputs)
    if (!described.inputs.some((one) => one.name === input.name))
      add(element.line, `${element.name}: ${element.className} has no input ${input.name}`);
  for (const input of described.inputs)
    if (input.required && !element.inputs.some((one) => one.name === input.name))
      add(element.line, `${element.name}: the input ${input.name} of ${element.className} is required`);
  for (const output of element.outputs)
    if (!described.outputs.some((one) => one.name === output.name))
      add(element.line, `${element.name}: ${element.className} has no output ${output.name}`);
}

function checkFields(element: FlowElement, object: string, data: OrgData, add: (line: number, message: string) => void): void {
  if (!data.schema.object(object)) {
    add(element.line, `${element.name}: there is no object ${object}`);
    return;
  }
  const fields = [
    ...('inputs' in element && element.kind !== 'action' && element.kind !== 'subflow' ? element.inputs.map((one) => one.field) : []),
    ...('criteria' in element ? element.criteria.conditions.map((one) => one.left) : []),
    ...(element.kind === 'lookup' ? [...element.fields, ...element.toFields.map((one) => one.field)] : []),
  ];
  for (const field of fields) if (!data.schema.field(object, field)) add(element.line, `${element.name}: ${object} has no field ${field}`);
}
