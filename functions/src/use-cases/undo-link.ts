import { reviewKey, type MatchReview, type ReviewContent } from '../domain/match-review.ts';
import { done, mapOutcome, rejected, type Outcome } from '../domain/outcome.ts';
import type { LinkRead } from '../ports/match-records.ts';
import { refusal } from './decide-match/refusals.ts';
import type { Caller, Deps } from './deps.ts';

/**
 * A person takes an account's link back, however it was made, and is asked who the account is: until that is decided nothing is
 * linked or created for it. Taken back twice is taken back once.
 */
export async function undoLink({ matches }: Pick<Deps, 'matches'>, linkId: string, caller: Caller): Promise<Outcome<null>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(refusal('no-right-to-match'));
  const read = await matches.readLink({ linkId, asking: caller });
  if (read.outcome !== 'done') return read;
  const { link, company, canRead } = read.value;
  if (!canRead) return rejected(refusal('no-right-to-match'));
  if (link.recordType !== 'Account') return rejected(refusal('not-a-customer'));
  if (link.status !== 'Linked') return done(null);
  const written = await matches.raise({
    companyKey: company.key,
    companyId: company.id,
    reviews: [reopened(read.value)],
    broken: [],
    undone: [link],
    issues: [],
  });
  return mapOutcome(written, () => null);
}

/** The account's question, open again; the next look fills in whom else it could be. */
function reopened({ link, company, accountName, reviews }: LinkRead): MatchReview {
  // A link for all currencies was not made by us; its question is asked in the company's own.
  const currency = link.currency ?? company.homeCurrency;
  const key = reviewKey(company.key, { ...link, currency });
  const before = reviews.find((each) => each.key === key);
  const ours = { accountId: link.recordId, name: accountName, email: null, phone: null, address: null, currency };
  const content: ReviewContent = before?.content ?? {
    currency,
    ours,
    candidates: [],
    notSame: [],
    undone: [],
    broken: null,
    unlooked: true,
  };
  return {
    key,
    system: link.system,
    recordId: link.recordId,
    status: 'Open',
    reason: 'A person undid the link to it.',
    content: { ...content, notSame: [], undone: [...new Set([...content.undone, ...content.notSame, link.externalId])] },
  };
}
