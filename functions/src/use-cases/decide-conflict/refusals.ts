import type { Problem } from '../../domain/problem.ts';

/** Why a decision about a conflict cannot be carried out, and what to do instead. */
const WORDS = {
  'no-right-to-decide': ['You do not have the right to decide conflicts.', 'Ask a billing administrator or an accountant.'],
  'conflict-gone': ['The account of this conflict is gone, or linked to no customer any more.', 'Load the page again.'],
  'already-decided': ['This conflict was decided in the meantime.', 'Load the page again.'],
  'nothing-to-choose': ['That system has no value of its own in this conflict.', 'Choose one of the values that are shown.'],
  'values-changed': [
    'A value changed since you looked, so your decision was not completed.',
    'Load the page again in a moment, look at the values as they are now and choose again if they still differ.',
  ],
  'changed-under-way': [
    'A value changed while your decision was carried out: one system may hold what you chose and another not.',
    'Load the page again in a moment, look at the values as they are now and choose again if they still differ.',
  ],
  'salesforce-not-updated': [
    'Salesforce does not hold the chosen value, so it is not sent to the other systems.',
    'Check whether a rule or flow in Salesforce changed it, then choose again.',
  ],
} as const;

export type ConflictRefusal = keyof typeof WORDS;

export function conflictRefusal(code: ConflictRefusal): Problem {
  const [message, action] = WORDS[code];
  return { code, severity: 'error', message, action };
}
