import type { Link } from './link.ts';
import { choose, isCertain, type Weighed } from './match-customers/choose.ts';
import { type FieldMarks, markFields } from './match-customers/mark-fields.ts';
import { partyOf } from './match-customers/party.ts';
import { prepare } from './match-customers/prepare.ts';
import { weigh } from './match-customers/weigh.ts';
import type { PostalAddress } from './postal-address.ts';

/** Somebody in an outside system who may be this account. */
export interface Candidate {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  /** Salesforce Account id the outside record carries. */
  accountId: string | null;
  currency: string | null;
  active: boolean;
  url: string;
}

/** A candidate as a person judges it: what speaks for and against it. */
export interface ReviewCandidate extends Candidate {
  score: number;
  reasons: string[];
  doubts: string[];
  fields: FieldMarks;
}

export type Match =
  | {
      status: 'linked';
      id: string;
      name: string;
      url: string | null;
      matchedBy: 'Stored' | 'Metadata' | 'Score';
      reasons: string;
      score?: number;
    }
  | { status: 'will-be-created'; reason: string }
  | { status: 'needs-review'; reason: string; candidates: ReviewCandidate[] };

/** What people said of an account's candidates in one system and currency. */
export interface PersonSaid {
  /** Outside ids that are another customer. */
  notSame: readonly string[];
  /** Outside ids whose link was undone: never linked again without being asked. */
  undone: readonly string[];
}

export const NOBODY_ASKED: PersonSaid = { notSame: [], undone: [] };

export interface Whom {
  accountId: string;
  name: string;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  currency: string;
}

/** The stored link that serves this record and currency; one bound to the currency before one for all, and none when several do. */
export function storedLink(links: readonly Link[], system: Link['system'], recordId: string, currency: string): Link | undefined {
  const serving = linksFor(links, 'Linked', system, recordId, currency);
  return serving.length === 1 ? serving[0] : undefined;
}

/** Links of one account to several customers: accounts that were merged brought them together. */
export function rivalLinks(links: readonly Link[], system: Link['system'], recordId: string, currency: string): Link[] {
  const serving = linksFor(links, 'Linked', system, recordId, currency);
  return serving.length > 1 ? serving : [];
}

/** The link whose other side was deleted or merged away, where no other has taken its place. */
export function brokenLink(links: readonly Link[], system: Link['system'], recordId: string, currency: string): Link | undefined {
  return storedLink(links, system, recordId, currency) ? undefined : linksFor(links, 'Broken', system, recordId, currency)[0];
}

function linksFor(links: readonly Link[], status: Link['status'], system: Link['system'], recordId: string, currency: string): Link[] {
  const usable = links.filter((link) => link.system === system && link.recordId === recordId && link.status === status);
  const bound = usable.filter((link) => link.currency === currency);
  return bound.length > 0 ? bound : usable.filter((link) => link.currency === null);
}

/** Why a person is asked, as the review says it. */
const UNDONE = 'A person undid the link to it.';
const MERGED = 'Accounts that were merged were linked to different customers.';

/** What is known besides the two sides. */
interface Circumstances {
  said?: PersonSaid;
  /** The link whose other side is gone. */
  broken?: Link;
  /** Outside id that another account, or another currency of this one, is linked to. */
  taken?: string;
  /** Why a person is asked who the account is, who has not answered. */
  asked?: string | null;
  /** Accounts that were merged are linked to several. */
  merged?: boolean;
  /** Those it was linked to before an open question: offered whatever speaks against them. */
  before?: readonly Candidate[];
}

/**
 * Stored links are looked up before; here: our id on the record, then everything both sides know, weighed. Links only one certain
 * hit, never the newest of several; anything less goes to a person, whose word stands.
 */
export function matchCustomer(
  whom: Whom,
  candidates: readonly Candidate[],
  { said = NOBODY_ASKED, broken, taken, asked = null, merged = false, before = [] }: Circumstances = {},
): Match {
  const usable = candidates.filter(
    (each) => (each.currency === null || each.currency === whom.currency) && !said.notSame.includes(each.id),
  );
  const ours = usable.filter((each) => each.accountId === whom.accountId);
  const weighed = weighAll(whom, ours.length > 0 ? ours : usable.filter((each) => each.accountId === null));
  const review = (reason: string, among: readonly Weighed<Candidate>[] = weighed): Match => ({
    status: 'needs-review',
    reason,
    candidates: among.map(shown),
  });
  const again = weighAll(
    whom,
    before.filter(({ id }) => !said.notSame.includes(id) && !weighed.some(({ of }) => of.id === id)),
  );
  const askAgain = (reason: string) => review(reason, [...weighed, ...again]);
  if (merged || (asked === MERGED && said.undone.length > 0)) return askAgain(MERGED);
  if (broken) return review(`The customer it was linked to (${broken.displayName ?? broken.externalId}) no longer exists.`);
  // Whoever was found or not: what a person took back is decided by a person.
  if (asked === UNDONE || (asked !== null && said.undone.length > 0) || weighed.some(({ of }) => said.undone.includes(of.id)))
    return askAgain(UNDONE);
  if (weighed.some(({ of }) => of.id === taken))
    return review('The most likely record is linked already, to another account or for another currency.');
  if (ours.length > 1) return review("Several records carry this account's id.");
  if (ours[0])
    return ours[0].active
      ? { ...linked(ours[0], 'Metadata'), reasons: "The record carries this account's id." }
      : review("The record that carries this account's id is inactive.");

  const choice = choose(weighed);
  switch (choice.kind) {
    case 'link':
      return choice.to.active
        ? { ...linked(choice.to, 'Score'), reasons: choice.evidence.reasons.join(' '), score: asScore(choice.evidence.score) }
        : review('The record that is certain to be this customer is inactive.');
    case 'review':
      return review(whyNotCertain(choice.among), choice.among);
    case 'none':
      return { status: 'will-be-created', reason: 'Nobody who could be this customer was found.' };
  }
}

/** 0 to 100, as people read it. */
const asScore = (points: number): number => Math.max(0, Math.min(100, points));

type Weighing = Weighed<Candidate> & { fields: FieldMarks };

function weighAll(whom: Whom, candidates: readonly Candidate[]): Weighing[] {
  const us = prepare(partyOf({ ...whom, id: whom.accountId }));
  return candidates
    .map((of) => {
      const them = prepare(partyOf(of));
      return { of, evidence: weigh(us, them), fields: markFields(us, them) };
    })
    .sort((a, b) => b.evidence.score - a.evidence.score);
}

function shown(weighed: Weighed<Candidate>): ReviewCandidate {
  const { of, evidence, fields } = weighed as Weighing;
  return { ...of, score: asScore(evidence.score), reasons: evidence.reasons, doubts: evidence.doubts, fields };
}

function whyNotCertain(among: readonly Weighed<Candidate>[]): string {
  if (among.filter(({ evidence }) => isCertain(evidence)).length > 1) return 'Several records could each be this customer.';
  const [best] = among;
  const doubts = best?.evidence.doubts ?? [];
  if (doubts.length > 0) return `The most likely record leaves a doubt. ${doubts.join(' ')}`;
  return among.length > 1 ? 'Several records are alike.' : 'A record is alike, but too little of it agrees.';
}

function linked({ id, name, url }: Candidate, matchedBy: 'Metadata' | 'Score') {
  return { status: 'linked' as const, id, name, url, matchedBy };
}

/** The link to record for an account's customer, matched or just created; bound to the currency it is billed in. */
export function customerLink(
  system: Link['system'],
  whom: Pick<Whom, 'accountId' | 'currency'>,
  to: { id: string; name: string; url: string | null },
  how: Pick<Link, 'matchedBy' | 'score' | 'confirmedBy' | 'remembered'> & { reasons: string },
): Link {
  return {
    system,
    recordId: whom.accountId,
    recordType: 'Account',
    currency: whom.currency,
    externalId: to.id,
    externalType: system === 'stripe' ? 'customer' : 'Customer',
    status: 'Linked',
    displayName: to.name,
    matchedBy: how.matchedBy,
    reasons: how.reasons,
    ...(how.score === undefined ? {} : { score: how.score }),
    ...(how.confirmedBy === undefined ? {} : { confirmedBy: how.confirmedBy }),
    ...(how.remembered === undefined ? {} : { remembered: how.remembered }),
    ...(to.url === null ? {} : { url: to.url }),
  };
}
