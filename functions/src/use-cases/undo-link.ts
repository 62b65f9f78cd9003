import { reopenedItemReview, type ItemReview } from '../domain/item-review.ts';
import { reviewKey, type MatchReview, type ReviewContent } from '../domain/match-review.ts';
import { done, mapOutcome, rejected, type Outcome } from '../domain/outcome.ts';
import type { LinkRead } from '../ports/match-records.ts';
import { refusal } from './decide-match/refusals.ts';
import type { Caller, Deps } from './deps.ts';

/**
 * A person takes a link back, however it was made, and is asked who the account is, or what the product is sold as: until that is
 * decided nothing is linked or created for it. Taken back twice is taken back once.
 */
export async function undoLink({ matches }: Pick<Deps, 'matches'>, linkId: string, caller: Caller): Promise<Outcome<null>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(refusal('no-right-to-match'));
  const read = await matches.readLink({ linkId, asking: caller });
  if (read.outcome !== 'done') return read;
  const { link, company, canRead } = read.value;
  if (!canRead) return rejected(refusal('no-right-to-match'));
  const ofItem = link.recordType === 'Product2';
  if (link.status !== 'Linked') return done(null);
  const written = await matches.raise({
    companyKey: company.key,
    companyId: company.id,
    reviews: ofItem ? [] : [reopened(read.value)],
    itemReviews: ofItem ? [reopenedItem(read.value)] : [],
    broken: [],
    undone: [link],
    issues: [],
  });
  return mapOutcome(written, () => null);
}

function reopenedItem({ link, company, recordName, productCode, itemReviews }: LinkRead): ItemReview {
  const product = { productId: link.recordId, name: recordName, code: productCode };
  return reopenedItemReview(
    company.key,
    link,
    product,
    itemReviews.find(({ system }) => system === link.system),
  );
}

/** The account's question, open again; the next look fills in whom else it could be. */
function reopened({ link, company, recordName, reviews }: LinkRead): MatchReview {
  // A link for all currencies was not made by us; its question is asked in the company's own.
  const currency = link.currency ?? company.homeCurrency;
  const key = reviewKey(company.key, { ...link, currency });
  const before = reviews.find((each) => each.key === key);
  const ours = { accountId: link.recordId, name: recordName, email: null, phone: null, address: null, currency };
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
    content: {
      ...content,
      linkedTo: undefined,
      notSame: [],
      undone: [...new Set([...content.undone, ...content.notSame, link.externalId])],
    },
  };
}
