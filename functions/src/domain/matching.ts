import type { Link } from './link.ts';

/** Somebody in an outside system who may be this account. */
export interface Candidate {
  id: string;
  name: string;
  email: string | null;
  /** Salesforce Account id the outside record carries. */
  accountId: string | null;
  currency: string | null;
  active: boolean;
  url: string;
}

export type Match =
  | { status: 'linked'; id: string; name: string; url: string | null; matchedBy: 'Stored' | 'Metadata' | 'Score'; reasons: string }
  | { status: 'will-be-created'; reason: string }
  | { status: 'needs-review'; reason: string; candidates: Candidate[] };

export interface Whom {
  accountId: string;
  name: string;
  email: string | null;
  currency: string;
}

/** The stored link that serves this record and currency; one bound to the currency before one for all. */
export function storedLink(links: readonly Link[], system: Link['system'], recordId: string, currency: string): Link | undefined {
  const usable = links.filter((link) => link.system === system && link.recordId === recordId && link.status === 'Linked');
  return usable.find((link) => link.currency === currency) ?? usable.find((link) => link.currency === null);
}

/**
 * Stored links are looked up before; here: our id on the record, then exact e-mail and name. Links only one certain hit,
 * never the newest of several; anything less goes to a person.
 */
export function matchCustomer(whom: Whom, candidates: readonly Candidate[]): Match {
  const usable = candidates.filter((each) => each.currency === null || each.currency === whom.currency);
  const ours = usable.filter((each) => each.accountId === whom.accountId);
  if (ours.length > 1) return review(ours, "Several records carry this account's id.");
  if (ours[0])
    return ours[0].active
      ? linked(ours[0], 'Metadata', "The record carries this account's id.")
      : review(ours, "The record that carries this account's id is inactive.");

  const free = usable.filter((each) => each.accountId === null);
  const sameName = free.filter((each) => plain(each.name) === plain(whom.name));
  const certain = sameName.filter((each) => whom.email !== null && each.email !== null && plain(each.email) === plain(whom.email));
  if (certain.length === 1 && certain[0]?.active) return linked(certain[0], 'Score', 'Name and e-mail address are the same.');
  if (certain.length > 0)
    return review(
      certain,
      certain.length > 1
        ? 'Several records have this name and e-mail address.'
        : 'The record with this name and e-mail address is inactive.',
    );

  const likely = free.filter(
    (each) => sameName.includes(each) || (whom.email !== null && each.email !== null && plain(each.email) === plain(whom.email)),
  );
  if (likely.length > 0) return review(likely, 'A record has the same name or the same e-mail address, but not both.');
  return { status: 'will-be-created', reason: 'Nobody with this name or e-mail address was found.' };
}

const plain = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

function linked(candidate: Candidate, matchedBy: 'Metadata' | 'Score', reasons: string): Match {
  return { status: 'linked', id: candidate.id, name: candidate.name, url: candidate.url, matchedBy, reasons };
}

function review(candidates: Candidate[], reason: string): Match {
  return { status: 'needs-review', reason, candidates };
}

/** The link to record for an account's customer, matched or just created; bound to the currency it is billed in. */
export function customerLink(
  system: Link['system'],
  whom: Whom,
  to: { id: string; name: string; url: string | null },
  matchedBy: Link['matchedBy'],
  reasons: string,
): Link {
  return {
    system,
    recordId: whom.accountId,
    recordType: 'Account',
    currency: whom.currency,
    externalId: to.id,
    externalType: system === 'stripe' ? 'customer' : 'Customer',
    matchedBy,
    status: 'Linked',
    displayName: to.name,
    reasons,
    ...(to.url === null ? {} : { url: to.url }),
  };
}
