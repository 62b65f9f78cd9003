import type { Problem } from '../../domain/problem.ts';
import type { SyncCounts, SyncIssueWrite } from '../../ports/records.ts';

export const NO_COUNTS: SyncCounts = {
  invoicesChecked: 0,
  paymentsBooked: 0,
  entriesBooked: 0,
  statusesCorrected: 0,
  changedDocuments: 0,
  issues: 0,
  callsSalesforce: 0,
  callsStripe: 0,
  callsQuickbooks: 0,
};

export type PageCounts = Pick<
  SyncCounts,
  'invoicesChecked' | 'paymentsBooked' | 'entriesBooked' | 'statusesCorrected' | 'changedDocuments'
>;

export function addCounts(all: SyncCounts, page: PageCounts): SyncCounts {
  return {
    ...all,
    invoicesChecked: all.invoicesChecked + page.invoicesChecked,
    paymentsBooked: all.paymentsBooked + page.paymentsBooked,
    entriesBooked: all.entriesBooked + page.entriesBooked,
    statusesCorrected: all.statusesCorrected + page.statusesCorrected,
    changedDocuments: all.changedDocuments + page.changedDocuments,
  };
}

/** What a person reads on the run's page. */
export function reportText(
  counts: SyncCounts,
  issues: readonly SyncIssueWrite[],
  balances: readonly string[],
  problem: Problem | null,
): string {
  return [
    `${many(counts.invoicesChecked, 'invoice')} checked, ${many(counts.paymentsBooked, 'payment')} booked, ${many(counts.entriesBooked, 'other entry', 'other entries')} made, ${many(counts.statusesCorrected, 'status', 'statuses')} corrected, ${many(counts.changedDocuments, 'document')} changed outside Trueup.`,
    ...balances,
    ...(problem ? [stoppedText(problem)] : []),
    ...issues.map((issue) => `${issue.cause}: ${issue.message} ${issue.fix}`),
  ].join('\n');
}

export const stoppedText = ({ message, action }: Problem): string => `The run stopped: ${message} ${action}`;

const many = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;
