import { type Conflict, withSaved } from '../../domain/conflict.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { begunAt } from '../../domain/link-memory.ts';
import { conflictsAfter } from '../../domain/raise-conflicts.ts';
import { settleFacts } from '../../domain/settle-facts.ts';
import type { CustomerLink, CustomerRead } from '../../ports/customer-records.ts';
import { nowTaken, sendPending, type SendDeps } from './send-pending.ts';

/** What a look at a link did. */
export interface LookAtLink {
  /** Writes to the other system. */
  sent: number;
  /** Conflicts as they are now. */
  conflicts: Conflict[];
}

/** Somebody may change the customer while it is looked at; then it is looked at once more. */
const ROUNDS = 2;

/** Brings one customer of the account and Salesforce together: what Salesforce says is sent, what it replaces is kept for a person. */
export async function settleLink(deps: SendDeps, customer: CustomerRead, held: CustomerLink): Promise<Outcome<LookAtLink>> {
  const books = deps.customers[held.link.system];
  let { memory } = held;
  let { conflicts } = customer;
  let sent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const read = await books.read(held.link.externalId);
    if (read.outcome !== 'done') return read;
    let theirs = read.value;
    // A link that leads nowhere is broken by follow-customer.
    if (!theirs?.active) return done({ sent, conflicts });
    if (memory.pending) {
      const finished = await sendPending(deps, { ...customer, conflicts }, { ...held, memory }, theirs);
      if (finished.outcome !== 'done') return finished;
      ({ memory, theirs } = finished.value);
      conflicts = withSaved(conflicts, finished.value.raised);
      sent += finished.value.changed ? 0 : 1;
    }
    const begun = begunAt(memory, deps.clock.now());
    const settled = settleFacts({ link: held.link, ours: customer.ours, theirs: theirs.facts, memory: begun });
    const rows = conflictsAfter({ ...customer, conflicts }, held.link, settled);
    if (rows.length === 0 && JSON.stringify(settled.memory) === JSON.stringify(memory)) return done({ sent, conflicts });
    // What is replaced is kept before it is replaced.
    const saved = await deps.customerRecords.saveCustomer({
      companyId: customer.companyId,
      companyKey: customer.companyKey,
      memories: [{ linkId: held.link.linkId, memory: settled.memory }],
      conflicts: rows,
      issues: nowTaken(customer, held.link, memory, settled.memory),
    });
    if (saved.outcome !== 'done') return saved;
    memory = settled.memory;
    conflicts = withSaved(conflicts, rows);
    if (!memory.pending) return done({ sent, conflicts });
    const finished = await sendPending(deps, { ...customer, conflicts }, { ...held, memory }, theirs);
    if (finished.outcome !== 'done') return finished;
    ({ memory } = finished.value);
    conflicts = withSaved(conflicts, finished.value.raised);
    if (!finished.value.changed) return done({ sent: sent + 1, conflicts });
  }
  return done({ sent, conflicts });
}
