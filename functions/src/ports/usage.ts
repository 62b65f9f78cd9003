import type { Budget, DayOfUsage } from '../domain/budget.ts';

/** Calls that a provider meters by the month, counted over all processes. */
export interface Usage {
  /** Takes no time: what is counted is written a few seconds later. */
  count(meter: string, calls: number): void;
  /** Days from `from` on of which anything was counted, oldest first; what this process counted is among it. */
  readDays(meter: string, from: string): Promise<DayOfUsage[]>;
  /** Writes what is not written yet, and no more after that. */
  close(): Promise<void>;
}

/** What is used of what the systems allow; nothing is asked of them for it. */
export interface Allowances {
  /** Reads of QuickBooks: how many a month, and those made from `from` on. */
  quickbooksReads(from: string): Promise<{ allowed: number; days: DayOfUsage[] }>;
  /** Calls of the last 24 hours, of all who call the org, as its last answer told. Null: none came yet. */
  salesforceCalls(): Budget | null;
}
