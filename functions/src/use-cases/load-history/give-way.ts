/** Longer than this nobody else in the process is kept waiting; a click has many answers to wait for. */
const AT_A_STRETCH_MS = 2;

/** Does the work step by step, and lets a rep's click and the webhooks go first in between. */
export async function giveWay<T>(work: Generator<unknown, T>): Promise<T> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < AT_A_STRETCH_MS) continue;
    // A turn of the event loop, not a matter of time: no clock is asked.
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}
