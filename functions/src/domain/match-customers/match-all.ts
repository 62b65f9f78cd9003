import { choose, type Choice, isCertain } from './choose.ts';
import type { Prepared } from './party.ts';
import { weigh } from './weigh.ts';

/** A key that more than these share is no evidence (a bookkeeper's mailbox, an office tower): it leads nobody to anybody. */
const CROWD = 40;

/** Keys under which a party can be found by one that is the same: whatever alone could make two of them likely. */
function keysOf({ name, emails, domains, phones, taxId, postalCode, city, street }: Prepared): string[] {
  const words = [...name.words].sort();
  const keys = [`n:${words.join(' ')}`, `j:${name.words.join('')}`];
  for (const email of emails) keys.push(`e:${email}`);
  for (const domain of domains) keys.push(`d:${domain}`);
  for (const phone of phones) keys.push(`p:${phone}`);
  if (taxId !== null) keys.push(`t:${taxId}`);
  const place = postalCode ?? city;
  if (postalCode !== null && street !== null) keys.push(`a:${postalCode} ${street}`);
  // A slip in one word leaves the others.
  if (words.length > 1 && place !== null) for (const word of words) if (word.length > 3) keys.push(`w:${word} ${place}`);
  return keys;
}

/** Positions of a list by key; most keys lead to one. */
export type Index = Map<string, number | number[]>;

/** Which of `theirs` may be found, by key. */
function indexOf(theirs: readonly Prepared[]): Index {
  const index: Index = new Map();
  for (const [at, party] of theirs.entries()) enterParty(index, party, at);
  dropCrowds(index);
  return index;
}

export function enterParty(index: Index, party: Prepared, at: number): void {
  for (const key of new Set(keysOf(party))) enter(index, key, at);
}

/** Once all are entered. */
export function dropCrowds(index: Index): void {
  for (const [key, held] of index) if (typeof held !== 'number' && held.length > CROWD) index.delete(key);
}

function enter(index: Index, key: string, at: number): void {
  const held = index.get(key);
  if (held === undefined) index.set(key, at);
  else if (typeof held === 'number') index.set(key, [held, at]);
  else if (held.length <= CROWD) held.push(at);
}

/** Positions of those that could be this one. */
export function candidatesOf(index: Index, party: Prepared): Set<number> {
  const found = new Set<number>();
  for (const key of keysOf(party)) {
    const held = index.get(key);
    if (typeof held === 'number') found.add(held);
    else for (const at of held ?? []) found.add(at);
  }
  return found;
}

/**
 * What becomes of each of `ours` among `theirs`, in their order; `ours` may be read as it goes. A link holds from both sides: one of
 * theirs that is certain for two of ours is linked to neither.
 */
export function matchAll(ours: Iterable<Prepared>, theirs: readonly Prepared[]): Choice<Prepared>[] {
  const index = indexOf(theirs);
  const claims = new Map<string, number>();
  const choices: Choice<Prepared>[] = [];
  for (const party of ours) {
    const weighed = [...candidatesOf(index, party)].map((at) => {
      const of = theirs[at] as Prepared;
      return { of, evidence: weigh(party, of) };
    });
    for (const { of, evidence } of weighed) if (isCertain(evidence)) claims.set(of.id, (claims.get(of.id) ?? 0) + 1);
    choices.push(choose(weighed));
  }
  return choices.map((choice) =>
    choice.kind === 'link' && (claims.get(choice.to.id) ?? 0) > 1
      ? { kind: 'review', among: [{ of: choice.to, evidence: choice.evidence }] }
      : choice,
  );
}
