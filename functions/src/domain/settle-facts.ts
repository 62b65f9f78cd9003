import type { ConflictReason } from './conflict.ts';
import { CUSTOMER_FACTS, fitFact, isNameOf, isSamePhone, plainFact, type CustomerFact, type CustomerFacts } from './customer-facts.ts';
import type { Link } from './link.ts';
import {
  type FactMemory,
  isReplacedEnough,
  type LinkMemory,
  NOTHING_REMEMBERED,
  oneByOne,
  type PendingFacts,
  refusedBut,
} from './link-memory.ts';

/** A person is asked about a fact: what the two sides say. */
export interface Doubt {
  fact: CustomerFact;
  reason: ConflictReason;
  ours: string | null;
  theirs: string | null;
}

export interface Settled {
  /** Before anything is sent. */
  memory: LinkMemory;
  doubts: Doubt[];
  /** Facts in which somebody brought both sides together. */
  agreed: CustomerFact[];
}

export interface TwoSides {
  link: Pick<Link, 'system' | 'recordId' | 'currency'>;
  ours: CustomerFacts;
  theirs: CustomerFacts;
  memory: LinkMemory;
}

interface Compared {
  ours: string;
  theirs: string;
  same: boolean;
}

/** Both sides of a fact in the form in which they are compared; null: Salesforce says nothing of it that the system could hold. */
export function compareFact({ link, ours, theirs }: Omit<TwoSides, 'memory'>, fact: CustomerFact): Compared | null {
  const wanted = fitFact(link.system, fact, ours);
  if (wanted === null) return null;
  const here = plainFact(fact, wanted);
  const there = plainFact(fact, theirs[fact]);
  return { ours: here, theirs: there, same: here === there || isSameInOtherWords({ link, ours, theirs }, fact) };
}

function isSameInOtherWords({ link, ours, theirs }: Omit<TwoSides, 'memory'>, fact: CustomerFact): boolean {
  if (fact === 'phone') return isSamePhone(ours, theirs);
  if (fact !== 'name' || link.system !== 'quickbooks') return false;
  return isNameOf(ours, theirs, { accountId: link.recordId, currency: link.currency ?? '' });
}

/**
 * Who changed what since both sides were settled last. Salesforce owns these facts: what it says is sent, each value of the other
 * side is replaced once and kept for a person; what comes back after that, or is the sixth in a row, stays until a person decides.
 */
export function settleFacts(sides: TwoSides): Settled {
  const facts: LinkMemory['facts'] = { ...sides.memory.facts };
  const pending: PendingFacts = {};
  const doubts: Doubt[] = [];
  const agreed: CustomerFact[] = [];
  const standing: CustomerFact[] = [];
  for (const fact of CUSTOMER_FACTS) {
    const verdict = settleFact(sides, fact);
    if (verdict.remember) facts[fact] = verdict.remember;
    if (verdict.send) pending[fact] = verdict.send;
    if (verdict.agreed) agreed.push(fact);
    if (compareFact(sides, fact)?.same !== false) standing.push(fact);
    if (verdict.reason) doubts.push({ fact, reason: verdict.reason, ours: sides.ours[fact], theirs: sides.theirs[fact] });
  }
  const writes = Object.keys(pending).length > 0;
  const version = sides.memory.version + (writes ? 1 : 0);
  const memory = { ...sides.memory, version, facts, pending: writes ? pending : null, ...refusedBut(sides.memory, standing) };
  return { memory, doubts, agreed };
}

/**
 * What is remembered of a customer that was made with these facts of Salesforce: they were frozen at a click, and Salesforce may say
 * something else by the time it is made.
 */
export function asMade(system: Link['system'], facts: CustomerFacts): LinkMemory {
  const sent = (fact: CustomerFact) => plainFact(fact, fitFact(system, fact, facts));
  return {
    ...NOTHING_REMEMBERED,
    facts: Object.fromEntries(CUSTOMER_FACTS.map((fact) => [fact, { ours: sent(fact), theirs: sent(fact) }])),
  };
}

interface Verdict {
  remember?: FactMemory;
  send?: { from: string; to: string };
  reason?: ConflictReason;
  agreed?: boolean;
}

function settleFact(sides: TwoSides, fact: CustomerFact): Verdict {
  const held = sides.memory.facts[fact];
  const compared = compareFact(sides, fact);
  const over = held?.over ? { over: held.over } : {};
  // Salesforce's silence is no fact: nothing is emptied by a machine.
  if (compared === null) return { remember: { ours: '', theirs: plainFact(fact, sides.theirs[fact]), ...over } };
  const { ours, theirs, same } = compared;
  const now = { ours, theirs, ...over };
  if (same) return { remember: now, agreed: held !== undefined && (held.ours !== ours || held.theirs !== theirs) };
  const send = { from: theirs, to: fitFact(sides.link.system, fact, sides.ours) ?? '' };
  // What was empty there loses nothing.
  if (!held) return theirs === '' ? { send } : { remember: now, reason: 'Unknown Who Changed' };
  if (held.theirs === theirs) return held.ours === ours ? {} : { send };
  // What was emptied there leaves nothing to choose.
  const asks = (reason: ConflictReason) => (theirs === '' ? {} : { reason });
  if (held.over?.includes(theirs)) return { remember: now, ...asks('Changed Back Again') };
  const reason = held.ours === ours ? 'Changed There' : 'Changed On Both Sides';
  if (isReplacedEnough(held)) return { remember: now, ...asks(reason) };
  return { remember: { ...held, over: [...(held.over ?? []), theirs] }, send, ...asks(reason) };
}

/** A person has decided for Salesforce's value as it is now: it is sent where another one stands, and may replace each value again. */
export function settleDecided(sides: TwoSides, fact: CustomerFact): LinkMemory {
  const compared = compareFact(sides, fact);
  const { version, facts } = sides.memory;
  if (compared === null) return { ...sides.memory, facts: { ...facts, [fact]: { ours: '', theirs: plainFact(fact, sides.theirs[fact]) } } };
  const { ours, theirs, same } = compared;
  const remembered = { ...sides.memory, facts: { ...facts, [fact]: { ours, theirs } }, pending: null };
  const to = fitFact(sides.link.system, fact, sides.ours);
  return same || to === null ? remembered : { ...remembered, version: version + 1, pending: { [fact]: { from: theirs, to } } };
}

/** What was on its way is there. The customer may hold something else than was sent: then the difference is theirs. */
export function afterSending(sides: TwoSides): LinkMemory {
  const facts = { ...sides.memory.facts };
  // What was sent counts, not what Salesforce says by now: it may have changed since, and that is to be sent too.
  for (const [fact, { to }] of partsOf(sides.memory.pending)) {
    const over = facts[fact]?.over;
    facts[fact] = { ours: plainFact(fact, to), theirs: plainFact(fact, sides.theirs[fact]), ...(over ? { over } : {}) };
  }
  const sent = partsOf(sides.memory.pending).map(([fact]) => fact);
  return oneByOne({ ...sides.memory, facts, pending: null, ...refusedBut(sides.memory, sent) });
}

/** What a write replaced though it was not what had been seen: somebody wrote it in between. `theirs`: right before the write. */
export function overlookedBy(sides: TwoSides): Doubt[] {
  return partsOf(sides.memory.pending).flatMap(([fact, { from }]): Doubt[] => {
    const compared = compareFact(sides, fact);
    // What was empty there loses nothing.
    if (compared === null || compared.same || compared.theirs === '' || compared.theirs === from) return [];
    return [{ fact, reason: 'Changed There', ours: sides.ours[fact], theirs: sides.theirs[fact] }];
  });
}

/** These values were replaced too. */
export function withReplaced(memory: LinkMemory, doubts: readonly Doubt[]): LinkMemory {
  const facts = { ...memory.facts };
  for (const { fact, theirs } of doubts) {
    const held = facts[fact];
    if (held) facts[fact] = { ...held, over: [...new Set([...(held.over ?? []), plainFact(fact, theirs)])] };
  }
  return { ...memory, facts };
}

/**
 * The system will not hold it: the difference stands until Salesforce says something else. Of several facts that were sent together it
 * is not known which one is meant, so each is sent by itself.
 */
export function afterRefusal(sides: TwoSides): LinkMemory {
  const refused = partsOf(sides.memory.pending).map(([fact]) => fact);
  if (refused.length > 1) return oneByOne(sides.memory);
  const { facts } = notReplaced(sides.memory, sides.memory.pending);
  const left = afterSending({ ...sides, memory: { ...sides.memory, facts } });
  return { ...left, refused: [...(left.refused ?? []), ...refused] };
}

/**
 * The other side changed: what is not there replaced nothing, so it is looked at anew. Of what was sent together some may be there, and
 * the rest changed after it.
 */
export function dropPending({ memory, theirs }: Pick<TwoSides, 'memory' | 'theirs'>): LinkMemory {
  const isThere = ([fact, { to }]: [CustomerFact, { to: string }]) => plainFact(fact, theirs[fact]) === plainFact(fact, to);
  const parts = partsOf(memory.pending);
  const dropped = Object.fromEntries(parts.filter((part) => !isThere(part)));
  const left = notReplaced(memory, { ...dropped, ...memory.later });
  const facts = { ...left.facts };
  for (const [fact, { to }] of parts.filter(isThere))
    facts[fact] = { ...facts[fact], ours: plainFact(fact, to), theirs: plainFact(fact, theirs[fact]) };
  return { ...left, facts, pending: null, later: undefined };
}

function notReplaced(memory: LinkMemory, pending: PendingFacts | null): LinkMemory {
  const facts = { ...memory.facts };
  for (const [fact, { from }] of partsOf(pending)) {
    const held = facts[fact];
    if (held?.over) facts[fact] = { ...held, over: held.over.filter((value) => value !== from) };
  }
  return { ...memory, facts };
}

const partsOf = (pending: PendingFacts | null) => Object.entries(pending ?? {}) as [CustomerFact, { from: string; to: string }][];

/** Where what is on its way stands: as it was when it was sent off, arrived, or changed by somebody else. */
export function pendingStands(sides: TwoSides): 'as it was' | 'arrived' | 'changed' {
  const there = partsOf(sides.memory.pending).map(([fact, { from, to }]) => {
    const theirs = plainFact(fact, sides.theirs[fact]);
    if (theirs === plainFact(fact, to)) return 'arrived';
    return theirs === from ? 'as it was' : 'changed';
  });
  if (there.every((each) => each === 'arrived')) return 'arrived';
  return there.every((each) => each === 'as it was') ? 'as it was' : 'changed';
}

/** The other side still says what it said when it was settled last. */
export const isAsRemembered = (theirs: CustomerFacts, memory: LinkMemory): boolean =>
  memory.pending === null && CUSTOMER_FACTS.every((fact) => memory.facts[fact]?.theirs === plainFact(fact, theirs[fact]));

/** Salesforce says something that was not settled yet: only then another system has to be read because of Salesforce. */
export function hasNews({ link, ours, memory }: Omit<TwoSides, 'theirs'>): boolean {
  if (memory.pending !== null) return true;
  return CUSTOMER_FACTS.some((fact) => {
    const wanted = fitFact(link.system, fact, ours);
    return (memory.facts[fact]?.ours ?? '') !== plainFact(fact, wanted);
  });
}
