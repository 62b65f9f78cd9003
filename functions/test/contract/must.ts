import type { Outcome } from '../../src/domain/outcome.ts';

/** The value of an outcome that has to be done. */
export const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.outcome !== 'done') throw new Error(`${outcome.outcome}: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
};
