import { describe, expect, test } from 'vitest';
import { callEntries, inOrder, type CallNote, type TimelineEntry } from './timeline.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();
const note = (what: CallNote['what'], second: number, part: Partial<CallNote> = {}): CallNote => ({
  key: 'sf:a01000000000001AAA:create-draft',
  system: 'stripe',
  what,
  reason: null,
  at: at(second),
  ...part,
});

describe('the calls of a write', () => {
  test('each sending with what came of it', () => {
    const entries = callEntries([
      note('sent', 0),
      note('released', 1, { reason: 'Stripe is busy.' }),
      note('revised', 2),
      note('answered', 3),
    ]);
    expect(entries.map(({ text, detail, state }) => [text, detail, state])).toEqual([
      ['Create draft', 'Stripe is busy.', 'failed'],
      ['Create draft, anew', 'Answered after 1000 ms.', 'done'],
    ]);
  });

  test('a lost answer is said to be lost, an open one to be open', () => {
    const entries = callEntries([note('sent', 0), note('resent', 5), note('sent', 6, { key: 'sf:a01000000000001AAA:send-first' })]);
    expect(entries.map(({ text, detail, state }) => [text, detail, state])).toEqual([
      ['Create draft', 'The answer was lost.', 'failed'],
      ['Create draft, the same once more', 'No answer is known yet.', 'running'],
      ['Send', 'No answer is known yet.', 'running'],
    ]);
  });
});

test('the same instant: who asked, what came, what was called, what was done', () => {
  const entry = (kind: TimelineEntry['kind'], second: number): TimelineEntry => ({
    at: at(second),
    kind,
    system: 'trueup',
    text: kind,
    detail: null,
    state: 'done',
    operationKey: null,
    eventId: null,
  });
  const mixed = [entry('step', 1), entry('call', 1), entry('event', 1), entry('person', 1), entry('step', 0)];
  expect(inOrder(mixed).map(({ kind }) => kind)).toEqual(['step', 'person', 'event', 'call', 'step']);
});
