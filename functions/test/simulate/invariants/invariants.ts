import { amounts, noFalseAlarm } from './amounts.ts';
import { bank, clearing, disputed } from './accounts.ts';
import { credits, income, receivables, trialBalance } from './books.ts';
import { asked, nothingLost, writtenOnce } from './customers.ts';
import type { Invariant } from './invariant.ts';
import { mail } from './mail.ts';
import { numbers } from './numbers.ts';
import { oneObject } from './one-object.ts';
import { payments } from './payments.ts';
import { settled } from './settled.ts';
import { shown } from './shown.ts';
import { statusSteps } from './status-steps.ts';
import { oneEntryPerRow } from './stripe-rows.ts';

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
  credits,
  oneEntryPerRow,
  clearing,
  bank,
  disputed,
  shown,
  statusSteps,
  mail,
  writtenOnce,
  nothingLost,
  asked,
];
