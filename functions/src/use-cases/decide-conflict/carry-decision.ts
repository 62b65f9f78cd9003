import { type Conflict, type ConflictChoice, chosenValue } from '../../domain/conflict.ts';
import { type CustomerFact, plainFact } from '../../domain/customer-facts.ts';
import { begunAt } from '../../domain/link-memory.ts';
import { done, rejected, type Failure, type Outcome } from '../../domain/outcome.ts';
import { settleDecided } from '../../domain/settle-facts.ts';
import type { Run } from '../../ports/engine.ts';
import type { CustomerLink, CustomerRead } from '../../ports/customer-records.ts';
import type { HeldCustomer } from '../../ports/customers.ts';
import { nowOf } from '../effects/call-and-record.ts';
import { patiently, PERSON_WAITS_MS } from '../effects/patiently.ts';
import { sendPending, type SendDeps } from '../settle-customer/send-pending.ts';
import { conflictRefusal, type ConflictRefusal } from './refusals.ts';

export interface DecisionInput {
  accountId: string;
  conflictId: string;
  choose: ConflictChoice;
  /** As the person saw it. */
  value: string;
  userId: string;
}

export type DecisionResult = { decided: true } | { decided: false; failure: Failure };

/** Under the account's lease: what the person saw is compared with what is there, then the chosen value goes where another one stands. */
export async function carryDecision(deps: SendDeps, input: DecisionInput, run: Run): Promise<DecisionResult> {
  const patience = { run, waitedMs: 0, patienceMs: PERSON_WAITS_MS, waiting: async () => undefined };
  const outcome = await patiently(patience, 'decide', () => decideOnce(deps, input));
  return outcome.outcome === 'done' ? { decided: true } : { decided: false, failure: outcome };
}

/** Safe to repeat at any point: a write that is on its way is remembered by its link, and the conflict is closed last. */
async function decideOnce(deps: SendDeps, input: DecisionInput): Promise<Outcome<null>> {
  const read = await deps.customerRecords.readCustomer({ accountId: input.accountId });
  if (read.outcome !== 'done') return read;
  const customer = read.value;
  const conflict = customer?.conflicts.find(({ conflictId }) => conflictId === input.conflictId);
  if (!customer || !conflict) return rejected(conflictRefusal('conflict-gone'));
  // Two clicks are one decision. What a look brought in step meanwhile, since Salesforce says it already, is still this person's.
  if (conflict.state === 'Decided' && conflict.chosen !== 'In Step')
    return conflict.chosen === input.choose ? done(null) : rejected(conflictRefusal('already-decided'));
  const why = whyNot(customer, conflict, input);
  if (why) return rejected(conflictRefusal(why));
  const there = await readAll(deps, customer);
  if (there.outcome !== 'done') return there;
  if (there.value.some((side) => hasChanged(side, conflict.fact))) return rejected(conflictRefusal('values-changed'));
  for (const { held, theirs } of there.value) {
    const sent = await sendDecided(deps, customer, conflict, held, theirs);
    if (sent.outcome !== 'done') return sent;
  }
  return close(deps, customer, conflict, input);
}

function whyNot({ ours }: CustomerRead, conflict: Conflict, { choose, value }: DecisionInput): ConflictRefusal | null {
  const { fact } = conflict;
  const chosen = chosenValue(conflict, choose);
  if (chosen === null || chosen === '') return 'nothing-to-choose';
  if (plainFact(fact, chosen) !== plainFact(fact, value)) return 'values-changed';
  if (plainFact(fact, chosen) === plainFact(fact, ours[fact])) return null;
  return choose === 'Salesforce' ? 'values-changed' : 'salesforce-not-updated';
}

interface Side {
  held: CustomerLink;
  theirs: HeldCustomer;
  /** What was on its way replaced something unseen. */
  raised: Conflict[];
}

/** All customers of the account as they are now: what was on its way is there before any of them is compared or written to. */
async function readAll(deps: SendDeps, customer: CustomerRead): Promise<Outcome<Side[]>> {
  const sides: Side[] = [];
  for (const held of customer.links) {
    const read = await deps.customers[held.link.system].read(held.link.externalId);
    if (read.outcome !== 'done') return read;
    if (!read.value?.active) continue;
    let side: Side = { held, theirs: read.value, raised: [] };
    if (held.memory.pending) {
      const finished = await sendPending(deps, customer, held, side.theirs);
      if (finished.outcome !== 'done') return finished;
      side = { held: { ...held, memory: finished.value.memory }, theirs: finished.value.theirs, raised: finished.value.raised };
    }
    sides.push(side);
  }
  return done(sides);
}

function hasChanged({ held, theirs, raised }: Side, fact: CustomerFact): boolean {
  const settled = held.memory.facts[fact];
  if (raised.some((conflict) => conflict.fact === fact)) return true;
  return settled !== undefined && settled.theirs !== plainFact(fact, theirs.facts[fact]);
}

async function sendDecided(
  deps: SendDeps,
  customer: CustomerRead,
  { fact }: Conflict,
  held: CustomerLink,
  theirs: HeldCustomer,
): Promise<Outcome<null>> {
  const { companyId, companyKey, ours } = customer;
  const begun = begunAt(held.memory, deps.clock.now());
  const memory = settleDecided({ link: held.link, ours, theirs: theirs.facts, memory: begun }, fact);
  const memories = [{ linkId: held.link.linkId, memory }];
  const saved = await deps.customerRecords.saveCustomer({ companyId, companyKey, memories, conflicts: [], issues: [] });
  if (saved.outcome !== 'done' || !memory.pending) return saved;
  const sent = await sendPending(deps, customer, { ...held, memory }, theirs);
  if (sent.outcome !== 'done') return sent;
  if (sent.value.refused) return rejected(sent.value.refused);
  return sent.value.changed || sent.value.raised.length > 0 ? rejected(conflictRefusal('changed-under-way')) : done(null);
}

function close(
  deps: SendDeps,
  { companyId, companyKey }: CustomerRead,
  conflict: Conflict,
  { choose, userId }: DecisionInput,
): Promise<Outcome<null>> {
  const decided: Conflict = { ...conflict, state: 'Decided', chosen: choose, decidedBy: userId, decidedAt: nowOf(deps) };
  return deps.customerRecords.saveCustomer({ companyId, companyKey, memories: [], conflicts: [decided], issues: [] });
}
