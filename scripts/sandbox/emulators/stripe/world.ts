import type { DueWork } from './entities.ts';
import type { StripeStore } from './store.ts';

/** What customers see of the account: its name, and the time zone its dates are days in. */
export interface AccountProfile {
  name: string;
  timeZone: string;
}

/** One unit of a currency in units of the settlement currency, such as `{ currency: 'usd', rates: { eur: 1.08 } }`. */
export interface Settlement {
  currency: string;
  rates: Record<string, number>;
}

/** Days before and after the due date, as the account's automations have them. https://docs.stripe.com/billing/automations */
export interface Reminders {
  beforeDue?: number;
  afterDue?: number;
}

/** What the stand-in's rules act on: the account's data, its clock, and its event log. */
export interface World {
  db: StripeStore;
  /** Seconds since the epoch. */
  now(): number;
  /** Records an event of the object as it is now and queues its webhooks. `before` gives `previous_attributes`. */
  emit(type: string, object: object, before?: object): void;
  /** Has something happen by itself later. */
  later(kind: DueWork['kind'], at: number, reference: string): void;
  /** Forgets it. */
  noLater(kind: DueWork['kind'], reference: string): void;
  /** Runs something and undoes it: no event, no timer, nothing kept but what it gives. */
  dryRun<R>(fn: () => R): R;
  /** Runs something in the frozen time of a test clock, where there is one. */
  inClock<R>(clock: { id: string; at: number } | undefined, fn: () => R): R;
  account: AccountProfile;
  /** When the account's automations tell of due dates; never when left out. */
  reminders: Reminders;
  /** Whether the balance is paid out every day, or only on request. */
  payouts: 'daily' | 'manual';
  /** What foreign payments are converted to, and at which rates; without it each currency keeps its own balance. */
  settlement: Settlement | undefined;
  /** Address of the stand-in, for hosted pages; known once it listens. */
  baseUrl(): string;
}

/** One request, checked and decoded. */
export interface Call {
  world: World;
  /** Values of the path's `{…}` parts, in order. */
  ids: string[];
  /** Parameters with the types the SDK gives them. */
  params: Record<string, unknown>;
}

/** An answer other than a plain 200; unlike a thrown error it keeps what was done. */
export interface Answer {
  answer: { status: number; body: Record<string, unknown> };
}

/** A list; the engine cuts the page and writes the envelope. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** Pattern of an operation of the SDK. */
  path: string;
  /** Top-level parameters that are modelled; others that Stripe knows are refused. `expand` and paging need no mention. */
  takes?: string[];
  handle(call: Call): unknown;
}
