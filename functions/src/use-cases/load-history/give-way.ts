import type { Deps } from '../deps.ts';

/** Longer than this nobody else in the process is kept waiting. */
const AT_A_STRETCH_MS = 4;
/** Long enough for what is waiting to be answered several times over. */
const PAUSE_MS = 1;

/** Does the work step by step, and lets a rep's click and the webhooks go first in between. */
export async function giveWay<T>({ clock }: Pick<Deps, 'clock'>, work: Generator<unknown, T>): Promise<T> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < AT_A_STRETCH_MS) continue;
    await clock.sleep(PAUSE_MS);
    since = performance.now();
  }
}
