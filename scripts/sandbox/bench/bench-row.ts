/** One figure of `npm run bench:sandbox`: what was measured, in which unit, and the target it is held to. */
export interface BenchRow {
  what: string;
  measured: number;
  unit: string;
  target: number;
  better: 'higher' | 'lower';
}
