import type { FunctionsProcess } from './functions-process.ts';

/** What is done to the whole sandbox, one thing after another; afterwards the functions are up, whatever came of it. */
export interface Rest {
  /** Does it while the functions are down and no webhook is on its way. */
  atRest<R>(work: () => Promise<R>): Promise<R>;
  /** Does it while they are up, and starts them anew. */
  beforeRestart(work: () => Promise<void>): Promise<void>;
}

/** @param quiet resolves when no webhook is on its way */
export function createRest(functions: Pick<FunctionsProcess, 'start' | 'stop'>, quiet: () => Promise<unknown>): Rest {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const next = last.then(work).finally(() => functions.start());
    last = next.catch(() => undefined);
    return next;
  };
  const settle = async () => {
    await functions.stop();
    await quiet();
  };
  return {
    atRest: (work) => inTurn(() => settle().then(work)),
    beforeRestart: (work) => inTurn(() => work().then(settle)),
  };
}
