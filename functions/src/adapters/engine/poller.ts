import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';

/**
 * Looks into a queue of DBOS when there is something in it. DBOS itself only looks at an interval: a short one costs two cores a tenth
 * of their time while nothing happens, a long one is how long each run waits. Its own looks go on at a long one, in case a word is lost.
 */
export interface Poller {
  /** Now, and once more when asked again meanwhile. */
  now(): void;
  /** Once the end of this run is written: the next in its line may begin. */
  atEndOf(runId: string): void;
  stop(): void;
}

/** Who waits behind a run can wait a moment more: many that end are one look, which costs the database a transaction for each line. */
const GATHER_ENDS_MS = 25;

export function createPoller(queue: string): Poller {
  let looking = false;
  let again = false;
  let stopped = false;
  let ending: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    const executor = DBOSExecutor.globalInstance;
    // No part of the API, as the reaper's calls are not; without it the queue is looked into at DBOS's interval.
    const { states, pollQueue } = wfQueueRunner as unknown as Runner;
    const state = states.get(queue);
    if (executor && state) await pollQueue.call(wfQueueRunner, executor, state.queue);
  };
  const now = (): void => {
    if (stopped) return;
    again = looking;
    if (looking) return;
    looking = true;
    clearTimeout(ending);
    ending = undefined;
    void look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
        if (again) now();
      });
  };
  return {
    now,
    atEndOf(runId) {
      const soon = () => void (ending ??= setTimeout(now, GATHER_ENDS_MS));
      void DBOSExecutor.globalInstance?.systemDatabase.runningWorkflowMap.get(runId)?.at(-1)?.promise.then(soon);
    },
    stop() {
      stopped = true;
      clearTimeout(ending);
    },
  };
}

interface Runner {
  states: ReadonlyMap<string, { queue: object }>;
  pollQueue(executor: DBOSExecutor, queue: object): Promise<boolean>;
}
