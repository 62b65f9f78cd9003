/** The three systems a fact can live in. */
export type System = 'salesforce' | 'stripe' | 'quickbooks';

/** What happened and what to do next, in an admin's words. Never holds internals or secrets. */
export interface Problem {
  /** Stable, kebab-case, for tests and grouping. */
  code: string;
  severity: 'error' | 'warning';
  /** Path into the request that the panel can point at, such as `lines[2].quantity`. */
  field?: string;
  message: string;
  action: string;
  /** The provider's own words for support: never shown in the message. */
  provider?: { system: System; code?: string; requestId?: string };
}
