import type { Link } from '../domain/link.ts';
import { done, mapOutcome, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from './deps.ts';
import { GIVES_WAY_MS, patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
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
}

/** One at a time for an account: the conflicts of all its customers are its own. */
export const customerQueue = (accountId: string): string => `customer:${accountId}`;

/** An account, or a customer it is linked to, changed: both are read under the account's lease and brought together. */
export async function settleCustomer(deps: SendDeps & Pick<Deps, 'inbox'>, input: SettleCustomerInput, run: Run): Promise<SettledCustomer> {
  const { objects = [] } = input;
  const patience = { run, waitedMs: 0, patienceMs: objects.length > 0 ? GIVES_WAY_MS : SYNC_WAITS_MS, waiting: async () => undefined };
  const outcome = await settling(deps, { objects, run }, () => patiently(patience, 'settle', () => settleOnce(deps, input)));
  return outcome.outcome === 'done' ? { sent: outcome.value, problem: null } : { sent: 0, problem: outcome.problem };
}

/** Safe to repeat at any point: what is on its way is remembered before it is sent. */
async function settleOnce(deps: SendDeps, { accountId, systems }: SettleCustomerInput): Promise<Outcome<number>> {
  const read = await deps.customerRecords.readCustomer({ accountId });
  if (read.outcome !== 'done') return read;
  const customer = read.value;
  if (!customer) return done(0);
  let sent = 0;
  for (const link of customer.links) {
    if (!systems.includes(link.link.system)) continue;
    const looked = await settleLink(deps, customer, link);
    if (looked.outcome !== 'done') return mapOutcome(looked, () => sent);
    customer.conflicts = looked.value.conflicts;
    sent += looked.value.sent;
  }
  return done(sent);
}
