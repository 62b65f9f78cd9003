import { brokenIssue } from '../domain/broken-link.ts';
import type { Link } from '../domain/link.ts';
import { mapOutcome, type Outcome } from '../domain/outcome.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';

/** What these links led to is gone: they give up their keys, and a person is told. Answers with what is told. */
export async function breakLinks(
  { records, matches }: Pick<Deps, 'records' | 'matches'>,
  broken: Link[],
): Promise<Outcome<SyncIssueWrite[]>> {
  const read = await records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { key: companyKey, id: companyId } = read.value.company;
  const issues = broken.map((link) => brokenIssue(companyKey, { link, why: 'gone' }));
  return mapOutcome(await matches.raise({ companyKey, companyId, reviews: [], broken, issues }), () => issues);
}
