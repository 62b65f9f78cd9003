import type { Failure, Outcome } from '../../domain/outcome.ts';
import { patiently } from '../effects/patiently.ts';
import type { Saga } from './saga.ts';
import { writeBackOf } from './write-back.ts';

/** Waits worth telling Salesforce about; shorter ones are only shown to whoever follows. */
const WORTH_TELLING_MS = 1_500;

/** Runs one remembered step of the saga, waiting for systems that are down; the rep sees "queued" meanwhile. */
export async function inSaga<T>(saga: Saga, name: string, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  let told = false;
  const patience = {
    run: saga.run,
    waitedMs: saga.waitedMs,
    givenUp: () => isGivenUp(saga),
    waiting: async (failure: Failure, delayMs: number) => {
      if (delayMs === 0) return;
      await saga.deps.progress.set(saga.order.operationKey, { state: 'waiting', problems: [failure.problem] });
      if (told || delayMs < WORTH_TELLING_MS) return;
      told = true;
      await saga.run.step(`tell that "${name}" waits`, () => tellSalesforce(saga, failure, delayMs));
    },
  };
  const outcome = await patiently(patience, name, act);
  if (patience.waitedMs > saga.waitedMs) await saga.deps.progress.set(saga.order.operationKey, { state: 'running', problems: [] });
  saga.waitedMs = patience.waitedMs;
  return outcome;
}

/** Once both books hold the invoice it stands, whoever wants it gone: then it is voided, not cancelled. */
async function isGivenUp({ deps, order, stands, takingBack }: Saga): Promise<boolean> {
  return !stands && !takingBack && ((await deps.progress.read(order.operationKey))?.cancelledBy ?? null) !== null;
}

/** Best effort: when Salesforce is what is down, the page learns of it later. */
async function tellSalesforce(saga: Saga, failure: Failure, delayMs: number): Promise<boolean> {
  const nextAttemptAt = new Date(saga.deps.clock.now() + delayMs).toISOString();
  const written = await saga.deps.records.writeBack(
    writeBackOf(saga, {
      invoice: saga.stands ? { problem: failure.problem.message } : { status: 'Queued', problem: failure.problem.message },
      state: 'waiting',
      step: null,
      problems: [failure.problem],
      nextAttemptAt,
    }),
  );
  return written.outcome === 'done';
}
