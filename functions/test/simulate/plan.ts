import { ACTIONS } from './actions/actions.ts';
import { BILLING } from './actions/issue.ts';
import { type Random, randomOf } from './dice.ts';
import type { Action, Simulation } from './simulation.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** In so many steps a new deal is billed first: without an invoice there is little to do for the others. */
const OPENING = 2;

/** What somebody tries next, and how long it is until the one after it. */
export interface Step {
  action: Action;
  waitMs: number;
  random: Random;
}

/** Drawn for each step alone: the plan is the same, whatever came of the steps before. */
export function stepOf(seed: number, step: number): Step {
  const random = randomOf(seed, `step ${step}`);
  return { action: choose(step < OPENING ? BILLING : ACTIONS, random.next()), waitMs: gap(random.next(), random.next()), random };
}

/** Tries it; counts it when there was something to do it on. */
export async function perform(world: Simulation, { action, random }: Step): Promise<void> {
  const { acted } = world.intentions;
  world.trace.note('actor', action.name);
  if (await action.act({ ...world, random })) acted[action.name] = (acted[action.name] ?? 0) + 1;
}

function choose(actions: readonly Action[], drawn: number): Action {
  let left = drawn * actions.reduce((sum, { weight }) => sum + weight, 0);
  return actions.find(({ weight }) => (left -= weight) < 0) ?? (actions[0] as Action);
}

/** Mostly seconds, so that things meet each other; sometimes minutes, seldom the night, or days in which banks answer. */
function gap(kind: number, length: number): number {
  if (kind < 0.64) return length * 5 * SECOND;
  if (kind < 0.87) return length * 2 * MINUTE;
  if (kind < 0.95) return length * HOUR;
  return kind < 0.98 ? length * 14 * HOUR : length * 3 * DAY;
}
