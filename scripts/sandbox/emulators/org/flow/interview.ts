import type { FlowDefinition, FlowRecord, FlowValue } from './definition.ts';

/** What an interview starts from; kept, so that it can be run again when another interview of its batch fails. */
export interface InterviewSeed {
  record: FlowRecord | null;
  prior: FlowRecord | null;
  inputs: Record<string, FlowValue>;
  /** Answers of actions that called out, by element and visit: a call is not repeated when the batch is. */
  answered: Map<string, FlowRecord>;
}

/** One run of a flow. */
export interface Interview {
  readonly flow: FlowDefinition;
  readonly seed: InterviewSeed;
  readonly variables: Map<string, FlowValue>;
  /** Place in each loop's collection. */
  readonly loops: Map<string, { items: FlowValue[]; index: number }>;
  /** Outcomes of decisions that were taken, by rule name. */
  readonly taken: Set<string>;
  readonly visits: Map<string, number>;
  readonly startedAt: number;
  faultMessage: string;
  /** The element to run next; null once it has ended. */
  at: string | null;
}

/** A fault without a path ends its interview and undoes what the interview did. */
export class UnhandledFault extends Error {
  readonly interview: Interview;
  readonly element: string;

  constructor(interview: Interview, element: string, message: string) {
    super(message);
    this.name = 'UnhandledFault';
    this.interview = interview;
    this.element = element;
  }
}

export const newSeed = (
  record: FlowRecord | null = null,
  prior: FlowRecord | null = null,
  inputs: Record<string, FlowValue> = {},
): InterviewSeed => ({ record, prior, inputs, answered: new Map() });

/** Follows the fault path, or ends the interview for good. */
export function fault(interview: Interview, element: { name: string; fault: string | null }, message: string): void {
  if (element.fault === null) throw new UnhandledFault(interview, element.name, message);
  interview.faultMessage = message;
  interview.at = element.fault;
}
