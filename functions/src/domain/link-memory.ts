import { CUSTOMER_FACTS, type CustomerFact } from './customer-facts.ts';

/** Both sides of a fact when it was settled last, in the form in which they are compared; the same where they agree. */
export interface FactMemory {
  ours: string;
  theirs: string;
  /** Their values that Salesforce's replaced since a person decided: none of them is replaced twice. */
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
  /** What was sent together with a fact that was refused: after `pending`, each by itself. */
  later?: PendingFacts | undefined;
  /** Their last value was refused, and a person was told. */
  refused?: CustomerFact[] | undefined;
}

export const NOTHING_REMEMBERED: LinkMemory = { version: 0, facts: {}, pending: null };

/**
 * Keys of writes are kept for ever, and a memory is not: it may be emptied, or its link undone and made again. It begins to count where
 * no earlier one ended.
 */
export const begunAt = (memory: LinkMemory, now: number): LinkMemory => (memory.version === 0 ? { ...memory, version: now } : memory);

/** So many values of a fact are replaced until a person decides: who writes a new one each time is not a typing error. */
const MOST_REPLACED = 5;

export const isReplacedEnough = ({ over = [] }: FactMemory): boolean => over.length >= MOST_REPLACED;

/** Refused facts without those that stand now. */
export function refusedBut(memory: LinkMemory, standing: readonly CustomerFact[]): Pick<LinkMemory, 'refused'> {
  const left = (memory.refused ?? []).filter((fact) => !standing.includes(fact));
  return { refused: left.length > 0 ? left : undefined };
}

/** One of the facts that were refused together is on its way now, the others after it. */
export function oneByOne(memory: LinkMemory): LinkMemory {
  const [next, ...others] = Object.entries({ ...memory.pending, ...memory.later });
  const version = memory.version + 1;
  return next
    ? { ...memory, version, pending: Object.fromEntries([next]), later: others.length > 0 ? Object.fromEntries(others) : undefined }
    : memory;
}

export const writeMemory = (memory: LinkMemory): string => JSON.stringify(memory);

/** Nothing remembered where it cannot be read: the next look begins anew, and replaces nothing. */
export function readMemory(text: string | null): LinkMemory {
  try {
    const read = JSON.parse(text ?? '') as LinkMemory;
    const known = (facts: object) => Object.keys(facts).every((fact) => (CUSTOMER_FACTS as readonly string[]).includes(fact));
    const sound = Number.isInteger(read.version) && Array.isArray(read.refused ?? []);
    return sound && known(read.facts) && known({ ...read.pending, ...read.later }) ? read : NOTHING_REMEMBERED;
  } catch {
    return NOTHING_REMEMBERED;
  }
}
