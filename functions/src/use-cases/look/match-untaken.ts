import type { ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { type Candidate, type Match, type Whom, brokenLink, matchCustomer, rivalLinks } from '../../domain/matching.ts';
import { type MatchReview, askedFor, saidOf } from '../../domain/match-review.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { Deps } from '../deps.ts';

/** What Salesforce knows of who the account is. */
export interface Known {
  links: readonly Link[];
  reviews?: readonly MatchReview[];
  /** What is asked of people about what is sold. */
  itemReviews?: readonly ItemReview[];
}

/** Whom the system found, and how it is asked for one by id. */
interface Found {
  candidates: readonly Candidate[];
  readOne(id: string): Promise<Outcome<Candidate | null>>;
}

/** A customer that is certain for this account but linked to another one is certain for two: a person decides. One call for a first match. */
export async function matchUntaken(
  { matches }: Pick<Deps, 'matches'>,
  system: Link['system'],
  whom: Whom,
  { candidates, readOne }: Found,
  { links, reviews = [] }: Known,
): Promise<Outcome<Match>> {
  const broken = brokenLink(links, system, whom.accountId, whom.currency);
  const rivals = rivalLinks(links, system, whom.accountId, whom.currency).map((link) => link.externalId);
  const said = saidOf(reviews, system, whom);
  const asked = askedFor(reviews, system, whom);
  const wanted = [...rivals, ...(asked === null ? [] : said.undone)].filter((id) => !candidates.some((each) => each.id === id));
  const before = await readAll([...new Set(wanted)], readOne);
  if (before.outcome !== 'done') return before;
  const known = { said, asked, merged: rivals.length > 0, before: before.value, ...(broken ? { broken } : {}) };
  const match = matchCustomer(whom, candidates, known);
  if (match.status !== 'linked') return done(match);
  const held = await matches.findLinks({ system, externalId: match.id });
  return mapOutcome(held, (others) => {
    const taken = others.some((link) => link.recordId !== whom.accountId || link.currency !== whom.currency);
    return taken ? matchCustomer(whom, candidates, { ...known, taken: match.id }) : match;
  });
}

/** Who is gone is left out. */
async function readAll(ids: readonly string[], readOne: Found['readOne']): Promise<Outcome<Candidate[]>> {
  const found: Candidate[] = [];
  for (const answer of await Promise.all(ids.map(readOne))) {
    if (answer.outcome !== 'done') return answer;
    if (answer.value) found.push(answer.value);
  }
  return done(found);
}
