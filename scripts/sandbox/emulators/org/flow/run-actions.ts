import { ApexThrow } from '../apex/index.ts';
import { exceptionText } from '../apex/values/exceptions.ts';
import { writeReference } from './assign.ts';
import type { FlowElement, FlowRecord, FlowValue } from './definition.ts';
import { fault } from './interview.ts';
import type { Interview } from './interview.ts';
import type { ReferenceReader } from './references.ts';
import type { FlowTransaction, FlowWorld } from './world.ts';

type ActionElement = Extract<FlowElement, { kind: 'action' }>;

const visitKey = (interview: Interview, element: ActionElement): string => `${element.name}#${interview.visits.get(element.name) ?? 0}`;

/** Calls an action once for all interviews that wait at it; an exception is a fault of each. */
export async function runActions(
  element: ActionElement,
  interviews: Interview[],
  readerOf: (interview: Interview) => ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): Promise<void> {
  const unanswered = interviews.filter((interview) => !interview.seed.answered.has(visitKey(interview, element)));
  const failure = unanswered.length > 0 ? await ask(element, unanswered, readerOf, transaction, world) : null;
  for (const interview of interviews) {
    const answer = interview.seed.answered.get(visitKey(interview, element));
    if (answer) settle(element, interview, answer);
    else fault(interview, element, failure ?? '');
  }
}

async function ask(
  element: ActionElement,
  interviews: Interview[],
  readerOf: (interview: Interview) => ReferenceReader,
  transaction: FlowTransaction,
  world: FlowWorld,
): Promise<string | null> {
  const inputs = interviews.map((interview) =>
    Object.fromEntries(element.inputs.map((input) => [input.name, readerOf(interview).operand(input.value)])),
  );
  const undo = undoPoint(transaction);
  try {
    const answers = await world.apex.runAction(transaction, element.className, inputs);
    interviews.forEach((interview, index) =>
      interview.seed.answered.set(visitKey(interview, element), (answers[index] ?? {}) as FlowRecord),
    );
    return null;
  } catch (error) {
    if (!(error instanceof ApexThrow)) throw error;
    undo();
    transaction.stack.length = 0;
    return `An Apex error occurred: ${exceptionText(error.exception)}`;
  }
}

/** What a failed action wrote is undone, what the flow wrote before it stays. */
function undoPoint(transaction: FlowTransaction): () => void {
  const { transaction: writes } = transaction;
  if (!writes.uncommitted) return () => writes.rollback();
  const point = writes.setSavepoint();
  return () => {
    writes.rollbackTo(point);
    writes.releaseSavepoint(point);
  };
}

function settle(element: ActionElement, interview: Interview, answer: FlowRecord): void {
  if (element.storeOutput) interview.variables.set(element.name, answer);
  for (const output of element.outputs) writeReference(interview, output.to, (answer[output.name] ?? null) as FlowValue);
  interview.at = element.next;
}
