import type { Link } from '../domain/link.ts';
import { done, type Failure, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from './deps.ts';
import { canWait, GIVES_WAY_MS, patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
import { settleLink } from './settle-customer/settle-link.ts';
import type { SendDeps } from './settle-customer/send-pending.ts';
import { settling } from './settle-object.ts';

export interface SettleCustomerInput {
  accountId: string;
  /** Where something may have changed. */
  systems: Link['system'][];
  /** What changed, to be settled. */
  objects?: DirtyObject[];
}

export interface SettledCustomer {
  /** Writes to the other systems. */
  sent: number;
  problem: Problem | null;
  /** A system is away or refuses our connection: the next customer would meet the same. */
  away?: boolean;
}

/** One at a time for an account: the conflicts of all its customers are its own. */
export const customerQueue = (accountId: string): string => `customer:${accountId}`;

/** An account, or a customer it is linked to, changed: both are read under the account's lease and brought together. */
export async function settleCustomer(deps: SendDeps & Pick<Deps, 'inbox'>, input: SettleCustomerInput, run: Run): Promise<SettledCustomer> {
  const { objects = [] } = input;
  const patience = { run, waitedMs: 0, patienceMs: objects.length > 0 ? GIVES_WAY_MS : SYNC_WAITS_MS, waiting: async () => undefined };
  const outcome = await settling(deps, { objects, run }, () => patiently(patience, 'settle', () => settleOnce(deps, input)));
  if (outcome.outcome === 'done') return { sent: outcome.value, problem: null };
  return { sent: 0, problem: outcome.problem, away: outcome.outcome === 'unavailable' || outcome.outcome === 'unauthorized' };
}

/** Safe to repeat at any point: what is on its way is remembered before it is sent. One system that fails keeps no other from being looked at. */
async function settleOnce(deps: SendDeps, { accountId, systems }: SettleCustomerInput): Promise<Outcome<number>> {
  const read = await deps.customerRecords.readCustomer({ accountId });
  if (read.outcome !== 'done') return read;
  let customer = read.value;
  const failures: Failure[] = [];
  let sent = 0;
  for (const held of customer?.links ?? []) {
    if (!customer || !systems.includes(held.link.system)) continue;
    const looked = await settleLink(deps, customer, held);
    if (looked.outcome === 'done') {
      customer.conflicts = looked.value.conflicts;
      sent += looked.value.sent;
      continue;
    }
    failures.push(looked);
    // It may have kept what it was to replace before it failed: that is not to be written over.
    const again = await deps.customerRecords.readCustomer({ accountId });
    if (again.outcome !== 'done') break;
    customer = again.value;
  }
  return failures.find(canWait) ?? failures[0] ?? done(sent);
}
