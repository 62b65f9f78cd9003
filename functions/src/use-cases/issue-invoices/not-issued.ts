import type { Outcome } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';

// Nobody waits at a screen for what a flow asked for: that it was refused is an issue on the record until the record is billed.

const keyOf = (sourceId: string): string => `not-issued:${sourceId}`;

/** Tells a person why the record was not billed. `name`: of the record, or its id. */
export async function tellNotIssued(
  { records, effects }: Pick<Deps, 'records' | 'effects'>,
  { sourceId, companyId }: { sourceId: string; companyId: string },
  name: string,
  problems: readonly Problem[],
): Promise<Outcome<null>> {
  const issue: SyncIssueWrite = {
    key: keyOf(sourceId),
    cause: 'Not Issued',
    invoiceId: null,
    recordId: sourceId,
    message: `A flow asked for the invoice of ${name}, and it was not issued: ${problems.map(({ message }) => message).join(' ')}`,
    fix: `${problems.map(({ action }) => action).join(' ')} Then choose Issue Invoice on the record, or let the flow ask again.`,
  };
  // Noted before it is written, so that it is closed once the record is billed, whatever becomes of this process.
  await effects.keep(issue.key, issue as unknown as Json);
  return records.writeIssues({ companyId, issues: [issue] });
}

/** What was told of the record and is over now that it is billed. */
export async function overNow({ effects }: Pick<Deps, 'effects'>, sourceId: string): Promise<SyncIssueWrite[]> {
  const told = (await effects.kept(keyOf(sourceId))) as unknown as SyncIssueWrite | '' | null;
  return told ? [{ ...told, resolved: true }] : [];
}

/** After that was written. */
export async function noteOver({ effects }: Pick<Deps, 'effects'>, over: readonly SyncIssueWrite[]): Promise<void> {
  for (const { key } of over) await effects.keep(key, '');
}
