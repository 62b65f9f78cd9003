import { itemReviewOf, saidOfProduct, type ItemDoubt, type ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { type BrokenLink, brokenIssue } from '../../domain/broken-link.ts';
import { type MatchReview, isAsked, reviewOf, saidOf } from '../../domain/match-review.ts';
import { type Candidate, type Match, type Whom, brokenLink, matchCustomer, rivalLinks, storedLink } from '../../domain/matching.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { BooksContext, Seen } from '../../domain/preflight/context.ts';
import type { Deps } from '../deps.ts';
import { candidateOfLedger } from './look-in-ledger.ts';
import { candidateOfStripe } from './look-in-stripe.ts';

export type DoubtDeps = Pick<Deps, 'matches' | 'payments' | 'ledger'>;

/** What was looked at, and what was seen. */
export interface Looked {
  companyKey: string;
  companyId: string;
  whom: Whom;
  links: readonly Link[];
  reviews: readonly MatchReview[];
  itemReviews: readonly ItemReview[];
  stripe?: Seen<{ match: Match; customer: object | 'gone' | null; productDoubts: readonly ItemDoubt[] }>;
  ledger?: Seen<{ match: Match; customer: object | 'gone' | null; itemDoubts: readonly ItemDoubt[] }>;
}

/**
 * Puts down for a person who could not be told, and breaks links whose other side is gone. What it cannot write now is found again
 * by the next look, so a failure changes no answer.
 */
export async function raiseDoubts(deps: DoubtDeps, looked: Looked): Promise<void> {
  const reviews: MatchReview[] = [];
  const broken: BrokenLink[] = [];
  const undone: Link[] = [];
  for (const system of ['stripe', 'quickbooks'] as const) {
    const seen = system === 'stripe' ? looked.stripe : looked.ledger;
    if (!seen?.seen) continue;
    const gone = seen.value.customer === 'gone' ? storedLink(looked.links, system, looked.whom.accountId, looked.whom.currency) : undefined;
    if (gone) broken.push({ link: gone, why: 'gone' });
    const match = gone ? await matchAnew(deps, looked, gone) : seen.value.match;
    const rivals = rivalLinks(looked.links, system, looked.whom.accountId, looked.whom.currency);
    undone.push(...rivals);
    if (match.status === 'needs-review') reviews.push(reviewFor(looked, system, match, rivals, gone));
    else reviews.push(...answered(looked, system, match));
  }
  const news = reviews.filter((review) => !isAsked(looked.reviews, review));
  const itemReviews = [
    ...(looked.stripe?.seen ? aboutItems(looked, 'stripe', looked.stripe.value.productDoubts) : []),
    ...(looked.ledger?.seen ? aboutItems(looked, 'quickbooks', looked.ledger.value.itemDoubts) : []),
  ];
  if (news.length + itemReviews.length + broken.length + undone.length === 0) return;
  const { companyKey, companyId } = looked;
  await deps.matches.raise({
    companyKey,
    companyId,
    reviews: news,
    itemReviews,
    broken: broken.map(({ link }) => link),
    undone,
    issues: broken.map((each) => brokenIssue(companyKey, each)),
  });
}

/** Without products whose item a mapping names: nobody needs to say what they are sold as. */
export function onlySold<Look extends { itemDoubts: readonly ItemDoubt[] }>(
  seen: Seen<Look>,
  { goods }: Pick<BooksContext, 'goods'>,
): Seen<Look> {
  if (!seen.seen) return seen;
  const itemDoubts = seen.value.itemDoubts.filter(({ product }) => goods.some(({ key }) => key === product.productId));
  return { seen: true, value: { ...seen.value, itemDoubts } };
}

/** What is asked of products that was not asked yet, and open questions that a link has answered meanwhile. */
function aboutItems({ companyKey, links, itemReviews }: Looked, system: Link['system'], doubts: readonly ItemDoubt[]): ItemReview[] {
  const asked = doubts.map((doubt) => itemReviewOf(companyKey, system, doubt, saidOfProduct(itemReviews, system, doubt.product.productId)));
  const answered = itemReviews
    .filter((each) => each.system === system && each.status === 'Open' && storedLink(links, system, each.recordId, ''))
    .map((each): ItemReview => ({ ...each, status: 'Resolved' }));
  return [...asked, ...answered].filter((review) => !isAsked(itemReviews, review));
}

/** An open question that its link has answered meanwhile. */
function answered({ reviews, whom }: Looked, system: Link['system'], match: Match): MatchReview[] {
  const { accountId, currency } = whom;
  if (match.status !== 'linked' || match.matchedBy !== 'Stored') return [];
  return reviews
    .filter((each) => each.system === system && each.recordId === accountId && each.content.currency === currency && each.status === 'Open')
    .map((each) => ({ ...each, status: 'Resolved' }));
}

function reviewFor(
  looked: Looked,
  system: Link['system'],
  match: Extract<Match, { status: 'needs-review' }>,
  rivals: readonly Link[],
  gone?: Link,
): MatchReview {
  const { companyKey, whom, links, reviews } = looked;
  const lost = gone ?? brokenLink(links, system, whom.accountId, whom.currency);
  const { notSame, undone } = saidOf(reviews, system, whom);
  const said = { notSame, undone: [...new Set([...undone, ...rivals.map((link) => link.externalId)])] };
  return reviewOf({ companyKey, system, whom, said, broken: lost?.externalId ?? null }, match);
}

/** Who else it could be now that the linked customer is gone; with nobody found a person still decides. */
async function matchAnew(deps: DoubtDeps, { whom, reviews }: Looked, gone: Link): Promise<Match> {
  const { accountId, email, name } = whom;
  const found: Outcome<Candidate[]> =
    gone.system === 'stripe'
      ? mapOutcome(await deps.payments.findCustomers({ accountId, email, name }), (all) => all.map(candidateOfStripe))
      : mapOutcome(await deps.ledger.findCustomers({ accountId, email, name }), (all) => all.map(candidateOfLedger));
  return matchCustomer(whom, found.outcome === 'done' ? found.value : [], { said: saidOf(reviews, gone.system, whom), broken: gone });
}
