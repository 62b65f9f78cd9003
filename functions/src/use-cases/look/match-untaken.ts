import type { Link } from '../../domain/link.ts';
import { type Candidate, type Match, type Whom, brokenLink, matchCustomer } from '../../domain/matching.ts';
import { type MatchReview, isOpenFor, saidOf } from '../../domain/match-review.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { Deps } from '../deps.ts';

/** What Salesforce knows of who the account is. */
export interface Known {
  links: readonly Link[];
  reviews?: readonly MatchReview[];
}

/** A customer that is certain for this account but linked to another one is certain for two: a person decides. One call for a first match. */
export async function matchUntaken(
  { matches }: Pick<Deps, 'matches'>,
  system: Link['system'],
  whom: Whom,
  candidates: readonly Candidate[],
  { links, reviews = [] }: Known,
): Promise<Outcome<Match>> {
  const broken = brokenLink(links, system, whom.accountId, whom.currency);
  const known = { said: saidOf(reviews, system, whom), asked: isOpenFor(reviews, system, whom), ...(broken ? { broken } : {}) };
  const match = matchCustomer(whom, candidates, known);
  if (match.status !== 'linked') return done(match);
  const held = await matches.findLinks({ system, externalId: match.id });
  return mapOutcome(held, (others) => {
    const taken = others.some((link) => link.recordId !== whom.accountId || link.currency !== whom.currency);
    return taken ? matchCustomer(whom, candidates, { ...known, taken: match.id }) : match;
  });
}
