import { brokenIssue } from '../domain/broken-link.ts';
import type { Company } from '../domain/company.ts';
import type { Link } from '../domain/link.ts';
import { type Candidate, matchCustomer, rivalLinks } from '../domain/matching.ts';
import { type MatchReview, reviewOf, saidOf } from '../domain/match-review.ts';
import { mapOutcome, type Failure, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { Doubts, StrayLink } from '../ports/match-records.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently } from './effects/patiently.ts';

export interface Strays {
  issues: SyncIssueWrite[];
  /** Keys of those of them that the next run looks for anew. */
  found: string[];
}

/** Each is a change of up to two links and an issue or a review, in one call. */
const AT_ONCE = 100;

/**
 * Accounts that were deleted or merged in Salesforce since then: a deleted one's links break, a merged one's go over to the account
 * that is left, and when that is linked to another customer a person says who it is. What fails is for a person too, and ends nothing else.
 */
export async function followAccounts(
  deps: Pick<Deps, 'records' | 'matches'>,
  run: Run,
  { companyKey }: { companyKey: string },
  since: string,
): Promise<Strays> {
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const strays = await patiently(waiting, 'list stray links', () => deps.matches.listStrayLinks(since));
  if (strays.outcome !== 'done') return withFailure([], companyKey, strays);
  const issues: SyncIssueWrite[] = [];
  let failure: Failure | null = null;
  for (let from = 0; from < strays.value.length; from += AT_ONCE) {
    const some = strays.value.slice(from, from + AT_ONCE);
    const followed = await patiently(waiting, `follow stray links from ${from}`, () => follow(deps, some));
    if (followed.outcome === 'done') issues.push(...followed.value);
    else failure ??= followed;
  }
  return failure ? withFailure(issues, companyKey, failure) : { issues, found: [] };
}

async function follow(deps: Pick<Deps, 'records' | 'matches'>, strays: readonly StrayLink[]): Promise<Outcome<SyncIssueWrite[]>> {
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const doubts = doubtsOf(read.value.company, strays);
  return mapOutcome(await deps.matches.raise(doubts), () => doubts.issues);
}

function withFailure(issues: SyncIssueWrite[], companyKey: string, { problem }: Failure): Strays {
  const key = `${companyKey}.stray-links`;
  const message = `Links of accounts that were deleted or merged could not be followed: ${problem.message}`;
  return {
    issues: [...issues, { key, cause: 'Needs Person', invoiceId: null, recordId: null, message, fix: problem.action }],
    found: [key],
  };
}

function doubtsOf(company: Company, strays: readonly StrayLink[]): Doubts {
  const broken = strays.flatMap(({ link, mergedInto }) => (mergedInto ? [] : [link]));
  const reviews = new Map<string, MatchReview>();
  const undone = new Map<string | undefined, Link>();
  const followed: Link[] = [];
  for (const { link, mergedInto } of strays) {
    if (!mergedInto) continue;
    const currency = link.currency ?? company.homeCurrency;
    const rivals = rivalLinks(mergedInto.links, link.system, link.recordId, currency);
    if (rivals.length === 0) followed.push(link);
    for (const each of rivals) undone.set(each.linkId, each);
    const review = rivals.length === 0 ? null : mergedReview(company.key, currency, { ...mergedInto, rivals });
    if (review) reviews.set(review.key, review);
  }
  return {
    companyKey: company.key,
    companyId: company.id,
    reviews: [...reviews.values()],
    broken,
    undone: [...undone.values()],
    followed,
    issues: broken.map((link) => brokenIssue(company.key, { link, why: 'account-deleted' })),
  };
}

/** Which of the customers it is; how much speaks for each is seen by the next look, which knows more than the name. */
function mergedReview(
  companyKey: string,
  currency: string,
  { name, reviews, rivals }: { name: string; reviews: readonly MatchReview[]; rivals: readonly Link[] },
): MatchReview | null {
  const [first] = rivals;
  if (!first) return null;
  const { system, recordId: accountId } = first;
  const whom = { accountId, name, email: null, phone: null, address: null, currency };
  const match = matchCustomer(whom, [], { merged: true, before: rivals.map(candidateOfLink) });
  if (match.status !== 'needs-review') return null;
  const { notSame, undone } = saidOf(reviews, system, whom);
  const said = { notSame, undone: [...new Set([...undone, ...rivals.map((link) => link.externalId)])] };
  const review = reviewOf({ companyKey, system, whom, said, broken: null }, match);
  return { ...review, content: { ...review.content, unlooked: true } };
}

const candidateOfLink = (link: Link): Candidate => ({
  id: link.externalId,
  name: link.displayName ?? link.externalId,
  email: null,
  phone: null,
  address: null,
  accountId: null,
  currency: link.currency,
  active: true,
  url: link.url ?? '',
});
