/** Calls per second of `call`, one after another, for about `ms`. */
export async function callsPerSecond(ms: number, call: (turn: number) => Promise<unknown>): Promise<number> {
  for (let turn = 0; turn < 20; turn += 1) await call(turn);
  const started = performance.now();
  let turn = 20;
  while (performance.now() - started < ms) await call(turn++);
  return ((turn - 20) / (performance.now() - started)) * 1000;
}

/** Calls the stand-in and reads the answer; throws when it refuses, for then there is nothing to measure. */
export async function ask(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
}
