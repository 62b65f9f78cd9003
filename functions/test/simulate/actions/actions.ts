import type { Action } from '../simulation.ts';
import { ACCOUNTANTS } from './accountant.ts';
import { AT_ONCE } from './at-once.ts';
import { CLERKS } from './clerk.ts';
import { CUSTOMERS } from './customer.ts';
import { DECIDING } from './decide-matches.ts';
import { EDITS } from './edit-customers.ts';
import { FLOWS, ISSUING } from './issue.ts';
import { MERGES } from './merges.ts';
import { CHANGING } from './send-and-void.ts';
import { SYNCING } from './sync.ts';

/** What people do; what each may never break is in invariants/invariants.ts. */
export const ACTIONS: readonly Action[] = [
  ...ISSUING,
  ...CHANGING,
  ...CUSTOMERS,
  ...CLERKS,
  ...AT_ONCE,
  ...ACCOUNTANTS,
  ...MERGES,
  ...EDITS,
  ...SYNCING,
  ...FLOWS,
  ...DECIDING,
];
