import type { MatchPlan } from './plan-matches.ts';
import type { Ahead } from './read-ahead.ts';

/** What a process remembers between the parts of a load; nothing of it is needed to go on with the load elsewhere. */
export interface Memo {
  /** Who is matched with whom, of one system: kept until all of it is written. */
  plan: { object: string; plan: MatchPlan } | null;
  /** What is read before it is needed. */
  ahead: Ahead | null;
}

export const createMemo = (): Memo => ({ plan: null, ahead: null });
