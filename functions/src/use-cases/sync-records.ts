import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { SyncedRecord } from '../ports/records.ts';
import { mayAct } from './may-act.ts';
import type { Caller, Deps } from './deps.ts';

export interface SyncRecordsReply {
  /** Records that are looked at in their turn. */
  queued: number;
  /** One for each record that is not, with its id as the field. */
  problems: Problem[];
}

/**
 * A person, or a flow over any number of records, asks for records to be brought in step: invoices and payments with both books,
 * accounts with their linked customers. Each is marked dirty and looked at in its turn, however many there are.
 */
export async function syncRecords(
  { records, inbox }: Pick<Deps, 'records' | 'inbox'>,
  { recordIds }: { recordIds: readonly string[] },
  caller: Caller,
): Promise<Outcome<SyncRecordsReply>> {
  if (!mayAct('run-sync', caller)) return rejected(NO_RIGHT);
  const asked = [...new Set(recordIds)];
  const placed = await records.findSynced(asked);
  if (placed.outcome !== 'done') return placed;
  const found = new Set(placed.value.map(({ recordId }) => recordId));
  await inbox.mark(placed.value.map(asMark));
  return done({ queued: found.size, problems: asked.filter((id) => !found.has(id)).map(notKeptInStep) });
}

const asMark = ({ kind, id }: SyncedRecord) => ({ kind: `salesforce:${kind}`, id, invoiceId: kind === 'invoice' ? id : null });

const NO_RIGHT: Problem = {
  code: 'no-right-to-sync',
  severity: 'error',
  message: 'You do not have the right to run a sync.',
  action: 'Ask an administrator for the permission set Trueup Accountant or Trueup Automation.',
};

const notKeptInStep = (recordId: string): Problem => ({
  code: 'not-kept-in-step',
  severity: 'warning',
  field: recordId,
  message: `Record ${recordId} is not kept in step with Stripe or QuickBooks.`,
  action: 'Invoices are once they are issued, payments with their invoice, and accounts once a customer is linked to them.',
});
