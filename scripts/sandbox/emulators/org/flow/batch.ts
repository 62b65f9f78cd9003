import { applyAssignment, writeReference } from './assign.ts';
import { criteriaHold, compareValues } from './conditions.ts';
import type { Criteria, FlowDefinition, FlowElement, FlowValue } from './definition.ts';
import { runLookup } from './find-records.ts';
import { UnhandledFault, fault } from './interview.ts';
import type { Interview, InterviewSeed } from './interview.ts';
import { OrgFault } from '../errors.ts';
import { ReferenceReader } from './references.ts';
import { runActions } from './run-actions.ts';
import { runSaves } from './save-records.ts';
import type { FlowTransaction, FlowWorld } from './world.ts';

/** Beyond this an interview is caught in a circle. https://help.salesforce.com/s/articleView?id=platform.flow_considerations_limit.htm */
const MOST_ELEMENTS = 2000;

export function newInterview(flow: FlowDefinition, seed: InterviewSeed, startedAt: number): Interview {
  const record = seed.record ? { ...seed.record } : null;
  const interview: Interview = {
    flow,
    seed: { ...seed, record },
    variables: new Map(),
    loops: new Map(),
    taken: new Set(),
    visits: new Map(),
    startedAt,
    faultMessage: '',
    at: flow.start.next,
  };
  for (const variable of flow.variables.values()) {
    const initial = variable.initial?.kind === 'literal' ? variable.initial.value : null;
    interview.variables.set(
      variable.name,
      variable.isInput && variable.name in seed.inputs ? (seed.inputs[variable.name] ?? null) : variable.isCollection ? [] : initial,
    );
  }
  return interview;
}

/** Runs interviews side by side: whoever waits at the same action or save goes through it together. */
export async function runTogether(interviews: Interview[], transaction: FlowTransaction, world: FlowWorld): Promise<void> {
  const readerOf = (interview: Interview): ReferenceReader => new ReferenceReader(interview, world, transaction.userId);
  for (;;) {
    for (const interview of interviews) await advance(interview, readerOf(interview), transaction, world);
    const first = interviews.find((interview) => interview.at !== null);
    const element = first ? elementAt(first) : null;
    if (!first || !element) return;
    const waiting = interviews.filter((interview) => interview.at === first.at);
    for (const interview of waiting) visit(interview, element);
    if (element.kind === 'action') await runActions(element, waiting, readerOf, transaction, world);
    else if (element.kind === 'create' || element.kind === 'update' || element.kind === 'delete')
      await runSaves(element, waiting, readerOf, transaction, world);
  }
}

function elementAt(interview: Interview): FlowElement | null {
  return interview.at === null ? null : (interview.flow.elements.get(interview.at) ?? null);
}

function visit(interview: Interview, element: FlowElement): void {
  const count = (interview.visits.get(element.name) ?? 0) + 1;
  interview.visits.set(element.name, count);
  if (count > MOST_ELEMENTS) throw new UnhandledFault(interview, element.name, 'The number of iterations of the flow exceeds the limit');
}

/** Goes on until the end, or until an element that others may want to share. */
async function advance(interview: Interview, reader: ReferenceReader, transaction: FlowTransaction, world: FlowWorld): Promise<void> {
  for (let element = elementAt(interview); element; element = elementAt(interview)) {
    if (element.kind === 'action' || element.kind === 'create' || element.kind === 'update' || element.kind === 'delete') return;
    visit(interview, element);
    try {
      await step(element, interview, reader, transaction, world);
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      fault(interview, element, `This error occurred: ${error.errorCode}: ${error.message}`);
    }
  }
}

async function step(
  element: Exclude<FlowElement, { kind: 'action' | 'create' | 'update' | 'delete' }>,
  interview: Interview,
  reader: ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): Promise<void> {
  switch (element.kind) {
    case 'decision': {
      const rule = element.rules.find((one) => holds(one.criteria, reader));
      for (const one of element.rules) interview.taken.delete(one.name);
      if (rule) interview.taken.add(rule.name);
      interview.at = rule ? rule.next : element.next;
      return;
    }
    case 'assignment':
      for (const item of element.items) applyAssignment(item, interview, reader);
      interview.at = element.next;
      return;
    case 'lookup':
      await transaction.transaction.beginRead();
      runLookup(element, interview, reader, transaction, world);
      interview.at = element.next;
      return;
    case 'loop':
      nextItem(element, interview, reader);
      return;
    case 'subflow':
      await runSubflow(element, interview, reader, transaction, world);
  }
}

export const holds = (criteria: Criteria, reader: ReferenceReader): boolean =>
  criteriaHold(criteria, (index) => {
    const condition = criteria.conditions[index];
    return condition ? compareValues(reader.read(condition.left), condition.operator, reader.operand(condition.right)) : true;
  });

function nextItem(element: Extract<FlowElement, { kind: 'loop' }>, interview: Interview, reader: ReferenceReader): void {
  const state = interview.loops.get(element.name) ?? begin(element, reader);
  state.index += 1;
  if (state.index >= state.items.length) {
    interview.loops.delete(element.name);
    interview.at = element.next;
    return;
  }
  interview.loops.set(element.name, state);
  if (element.variable) writeReference(interview, element.variable, state.items[state.index] ?? null);
  interview.at = element.body;
}

function begin(element: Extract<FlowElement, { kind: 'loop' }>, reader: ReferenceReader): { items: FlowValue[]; index: number } {
  const collection = reader.read(element.collection);
  const items = Array.isArray(collection) ? [...collection] : [];
  return { items: element.descending ? items.reverse() : items, index: -1 };
}

/** The other flow runs in the same transaction; a fault of its own that it does not handle is this element's. */
async function runSubflow(
  element: Extract<FlowElement, { kind: 'subflow' }>,
  interview: Interview,
  reader: ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): Promise<void> {
  const flow = world.flows.get(element.flow);
  if (!flow) throw new UnhandledFault(interview, element.name, `There is no flow ${element.flow}`);
  const inputs = Object.fromEntries(element.inputs.map((input) => [input.name, reader.operand(input.value)]));
  const inner = newInterview(
    flow,
    { record: interview.seed.record, prior: interview.seed.prior, inputs, answered: interview.seed.answered },
    interview.startedAt,
  );
  try {
    await runTogether([inner], transaction, world);
  } catch (error) {
    if (!(error instanceof UnhandledFault)) throw error;
    throw new UnhandledFault(interview, `${element.name}/${error.element}`, error.message);
  }
  const outputs = Object.fromEntries(
    [...flow.variables.values()].filter((one) => one.isOutput).map((one) => [one.name, inner.variables.get(one.name) ?? null]),
  );
  if (element.storeOutput) interview.variables.set(element.name, outputs);
  for (const output of element.outputs) writeReference(interview, output.to, outputs[output.name] ?? null);
  interview.at = element.next;
}
