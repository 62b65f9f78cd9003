import type { ConflictChoice } from '../domain/conflict.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Caller, Deps } from './deps.ts';
import type { DecisionInput, DecisionResult } from './decide-conflict/carry-decision.ts';
import { conflictRefusal, type ConflictRefusal } from './decide-conflict/refusals.ts';
import { customerQueue, type SettleCustomerInput } from './settle-customer.ts';

export interface ConflictDecision {
  conflictId: string;
  choose: ConflictChoice;
  /** The chosen value as the person saw it. */
  value: string;
}

/** A person waits this long at the screen; a decision that takes longer is carried out all the same. */
const WAIT_MS = 20_000;

const LOOKS_AGAIN: ReadonlySet<string> = new Set<ConflictRefusal>(['values-changed', 'changed-under-way']);

/**
 * A person says which system is right about one fact of a customer. Salesforce holds that value already: it is sent to each other
 * system that holds another one, and the conflict is closed with who and when. True when it is done, false when it goes on by itself.
 */
export async function decideConflict(
  deps: Pick<Deps, 'customerRecords' | 'engine'>,
  { conflictId, choose, value }: ConflictDecision,
  caller: Caller,
): Promise<Outcome<boolean>> {
  if (!caller.permissions.includes('Trueup_Run_Sync')) return rejected(conflictRefusal('no-right-to-decide'));
  const read = await deps.customerRecords.readConflict({ conflictId, asking: caller });
  if (read.outcome !== 'done') return read;
  if (!read.value.canEdit) return rejected(conflictRefusal('no-right-to-decide'));
  const { accountId, conflictId: id = conflictId } = read.value.conflict;
  const input: DecisionInput = { accountId, conflictId: id, choose, value, userId: caller.userId };
  const run = `decide-conflict.${id}.${caller.correlationId}`;
  await deps.engine.enqueue({ workflow: 'decide-conflict', id: run, queueKey: customerQueue(accountId), input: input as unknown as Json });
  const result = (await deps.engine.result(run, WAIT_MS)) as DecisionResult | undefined;
  if (!result) return done(false);
  if (result.decided) return done(true);
  // What the person could not know is looked at, so that the conflict shows it.
  if (LOOKS_AGAIN.has(result.failure.problem.code)) await lookAgain(deps, accountId, run);
  return result.failure;
}

async function lookAgain({ engine }: Pick<Deps, 'engine'>, accountId: string, after: string): Promise<void> {
  const input: SettleCustomerInput = { accountId, systems: ['stripe', 'quickbooks'] };
  const id = `settle-customer.${accountId}.${after}`;
  await engine.enqueue({ workflow: 'settle-customer', id, queueKey: customerQueue(accountId), input: input as unknown as Json });
}
