import type { Link } from '../../domain/link.ts';
import type { ReviewContent, ReviewStatus } from '../../domain/match-review.ts';

export type MatchChoice = 'link' | 'create-new' | 'not-the-same' | 'undo';

export interface Decision {
  reviewId: string;
  choice: MatchChoice;
  /** Outside id; for `link` and `not-the-same`. */
  candidateId: string | null;
}

/** What a decision comes to; nothing is written when the question stands so already. */
export interface Change {
  status: ReviewStatus;
  said: Pick<ReviewContent, 'notSame' | 'undone'>;
  link?: Link;
  undo?: Link;
}
