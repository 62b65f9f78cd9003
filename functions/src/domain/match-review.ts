import { type Link, linkRecordKey } from './link.ts';
import { NOBODY_ASKED, type PersonSaid, type ReviewCandidate, type Whom } from './matching.ts';

export type ReviewStatus = 'Open' | 'Resolved' | 'Dismissed';

/** What a review holds as JSON: both sides as they were compared, and what was said. */
export interface ReviewContent extends PersonSaid {
  currency: string;
  ours: Whom;
  candidates: ReviewCandidate[];
  /** Outside id of the deleted or merged customer that made the review necessary. */
  broken: string | null;
  /** Of our side only the name is known yet: a look, which knows the bill-to and the candidates, comes after. */
  unlooked?: true;
  /** Whom a person's decision linked, for those who read the review later. */
  linkedTo?: LinkedTo | undefined;
}

export interface LinkedTo {
  /** Outside id. */
  id: string;
  name: string;
}

/** A question to a person: who is this account in that system? One per account, system and currency; asked again it is the same. */
export interface MatchReview {
  key: string;
  /** A product's says so. */
  recordType?: 'Account';
  system: Link['system'];
  recordId: string;
  status: ReviewStatus;
  reason: string;
  content: ReviewContent;
}

export const reviewKey = (companyKey: string, review: Pick<Link, 'system' | 'recordId' | 'currency'>): string =>
  linkRecordKey(companyKey, review);

/** Most a person can compare, and that the field holds. */
const MOST_CANDIDATES = 10;
const LONGEST = 32_000;

/** As text that fits the field: the weakest candidates go first. */
export function writeContent(content: { candidates: readonly unknown[] }): string {
  for (let many = MOST_CANDIDATES; ; many -= 1) {
    const text = JSON.stringify({ ...content, candidates: content.candidates.slice(0, many) });
    if (text.length <= LONGEST || many === 0) return text.slice(0, LONGEST);
  }
}

/** null when it is not ours: somebody edited the field. */
export function readContent<Content extends PersonSaid & { ours: object; candidates: readonly object[] } = ReviewContent>(
  text: string | null,
): Content | null {
  try {
    const content = JSON.parse(text ?? '') as Content;
    const whole = Array.isArray(content.candidates) && Array.isArray(content.notSame) && Array.isArray(content.undone) && content.ours;
    return whole ? content : null;
  } catch {
    return null;
  }
}

/** What was said about this account, of all its reviews. */
export function saidOf(reviews: readonly MatchReview[], system: Link['system'], whom: Pick<Whom, 'accountId' | 'currency'>): PersonSaid {
  const said = reviewsAbout(reviews, system, whom).map(({ content }) => content);
  if (said.length === 0) return NOBODY_ASKED;
  const all = (which: keyof PersonSaid) => [...new Set(said.flatMap((each) => each[which]))];
  return { notSame: all('notSame'), undone: all('undone') };
}

/** Why a person is asked about this account; null when nobody is. */
export const askedFor = (
  reviews: readonly MatchReview[],
  system: Link['system'],
  whom: Pick<Whom, 'accountId' | 'currency'>,
): string | null => reviewsAbout(reviews, system, whom).find(({ status }) => status === 'Open')?.reason ?? null;

/** More than one when accounts were merged. */
const reviewsAbout = (reviews: readonly MatchReview[], system: Link['system'], whom: Pick<Whom, 'accountId' | 'currency'>) =>
  reviews.filter((each) => each.system === system && each.recordId === whom.accountId && each.content.currency === whom.currency);

/** Outside ids that a new customer of the account is not: ruled out by people, or lost. */
export const ruledOut = ({ notSame, undone, broken }: Pick<ReviewContent, 'notSame' | 'undone' | 'broken'>): ReadonlySet<string> =>
  new Set([...notSame, ...undone, ...(broken === null ? [] : [broken])]);

/** The same of an account about whom nobody may have been asked. */
export function ruledOutFor(
  { links, reviews = [] }: { links: readonly Link[]; reviews?: readonly MatchReview[] },
  system: Link['system'],
  whom: Pick<Whom, 'accountId' | 'currency'>,
): ReadonlySet<string> {
  const lost = links.filter((link) => link.system === system && link.recordId === whom.accountId && link.status !== 'Linked');
  return new Set([...ruledOut({ broken: null, ...saidOf(reviews, system, whom) }), ...lost.map((link) => link.externalId)]);
}

/** The same question is open already, about the same candidates. */
export const isAsked = (reviews: readonly Question[], review: Question): boolean =>
  reviews.some(
    (each) =>
      each.key === review.key &&
      each.status === review.status &&
      each.reason === review.reason &&
      !each.content.unlooked &&
      idsOf(each) === idsOf(review),
  );

/** What a review of an account and one of a product have in common. */
type Question = Pick<MatchReview, 'key' | 'status' | 'reason'> & { content: { candidates: readonly { id: string }[]; unlooked?: true } };

const idsOf = ({ content }: Question): string => content.candidates.map(({ id }) => id).join(' ');

/** The question this look raises; what was said before stays said. */
export function reviewOf(
  {
    companyKey,
    system,
    whom,
    said,
    broken,
  }: { companyKey: string; system: Link['system']; whom: Whom; said: PersonSaid; broken: string | null },
  { reason, candidates }: { reason: string; candidates: ReviewCandidate[] },
): MatchReview {
  const { notSame, undone } = said;
  return {
    key: reviewKey(companyKey, { system, recordId: whom.accountId, currency: whom.currency }),
    system,
    recordId: whom.accountId,
    status: 'Open',
    reason,
    content: { currency: whom.currency, ours: whom, candidates, notSame, undone, broken },
  };
}
