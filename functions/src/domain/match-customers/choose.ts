import { CERTAIN, type Evidence, LIKELY } from './weigh.ts';

export interface Weighed<T> {
  of: T;
  evidence: Evidence;
}

export type Choice<T> = { kind: 'link'; to: T; evidence: Evidence } | { kind: 'review'; among: Weighed<T>[] } | { kind: 'none' };

/** A second one this close to the best makes the best a guess. */
const MARGIN = 20;

export const isCertain = ({ score, doubts }: Evidence): boolean => score >= CERTAIN && doubts.length === 0;

/** Links the one certain hit; two that could both be it, or one that is only likely, go to a person, best first. */
export function choose<T>(candidates: readonly Weighed<T>[]): Choice<T> {
  const among = candidates
    .filter(({ evidence }) => evidence.tied || evidence.score >= LIKELY)
    .sort((a, b) => b.evidence.score - a.evidence.score);
  const [best, second] = among;
  if (!best) return { kind: 'none' };
  const alone = !second || (!isCertain(second.evidence) && best.evidence.score - second.evidence.score >= MARGIN);
  return isCertain(best.evidence) && alone ? { kind: 'link', to: best.of, evidence: best.evidence } : { kind: 'review', among };
}
