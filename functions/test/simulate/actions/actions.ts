import type { Action } from '../simulation.ts';
import { ACCOUNTANTS } from './accountant.ts';
import { CUSTOMERS } from './customer.ts';
import { ISSUING } from './issue.ts';
import { CHANGING } from './send-and-void.ts';
import { SYNCING } from './sync.ts';

/** What people do. Refunds, credit notes, disputes and payouts join here, each with its invariant in invariants/invariants.ts. */
export const ACTIONS: readonly Action[] = [...ISSUING, ...CHANGING, ...CUSTOMERS, ...ACCOUNTANTS, ...SYNCING];
