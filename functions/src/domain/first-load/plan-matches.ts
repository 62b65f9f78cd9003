import { brokenLink, type Candidate, customerLink, type Match, matchCustomer, storedLink, type Whom } from '../matching.ts';
import { askedFor, type MatchReview, reviewOf, saidOf } from '../match-review.ts';
import type { Link } from '../link.ts';
import { candidatesOf, dropCrowds, enterParty, type Index } from '../match-customers/match-all.ts';
import { partyOf, type Prepared } from '../match-customers/party.ts';
import { prepare } from '../match-customers/prepare.ts';
import { isCertain } from '../match-customers/choose.ts';
import { weigh } from '../match-customers/weigh.ts';
import type { PostalAddress } from '../postal-address.ts';
import type { LoadSystem } from './load.ts';
import type { PastCustomer } from './past.ts';
import { linkToMade, unknownKey } from './unknown-customer.ts';

/** An account as customers are matched with it. */
export interface MatchAccount {
  id: string;
  name: string;
  phone: string | null;
  website: string | null;
  address: PostalAddress | null;
  currency: string | null;
  /** Of its contacts, each once. */
  emails: readonly string[];
  /** Of the customer for whom a load made it. */
  loadedKey: string | null;
}

export interface MatchGround {
  system: LoadSystem;
  companyKey: string;
  homeCurrency: string;
  accounts: readonly MatchAccount[];
  customers: readonly PastCustomer[];
  links: readonly Link[];
  reviews: readonly MatchReview[];
}

/** What becomes of a customer. */
export type Fate =
  | { kind: 'held'; accountId: string }
  | { kind: 'link'; link: Link }
  /** `review`: the question about the account, which is asked once for all its candidates. */
  | { kind: 'review'; review: MatchReview }
  | { kind: 'another-linked' }
  /** `made`: a load made an account for it once, which a person said is another's. */
  | { kind: 'unknown'; made: boolean };

/** Much work in small steps: after each the one who does it may see to something else. */
type InSteps<T> = Generator<undefined, T>;

/** What becomes of each customer of a system: every one is looked at before the first is linked. */
export function* planMatches(ground: MatchGround): InSteps<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  for (const { externalId, recordId } of ground.links) fates.set(externalId, { kind: 'held', accountId: recordId });
  const madeFor = new Map(ground.accounts.flatMap(({ id, loadedKey }) => (loadedKey === null ? [] : [[loadedKey, id] as const])));
  const accountFor = ({ id }: { id: string }) => madeFor.get(unknownKey(ground.companyKey, ground.system, id));
  const made = linksToMade(ground, accountFor);
  for (const link of made) if (!fates.has(link.externalId)) fates.set(link.externalId, { kind: 'link', link });
  const free = ground.customers.filter(({ id }) => !fates.has(id));
  const matches = yield* matchAccounts({ ...ground, links: [...ground.links, ...made] }, free, fates);
  for (const [id, fate] of yield* settleClaims(ground, matches)) fates.set(id, fate);
  for (const each of free) if (!fates.has(each.id)) fates.set(each.id, { kind: 'unknown', made: accountFor(each) !== undefined });
  return fates;
}

/** Accounts that a load made and could not link any more; what people said of them since stands. */
function linksToMade(
  { system, homeCurrency, customers, links, reviews }: MatchGround,
  accountFor: (customer: PastCustomer) => string | undefined,
): Link[] {
  const linked = new Set(links.flatMap(({ recordId, externalId }) => [recordId, externalId]));
  return customers.flatMap((customer) => {
    const accountId = accountFor(customer);
    if (accountId === undefined || linked.has(accountId) || linked.has(customer.id)) return [];
    const link = linkToMade(system, accountId, customer, homeCurrency);
    const { notSame, undone } = saidOf(reviews, system, { accountId, currency: link.currency ?? homeCurrency });
    return notSame.includes(customer.id) || undone.includes(customer.id) ? [] : [link];
  });
}

interface Matched {
  whom: Whom;
  match: Match;
}

/** Who each account is, by currency; customers of accounts that are linked to others already get their fate at once. */
function* matchAccounts(ground: MatchGround, free: readonly PastCustomer[], fates: Map<string, Fate>): InSteps<Matched[]> {
  const { system, homeCurrency } = ground;
  const prepared: Prepared[] = [];
  const index: Index = new Map();
  for (const [at, customer] of free.entries()) {
    const them = prepare(partyOf(customer));
    prepared.push(them);
    enterParty(index, them, at);
    yield;
  }
  dropCrowds(index);
  const preparedOf = new Map(prepared.map((each) => [each.id, each]));
  const marked = Map.groupBy(
    free.filter(({ accountId }) => accountId !== null),
    ({ accountId }) => accountId ?? '',
  );
  const links = Map.groupBy(ground.links, ({ recordId }) => recordId);
  const reviews = Map.groupBy(ground.reviews, ({ recordId }) => recordId);
  const found: Matched[] = [];
  for (const account of ground.accounts) {
    yield;
    const us = prepare(partyOf(account));
    const near = [...candidatesOf(index, us)].map((at) => free[at] as PastCustomer);
    const all = [...new Set([...(marked.get(account.id) ?? []), ...near])];
    const own = { links: links.get(account.id) ?? [], reviews: reviews.get(account.id) ?? [] };
    for (const [currency, candidates] of Map.groupBy(all, (each) => each.currency ?? account.currency ?? homeCurrency)) {
      const whom = whomOf(account, currency, candidates);
      if (storedLink(own.links, system, account.id, currency)) {
        for (const each of candidates)
          if (isCertain(weigh(us, preparedOf.get(each.id) ?? us))) fates.set(each.id, { kind: 'another-linked' });
        continue;
      }
      const broken = brokenLink(own.links, system, account.id, currency);
      const known = { said: saidOf(own.reviews, system, whom), asked: askedFor(own.reviews, system, whom), ...(broken ? { broken } : {}) };
      const match = matchCustomer(whom, candidates, known);
      if (match.status !== 'will-be-created') found.push({ whom, match });
    }
  }
  return found;
}

/** A link holds from both sides: a customer that is certain for two accounts is linked to neither. */
function* settleClaims(ground: MatchGround, matches: readonly Matched[]): InSteps<Map<string, Fate>> {
  const { system, companyKey, customers, reviews } = ground;
  const fates = new Map<string, Fate>();
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const claims = Map.groupBy(
    matches.filter(({ match }) => match.status === 'linked'),
    ({ match }) => (match.status === 'linked' ? match.id : ''),
  );
  const ask = ({ whom }: Matched, reason: string, candidates: Extract<Match, { status: 'needs-review' }>['candidates']) => {
    const left = candidates.filter(({ id }) => fates.get(id)?.kind !== 'link');
    if (left.length === 0) return;
    const said = saidOf(reviews, system, whom);
    const review = reviewOf({ companyKey, system, whom, said, broken: null }, { reason, candidates: left });
    for (const { id } of left) if (!fates.has(id)) fates.set(id, { kind: 'review', review });
  };
  for (const [id, [one, other]] of claims) {
    yield;
    if (!one || other || one.match.status !== 'linked') continue;
    fates.set(id, { kind: 'link', link: customerLink(system, one.whom, one.match, one.match) });
  }
  for (const [id, several] of claims) {
    yield;
    if (several.length < 2) continue;
    const customer = byId.get(id) as Candidate;
    for (const each of several) {
      const again = matchCustomer(each.whom, [customer], { taken: id });
      if (again.status === 'needs-review')
        ask(each, 'The customer is certain to be this account, and another one as well.', again.candidates);
    }
  }
  for (const each of matches) {
    yield;
    if (each.match.status === 'needs-review') ask(each, each.match.reason, each.match.candidates);
  }
  return fates;
}

/** Of several addresses of its contacts the one that a candidate has too. */
function whomOf({ id, name, phone, address, emails }: MatchAccount, currency: string, candidates: readonly PastCustomer[]): Whom {
  const theirs = new Set(candidates.flatMap(({ email }) => email?.toLowerCase() ?? []));
  const email = emails.find((each) => theirs.has(each.toLowerCase())) ?? emails[0] ?? null;
  return { accountId: id, name, email, phone, address, currency };
}
