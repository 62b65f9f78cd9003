import type { Problem } from '../problem.ts';

/** What a first load reads, in the order in which it does: documents need their customers, copies of a payment the payment. */
export const LOAD_OBJECTS = [
  'quickbooks-customers',
  'stripe-customers',
  'quickbooks-invoices',
  'stripe-invoices',
  'stripe-payments',
  'quickbooks-payments',
] as const;
export type LoadObject = (typeof LOAD_OBJECTS)[number];
export type LoadSystem = 'quickbooks' | 'stripe';

export const systemOf = (object: LoadObject): LoadSystem => (object.startsWith('stripe') ? 'stripe' : 'quickbooks');
export const isOfCustomers = (object: LoadObject): boolean => object.endsWith('customers');

export type LoadState = 'running' | 'pausing' | 'paused' | 'completed' | 'cancelled' | 'needs-attention';

/** What became of the records that were read: every one is in exactly one of the last four. */
export interface LoadCounts {
  read: number;
  written: number;
  unchanged: number;
  waiting: number;
  refused: number;
}

export interface LoadedObject extends LoadCounts {
  object: LoadObject;
  state: 'waiting' | 'running' | 'done';
  /** Counted before it began. */
  expected: number;
  estimated: boolean;
  /** Where the next page begins; null: at the beginning. */
  cursor: string | null;
  /** All of it was listed; customers are then still to be matched. */
  listed: boolean;
}

/** Why records wait or were refused, and what to do. */
export interface LoadCause {
  object: LoadObject;
  standing: 'waiting' | 'refused';
  code: string;
  message: string;
  action: string;
  count: number;
  /** What the first few are called in their own system: names of customers, numbers of invoices; else ids. */
  examples: string[];
}

export interface Calls {
  salesforce: number;
  stripe: number;
  quickbooks: number;
}

/** A first load from its start to its end: all that is needed to go on with it, whoever does. */
export interface Load {
  key: string;
  companyKey: string;
  companyId: string;
  /** Counted up at each change: who saves an older one is told so. */
  version: number;
  state: LoadState;
  /** Which of its runs carries it: a resumed load has a new one. */
  turn: number;
  startedAt: string;
  finishedAt: string | null;
  requestedBy: string | null;
  createAccounts: boolean;
  /** `YYYY-MM-DD`: documents from that day on; null: all. */
  since: string | null;
  /** Why it paused by itself, or stopped. */
  why: string | null;
  /** It goes on by itself: a limit was reached. */
  waitsForLimit: boolean;
  runId: string | null;
  /** ISO instant of the last word in Salesforce. */
  toldAt: string | null;
  workedMs: number;
  objects: LoadedObject[];
  calls: Calls;
  causes: LoadCause[];
  problems: Problem[];
}

export const NO_CALLS: Calls = { salesforce: 0, stripe: 0, quickbooks: 0 };

/** It is not over. */
export const isStanding = ({ state }: Pick<Load, 'state'>): boolean => state !== 'completed' && state !== 'cancelled';

/** Its own run carries it on, now or once a limit allows it. */
export const goesOn = ({ state, waitsForLimit }: Pick<Load, 'state' | 'waitsForLimit'>): boolean =>
  state === 'running' || state === 'pausing' || (state === 'paused' && waitsForLimit);

export function newLoad(
  head: Pick<Load, 'key' | 'companyKey' | 'companyId' | 'startedAt' | 'requestedBy' | 'createAccounts' | 'since'>,
  counted: readonly { object: LoadObject; records: number; estimated: boolean }[],
): Load {
  return {
    ...head,
    version: 0,
    state: 'running',
    turn: 1,
    finishedAt: null,
    why: null,
    waitsForLimit: false,
    runId: null,
    toldAt: null,
    workedMs: 0,
    calls: NO_CALLS,
    causes: [],
    problems: [],
    objects: LOAD_OBJECTS.map((object) => {
      const found = counted.find((each) => each.object === object);
      return {
        object,
        state: 'waiting',
        expected: found?.records ?? 0,
        estimated: found?.estimated ?? true,
        cursor: null,
        listed: false,
        ...NOTHING_READ,
      };
    }),
  };
}

export const NOTHING_READ: LoadCounts = { read: 0, written: 0, unchanged: 0, waiting: 0, refused: 0 };

export function addUp(counts: readonly LoadCounts[]): LoadCounts {
  return counts.reduce(
    (all, each) => ({
      read: all.read + each.read,
      written: all.written + each.written,
      unchanged: all.unchanged + each.unchanged,
      waiting: all.waiting + each.waiting,
      refused: all.refused + each.refused,
    }),
    NOTHING_READ,
  );
}

/** Every record that was listed became something. */
export const addsUp = ({ read, written, unchanged, waiting, refused }: LoadCounts): boolean =>
  read === written + unchanged + waiting + refused;

/** By the pace so far; null before there is one. */
export function remainingSeconds({ objects, workedMs, state }: Load): number | null {
  if (state === 'completed' || state === 'cancelled') return 0;
  const { read } = addUp(objects);
  const left = objects.reduce((sum, each) => sum + (each.state === 'done' ? 0 : Math.max(0, each.expected - each.read)), 0);
  return read === 0 || workedMs === 0 ? null : Math.ceil((left * workedMs) / read / 1000);
}
