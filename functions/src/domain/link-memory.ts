import { CUSTOMER_FACTS, type CustomerFact } from './customer-facts.ts';

/** Both sides of a fact when it was settled last, in the form in which they are compared; the same where they agree. */
export interface FactMemory {
  ours: string;
  theirs: string;
  /** Their values that Salesforce's replaced: none of them is replaced twice without a person. */
  over?: string[];
}

/** What is on its way to the other system: what it is to replace, and what is sent. */
export type PendingFacts = Partial<Record<CustomerFact, { from: string; to: string }>>;

/** What a link remembers of its customer (Trueup_Link__c.Remembered_Facts__c). */
export interface LinkMemory {
  /** Counts the writes from the moment of the first look on (`begunAt`): each has a key of its own. */
  version: number;
  facts: Partial<Record<CustomerFact, FactMemory>>;
  pending: PendingFacts | null;
  /** The last write was refused, and a person was told. */
  refused?: boolean;
}

export const NOTHING_REMEMBERED: LinkMemory = { version: 0, facts: {}, pending: null };

/**
 * Keys of writes are kept for ever, and a memory is not: it may be emptied, or its link undone and made again. It begins to count where
 * no earlier one ended.
 */
export const begunAt = (memory: LinkMemory, now: number): LinkMemory => (memory.version === 0 ? { ...memory, version: now } : memory);

/** So many replaced values are remembered of a fact. */
const MOST_REPLACED = 5;

export const replaced = (memory: FactMemory | undefined, value: string): string[] =>
  [...(memory?.over ?? []).filter((each) => each !== value), value].slice(-MOST_REPLACED);

export const writeMemory = (memory: LinkMemory): string => JSON.stringify(memory);

/** Nothing remembered where it cannot be read: the next look begins anew, and replaces nothing. */
export function readMemory(text: string | null): LinkMemory {
  try {
    const read = JSON.parse(text ?? '') as LinkMemory;
    const known = (facts: object) => Object.keys(facts).every((fact) => (CUSTOMER_FACTS as readonly string[]).includes(fact));
    return Number.isInteger(read.version) && known(read.facts) && known(read.pending ?? {}) ? read : NOTHING_REMEMBERED;
  } catch {
    return NOTHING_REMEMBERED;
  }
}
