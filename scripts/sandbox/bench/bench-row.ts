/** One measured figure and what it has to reach. */
export interface BenchRow {
  what: string;
  measured: number;
  unit: string;
  target: number;
  better: 'higher' | 'lower';
}
