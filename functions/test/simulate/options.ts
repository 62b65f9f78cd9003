import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface Options {
  /** The seeds to run, in order. */
  from: number;
  seeds: number;
  /** One seed alone, with its whole trace. */
  alone: boolean;
  steps: number;
  /** Threads that play seeds at once. */
  jobs: number;
  /** With real processes, DBOS, PostgreSQL and HTTP. */
  real: boolean;
  /** The orders of the six events of one payment instead of seeds. */
  orders: boolean;
  json: boolean;
  /** Ends after this long, whatever is left; null: never. */
  withinMs: number | null;
}

export const STEPS = 25;
/** Of a seed with real processes, in which time passes. */
export const REAL_STEPS = 8;
const SEEDS = 100;
const REAL_SEEDS = 3;
const QUICK_MS = 40_000;

export function readOptions(args = process.argv.slice(2)): Options {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string', default: '1' },
      steps: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      orders: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const { real } = values;
  const alone = values.seed !== undefined;
  return {
    from: whole('from', values.seed ?? values.from),
    seeds: alone ? 1 : whole('seeds', values.seeds ?? String(real ? REAL_SEEDS : SEEDS)),
    alone,
    steps: whole('steps', values.steps ?? String(real ? REAL_STEPS : STEPS)),
    jobs: whole('jobs', values.jobs),
    real,
    orders: values.orders,
    json: values.json,
    withinMs: values.quick ? QUICK_MS : null,
  };
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`);
  return Number(text);
}
