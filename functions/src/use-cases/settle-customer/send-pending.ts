import { type Conflict, withSaved } from '../../domain/conflict.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { type Link, linkRecordKey } from '../../domain/link.ts';
import type { LinkMemory } from '../../domain/link-memory.ts';
import { effectKey } from '../../domain/operation-key.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import { conflictsAfter } from '../../domain/raise-conflicts.ts';
import {
  afterRefusal,
  afterSending,
  compareFact,
  dropPending,
  pendingStands,
  type TwoSides,
  withReplaced,
} from '../../domain/settle-facts.ts';
import type { CustomerFact } from '../../domain/customer-facts.ts';
import type { CustomerLink, CustomerRead } from '../../ports/customer-records.ts';
import type { CustomerUpdate, HeldCustomer } from '../../ports/customers.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { type Effect, foundOf, nowOf } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';
import { findOverlooked } from './find-overlooked.ts';

export type SendDeps = Pick<Deps, 'customers' | 'customerRecords' | 'effects' | 'clock'>;

export interface Sent {
  memory: LinkMemory;
  theirs: HeldCustomer;
  /** Somebody changed it there in the meantime: it is to be looked at anew. */
  changed: boolean;
  /** Why the system did not take all of it. */
  refused: Problem | null;
  /** Conflicts about what it replaced unseen, saved. */
  raised: Conflict[];
}

/**
 * Sends what a link remembers to be on its way, and remembers that it arrived. It may have been sent before by a process that died:
 * its key is the same, and where the other side stands now is looked at first. Facts that were refused together are sent one by one.
 */
export async function sendPending(
  deps: SendDeps,
  customer: CustomerRead,
  held: CustomerLink,
  theirs: HeldCustomer,
): Promise<Outcome<Sent>> {
  const sent = await sendPart(deps, customer, held, theirs);
  if (sent.outcome !== 'done' || sent.value.memory.pending === null) return sent;
  const { memory, refused, raised } = sent.value;
  const asked = { ...customer, conflicts: withSaved(customer.conflicts, raised) };
  const rest = await sendPending(deps, asked, { ...held, memory }, sent.value.theirs);
  return mapOutcome(rest, (last) => ({ ...last, refused: last.refused ?? refused, raised: withSaved(raised, last.raised) }));
}

async function sendPart(
  deps: SendDeps,
  customer: CustomerRead,
  { link, memory }: CustomerLink,
  theirs: HeldCustomer,
): Promise<Outcome<Sent>> {
  const sides: TwoSides = { link, ours: customer.ours, theirs: theirs.facts, memory };
  const is = { theirs, changed: false, refused: null, raised: [] };
  const effect = updateEffect(deps, customer, { link, memory }, theirs);
  const sentBefore = (await deps.effects.read(effect.key))?.firstSentAt ?? null;
  // Also of what others changed since, some may be there: a request may arrive long after nobody waits for it any more.
  const ended = async (now: HeldCustomer, since: string | null, changed: boolean): Promise<Outcome<Sent>> => {
    const overlooked = await findOverlooked(deps, sides, { id: link.externalId, key: effect.key, since });
    if (overlooked.outcome !== 'done') return overlooked;
    const doubts = overlooked.value;
    const there = { ...sides, theirs: now.facts };
    const after = withReplaced(changed ? dropPending(there) : afterSending(there), doubts);
    const raised = doubts.length === 0 ? [] : conflictsAfter(customer, link, { doubts, agreed: [] });
    const issues = changed ? [] : nowTaken(customer, link, memory, after);
    return remember(deps, customer, link, { ...is, theirs: now, memory: after, changed, raised }, issues);
  };
  const stands = pendingStands(sides);
  if (stands !== 'as it was') return ended(theirs, sentBefore, stands === 'changed');
  const began = nowOf(deps);
  const sent = await sendOnce(deps, effect);
  if (sent.outcome === 'done') return ended(sent.value, sentBefore ?? began, false);
  if (sent.outcome === 'conflict' && sent.reason === 'stale') {
    const again = sentBefore === null ? done(null) : await deps.customers[link.system].read(link.externalId);
    return again.outcome === 'done' ? ended(again.value ?? theirs, sentBefore, true) : again;
  }
  if (sent.outcome === 'rejected' || (sent.outcome === 'conflict' && sent.reason === 'name-taken')) {
    const refused = { ...is, memory: afterRefusal(sides) };
    if (Object.keys(memory.pending ?? {}).length > 1) return remember(deps, customer, link, refused);
    return remember(deps, customer, link, { ...refused, refused: sent.problem }, [refusedIssue(customer, link, sent.problem)]);
  }
  return sent;
}

async function remember(
  { customerRecords }: SendDeps,
  { companyId, companyKey }: CustomerRead,
  { linkId }: CustomerLink['link'],
  sent: Sent,
  issues: SyncIssueWrite[] = [],
): Promise<Outcome<Sent>> {
  const memories = [{ linkId, memory: sent.memory }];
  return mapOutcome(await customerRecords.saveCustomer({ companyId, companyKey, memories, conflicts: sent.raised, issues }), () => sent);
}

function updateEffect(
  { customers }: SendDeps,
  { accountId }: CustomerRead,
  { link, memory }: CustomerLink,
  theirs: HeldCustomer,
): Effect<CustomerUpdate, HeldCustomer> {
  const parts = Object.entries(memory.pending ?? {}) as [CustomerFact, { to: string }][];
  const to = Object.fromEntries(parts.map(([fact, part]) => [fact, part.to]));
  return {
    key: effectKey(accountId, `${link.system}-facts-${link.linkId}-${memory.version}-${fingerprint(JSON.stringify(memory.pending))}`),
    system: link.system,
    carries: ['bill-to'],
    body: { id: link.externalId, from: theirs.facts, to },
    send: (update, key) => customers[link.system].update(update, key),
    find: async (update) =>
      mapOutcome(await customers[link.system].read(update.id), (held) => foundOf(held && hasArrived(link, update, held) ? [held] : [])),
  };
}

const hasArrived = (link: Link, { from, to }: CustomerUpdate, held: HeldCustomer): boolean =>
  (Object.keys(to) as CustomerFact[]).every(
    (fact) => compareFact({ link, ours: { ...from, ...to }, theirs: held.facts }, fact)?.same ?? true,
  );

/** Closes what a person was told of once no refused fact is left. */
export const nowTaken = (customer: CustomerRead, link: Link, before: LinkMemory, after: LinkMemory): SyncIssueWrite[] =>
  before.refused && !after.refused ? [refusedIssue(customer, link, null)] : [];

/** `problem` null: the next value was taken. */
function refusedIssue({ companyKey, accountId }: CustomerRead, link: Link, problem: Problem | null): SyncIssueWrite {
  const system = link.system === 'stripe' ? 'Stripe' : 'QuickBooks';
  return {
    key: `customer-refused.${linkRecordKey(companyKey, link)}`,
    cause: 'Needs Person',
    invoiceId: null,
    recordId: accountId,
    message: `${system} did not take what Salesforce says of this customer: ${problem?.message ?? 'it does now.'}`,
    fix: problem?.action ?? 'Nothing is left to do.',
    ...(problem ? {} : { resolved: true }),
  };
}
