import { amounts, noFalseAlarm } from './amounts.ts';
import { clearing, income, receivables, trialBalance } from './books.ts';
import type { Invariant } from './invariant.ts';
import { mail } from './mail.ts';
import { numbers } from './numbers.ts';
import { oneObject } from './one-object.ts';
import { payments } from './payments.ts';
import { settled } from './settled.ts';
import { statusSteps } from './status-steps.ts';

/** Those of refunds, credit notes, disputes and payouts join here. */
export const INVARIANTS: readonly Invariant[] = [
  settled,
  oneObject,
  amounts,
  noFalseAlarm,
  payments,
  numbers,
  trialBalance,
  receivables,
  income,
  clearing,
  statusSteps,
  mail,
];
