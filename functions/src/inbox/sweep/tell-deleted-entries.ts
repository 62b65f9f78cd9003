import { done, type Outcome } from '../../domain/outcome.ts';
import type { LedgerChange } from '../../ports/feeds.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../../use-cases/deps.ts';
import type { FoundDeps } from './store-found.ts';

export type TellDeps = FoundDeps & Pick<Deps, 'records' | 'effects'>;

/** What holds Stripe's money besides invoices and their payments. */
const NAME = {
  RefundReceipt: 'Refund receipt',
  CreditMemo: 'Credit memo',
  JournalEntry: 'Journal entry',
  Transfer: 'Transfer',
  Purchase: 'Expense',
} as const;
export const ENTRIES = Object.keys(NAME) as (keyof typeof NAME)[];

/**
 * An entry of ours that somebody deleted is not made again: a person is told which one, once. The nightly compare of the clearing
 * account would only tell the sum. Edits are left to that compare: reconciling an account changes its entries too.
 */
export async function tellDeletedEntries(deps: TellDeps, changes: LedgerChange[]): Promise<Outcome<null>> {
  const issues: SyncIssueWrite[] = [];
  for (const entity of ENTRIES) {
    const deleted = changes.filter((change) => change.deleted && change.entity === entity).map(({ id }) => id);
    for (const { id, date, memo } of await deps.feeds.sightings.ownEntries(entity, deleted)) {
      const key = `deleted-entry:${entity}:${id}`;
      if ((await deps.effects.kept(toldKey(key))) === true) continue;
      issues.push({
        key,
        cause: 'Deleted In QuickBooks',
        invoiceId: null,
        recordId: id,
        message: `${NAME[entity]} ${id} of ${date} was deleted in QuickBooks: ${memo}. Salesforce and Stripe still hold what it stood for.`,
        fix: "Ask the accountant to enter it again with the same accounts and amounts (QuickBooks' audit log shows them). Trueup does not make it a second time.",
      });
    }
  }
  if (issues.length === 0) return done(null);
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const written = await deps.records.writeIssues({ companyId: read.value.company.id, issues });
  if (written.outcome !== 'done') return written;
  for (const { key } of issues) await deps.effects.keep(toldKey(key), true);
  return done(null);
}

const toldKey = (key: string): string => `told:${key}`;
