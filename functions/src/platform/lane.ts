import { AsyncLocalStorage } from 'node:async_hooks';

/** Who waits for the work: a person at a screen, somebody who wants to know of new money, or nobody. */
export type WorkLane = 'rep' | 'news' | 'background';

const lane = new AsyncLocalStorage<WorkLane>();

/** Runs `work` so that its calls to the providers take their tokens from this lane. */
export function inLane<T>(which: WorkLane, work: () => T): T {
  return lane.run(which, work);
}

/** Without a lane nobody waits. */
export function currentLane(): WorkLane {
  return lane.getStore() ?? 'background';
}
