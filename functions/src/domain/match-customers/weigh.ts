import { compareNames, type NameRelation } from './compare-names.ts';
import type { Prepared } from './party.ts';
import { isRoleMailbox } from './read-contact.ts';

/** What speaks for or against two parties being one customer, in points and in words for a person. */
export interface Evidence {
  score: number;
  reasons: string[];
  /** Why nobody but a person may link them, however much else agrees; empty when nothing forbids it. */
  doubts: string[];
  /** They share what two customers rarely share, whatever else differs: a person's e-mail address or a tax id. */
  tied: boolean;
}

/** From this score on a pair without doubts is a certain hit. */
export const CERTAIN = 65;
/** From this score on a pair is worth a person's look. */
export const LIKELY = 30;

const NAME_POINTS: Record<NameRelation, number> = { same: 40, reordered: 36, misspelt: 26, contained: 8, initials: 8, different: -40 };
const NAME_WORDS: Record<NameRelation, string> = {
  same: 'The names are the same.',
  reordered: 'The names have the same words.',
  misspelt: 'The names differ by a slip.',
  contained: 'One name holds the other.',
  initials: "One name is the other's initials.",
  different: 'The names differ.',
};
const ALIKE = new Set<NameRelation>(['same', 'reordered', 'misspelt']);

/** Weighs every field both sides have. Independent agreements add up; a contradiction is a doubt. */
export function weigh(one: Prepared, other: Prepared): Evidence {
  const found: Evidence = { score: 0, reasons: [], doubts: [], tied: false };
  const relation = compareNames(one.name, other.name);
  add(found, NAME_POINTS[relation], NAME_WORDS[relation]);
  if (!ALIKE.has(relation)) found.doubts.push(NAME_WORDS[relation]);
  if (one.name.ordinals !== other.name.ordinals) doubt(found, -35, 'The names carry different numbers.');
  if (one.name.form !== null && other.name.form !== null && one.name.form !== other.name.form)
    doubt(found, -20, `The legal forms differ (${one.name.form}, ${other.name.form}).`);
  weighTaxIds(found, one, other);
  weighContacts(found, one, other);
  weighAddresses(found, one, other);
  // A household shares mail, telephone and address: a slip in a name of two words is forgiven to an organisation only.
  const words = Math.min(one.name.words.length, other.name.words.length);
  if (relation === 'misspelt' && words < 3 && !isOneOrganisation(one, other))
    found.doubts.push('Nothing of an organisation confirms the differing name.');
  return found;
}

const isOneOrganisation = (one: Prepared, other: Prepared): boolean =>
  shares(one.domains, other.domains) || (one.taxId !== null && one.taxId === other.taxId);

function weighTaxIds(found: Evidence, one: Prepared, other: Prepared): void {
  if (one.taxId === null || other.taxId === null) return;
  if (one.taxId === other.taxId) {
    add(found, 50, 'The tax ids are the same.');
    found.tied = true;
  } else doubt(found, -100, 'The tax ids differ.');
}

function weighContacts(found: Evidence, one: Prepared, other: Prepared): void {
  const mail = one.emails.filter((each) => other.emails.includes(each));
  if (mail.some((each) => !isRoleMailbox(each))) {
    add(found, 40, 'An e-mail address is the same.');
    found.tied = true;
  }
  // Branches and daughters of one name have their info@ in common.
  else if (mail.length > 0) add(found, 24, "An organisation's common mailbox is the same.");
  else if (shares(one.domains, other.domains)) add(found, 20, 'The web or mail domain is the same.');
  else if (one.domains.length > 0 && other.domains.length > 0) add(found, -15, 'The domains differ.');
  if (shares(one.phones, other.phones)) add(found, 25, 'A telephone number is the same.');
  else if (one.phones.length > 0 && other.phones.length > 0) add(found, -5, 'The telephone numbers differ.');
}

function weighAddresses(found: Evidence, one: Prepared, other: Prepared): void {
  if (one.country !== null && other.country !== null && one.country !== other.country) {
    doubt(found, -30, `The countries differ (${one.country}, ${other.country}).`);
    return;
  }
  const near = isNear(one, other);
  if (near === null) return;
  if (!near) add(found, -20, 'The places differ.');
  else if (one.street !== null && one.street === other.street) add(found, 25, 'The address is the same.');
  else if (one.street !== null && other.street !== null) add(found, -5, 'The streets differ.');
  else add(found, one.postalCode === other.postalCode ? 8 : 4, 'The place is the same.');
}

/** By postal code where both have one, else by city; null when nothing can be compared. */
function isNear(one: Prepared, other: Prepared): boolean | null {
  if (one.postalCode !== null && other.postalCode !== null) return one.postalCode === other.postalCode;
  return one.city === null || other.city === null ? null : one.city === other.city;
}

function add(found: Evidence, points: number, reason: string): void {
  found.score += points;
  found.reasons.push(reason);
}

function doubt(found: Evidence, points: number, reason: string): void {
  add(found, points, reason);
  found.doubts.push(reason);
}

const shares = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));
