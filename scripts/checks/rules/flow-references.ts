import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import { invocable } from '../package/apex-signatures.ts';
import { readPackage } from '../package/source.ts';
import type { MetadataFile } from '../package/source.ts';
import { child, children, everyElement, textOf } from '../package/xml.ts';
import type { XmlElement } from '../package/xml.ts';

export const name = 'flow-references';
export const shows = 'flows name fields, values, elements and Apex actions that exist; callouts come after the commit';

const RECORD_ELEMENTS = new Set(['recordLookups', 'recordCreates', 'recordUpdates', 'recordDeletes']);
const NAMED_ELEMENTS = new Set([
  ...RECORD_ELEMENTS,
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'customErrors',
  'decisions',
  'loops',
  'screens',
  'subflows',
  'transforms',
  'waits',
]);
const RESOURCES = new Set(['formulas', 'variables', 'constants', 'textTemplates', 'choices']);

type Report = (at: XmlElement | undefined, message: string) => void;

export async function check(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of readPackage(root).ofType('Flow')) {
    const report: Report = (at, message) => findings.push({ file: file.file, line: (at ?? file.root).line, message });
    checkConnectors(file, report);
    checkRecords(root, file, report);
    checkActions(root, file, report);
    checkStart(file, report);
  }
  return findings;
}

const named = (flow: XmlElement, kinds: Set<string>) =>
  new Map(flow.elements.flatMap((element) => (kinds.has(element.name) ? [[textOf(element, 'name') ?? '', element] as const] : [])));

function checkConnectors({ root: flow }: MetadataFile, report: Report): void {
  const elements = named(flow, NAMED_ELEMENTS);
  const reached = new Set<string>();
  for (const element of everyElement(flow)) {
    if (element.name !== 'targetReference') continue;
    reached.add(element.text);
    if (!elements.has(element.text)) report(element, `there is no element ${element.text} to go to`);
  }
  for (const [label, element] of elements) if (!reached.has(label)) report(element, `nothing leads to ${label}`);
}

function checkRecords(root: string, { root: flow }: MetadataFile, report: Report): void {
  const model = orgModel(root);
  const start = child(flow, 'start');
  const trigger = start && textOf(start, 'object');
  const known = new Set([...named(flow, NAMED_ELEMENTS).keys(), ...named(flow, RESOURCES).keys()]);
  const field = (object: string, path: string, at: XmlElement) => {
    const found = model.field(object, path);
    if (typeof found === 'string') report(at, found);
    return typeof found === 'string' ? undefined : found;
  };
  for (const element of everyElement(flow)) {
    const object = element === start ? trigger : RECORD_ELEMENTS.has(element.name) ? (textOf(element, 'object') ?? trigger) : undefined;
    if (object) {
      for (const part of element.elements.filter(({ name }) => name === 'filters' || name === 'inputAssignments')) {
        const found = field(object, textOf(part, 'field') ?? '', part);
        const value = child(part, 'value') && textOf(child(part, 'value') as XmlElement, 'stringValue');
        if (value !== undefined && found?.values && !found.values.has(value)) report(part, `"${value}" is not a value of ${found.name}`);
        if (part.name === 'inputAssignments' && found?.calculated) report(part, `${found.name} is computed and cannot be written`);
      }
      for (const queried of children(element, 'queriedFields')) field(object, queried.text, queried);
    }
    if (element.name !== 'elementReference' && element.name !== 'leftValueReference') continue;
    const [head = '', ...path] = element.text.split('.');
    if (head === '$Record' && trigger) field(trigger, path.join('.'), element);
    else if (!head.startsWith('$') && !known.has(head)) report(element, `there is no element or resource ${head}`);
  }
}

function checkActions(root: string, { root: flow }: MetadataFile, report: Report): void {
  for (const action of children(flow, 'actionCalls')) {
    const called = textOf(action, 'actionName') ?? '';
    if (textOf(action, 'actionType') !== 'apex') continue;
    const found = invocable(readPackage(root), called);
    if (!found) report(action, `there is no Apex action ${called}: a class of this name with an @InvocableMethod`);
    for (const input of children(action, 'inputParameters')) {
      const given = textOf(input, 'name') ?? '';
      if (found && !found.inputs.has(given)) report(input, `${called} has no input ${given}`);
    }
    for (const required of found?.required ?? [])
      if (!children(action, 'inputParameters').some((input) => textOf(input, 'name') === required))
        report(action, `${called} needs the input ${required}`);
    for (const element of everyElement(flow)) {
      const [head = '', output = ''] =
        element.name === 'elementReference' || element.name === 'leftValueReference' ? element.text.split('.') : [];
      if (found && head === textOf(action, 'name') && !found.outputs.has(output)) report(element, `${called} has no output ${output}`);
    }
    if (!child(action, 'faultConnector')) report(action, `${textOf(action, 'name') ?? ''} has no fault path`);
  }
}

/** A callout in the transaction of a save fails: "You have uncommitted work pending". */
function checkStart({ root: flow }: MetadataFile, report: Report): void {
  const start = child(flow, 'start');
  if (!start || !textOf(start, 'triggerType')?.startsWith('RecordAfter') || children(flow, 'actionCalls').length === 0) return;
  if (child(start, 'connector'))
    report(child(start, 'connector'), 'a record-triggered flow calls the functions on its asynchronous path only');
  if (textOf(flow, 'status') === 'Active') report(child(flow, 'status'), 'a record-triggered flow is a template: it ships as a draft');
}
