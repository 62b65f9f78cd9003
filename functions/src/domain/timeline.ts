import type { OperationKind, OperationState } from './operation.ts';
import type { System } from './problem.ts';

/** What happened to an invoice: somebody asked, a step was taken, a call was made, an event came in. */
export interface TimelineEntry {
  /** ISO instant. */
  at: string;
  kind: 'person' | 'step' | 'call' | 'event';
  system: System | 'trueup';
  /** A sentence for a person. */
  text: string;
  /** What came of it, or why not; null when there is nothing to add. */
  detail: string | null;
  state: 'done' | 'running' | 'failed';
  operationKey: string | null;
  /** The provider's event, which an administrator can have read again. */
  eventId: string | null;
}

/** An operation as Salesforce holds it, with whoever asked for it. */
export interface AskedOperation {
  key: string;
  kind: OperationKind;
  state: OperationState;
  /** Name of the person; null when a user of the platform asked. */
  requestedBy: string | null;
  requestedAt: string;
  finishedAt: string | null;
  problem: string | null;
  fix: string | null;
  nextAttemptAt: string | null;
}

/** One sending of a write, or what came of it. */
export interface CallNote {
  key: string;
  system: System;
  what: 'sent' | 'resent' | 'revised' | 'answered' | 'released';
  reason: string | null;
  at: string;
}

/** A stored event of an object. */
export interface EventNote {
  provider: 'stripe' | 'quickbooks';
  eventId: string;
  type: string;
  /** False for types that are kept and say nothing new. */
  applied: boolean;
  receivedAt: string;
}

const ORDER: Record<TimelineEntry['kind'], number> = { person: 0, event: 1, call: 2, step: 3 };

/** Oldest first; what bears the same instant in the order in which one leads to the other. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || ORDER[a.kind] - ORDER[b.kind]);
}

/** The calls of one write as entries: each sending with what came of it. */
export function callEntries(notes: readonly CallNote[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const open = new Map<string, TimelineEntry>();
  for (const note of notes) {
    if (note.what === 'answered' || note.what === 'released') {
      const entry = open.get(note.key);
      open.delete(note.key);
      if (entry) Object.assign(entry, outcomeOf(note, entry.at));
      continue;
    }
    const entry: TimelineEntry = {
      at: note.at,
      kind: 'call',
      system: note.system,
      text: callText(note),
      detail: 'No answer is known yet.',
      state: 'running',
      operationKey: null,
      eventId: null,
    };
    const unanswered = open.get(note.key);
    if (unanswered) Object.assign(unanswered, { detail: 'The answer was lost.', state: 'failed' });
    open.set(note.key, entry);
    entries.push(entry);
  }
  return entries;
}

function outcomeOf(note: CallNote, sentAt: string): Pick<TimelineEntry, 'detail' | 'state'> {
  if (note.what === 'released') return { detail: note.reason ?? 'It was not taken.', state: 'failed' };
  return { detail: `Answered after ${Math.max(0, Date.parse(note.at) - Date.parse(sentAt))} ms.`, state: 'done' };
}

/** `sf:a01…:create-draft` reads "Create draft"; which time it is sent (`send-first`) is seen by its place. */
function callText({ key, what }: CallNote): string {
  const words = key
    .split(':')
    .slice(2)
    .join(' ')
    .replace(/-(?:first|\d+)$/, '')
    .replaceAll('-', ' ');
  const name = words.charAt(0).toUpperCase() + words.slice(1);
  return what === 'sent' ? name : `${name}, ${what === 'resent' ? 'the same once more' : 'anew'}`;
}
