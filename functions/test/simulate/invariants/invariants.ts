import type { Simulation } from '../simulation.ts';
import { amounts, noFalseAlarm } from './amounts.ts';
import { clearing, income, receivables, trialBalance } from './books.ts';
import { mail } from './mail.ts';
import { numbers } from './numbers.ts';
import { oneObject } from './one-object.ts';
import { payments } from './payments.ts';
import { settled } from './settled.ts';
import { statusSteps } from './status-steps.ts';

/** Something that must hold once the faults have stopped and time has passed; answers with what does not. */
export interface Invariant {
  name: string;
  check(simulation: Simulation): string[];
}

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
