import { DBOS, DBOSClient, DBOSWorkflowConflictError } from '@dbos-inc/dbos-sdk';
import type { Secret } from '../../platform/secret.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { Engine, Job, Run, Workflow } from '../../ports/engine.ts';
import { alone } from './alone.ts';
import { createPoller } from './poller.ts';
import { type Reaper, startReaper } from './reaper.ts';

/** One queue for everything: runs with one key (an invoice) go one at a time, in order. */
const QUEUE = 'leases';
/** Of an earlier build: as long as the database names it, it is looked into forty times a second. */
const FORMER_QUEUE = 'turns';
/** Pinned: the default is a hash of the workflows' source, and a deployment would strand every run under way. */
const APPLICATION_VERSION = '1';
/** How often whoever waits for a result looks. */
const RESULT_POLL_MS = 25;
/** How often the queue is looked into when nobody says that there is something in it; each look is six statements. */
const QUEUE_POLL_MS = 1000;

export interface EngineSettings {
  databaseUrl: Secret;
  /** Unique per boot: a process that starts must not take another's running work for its own. */
  executorId: string;
  poolSize?: number;
  onReaped?(executorId: string, runs: number): void;
  /** A run was put in line; must not throw. Whoever runs workflows in another process should be told to `wake`. */
  onEnqueued?(): void;
}

export interface RunningEngine extends Engine {
  /** Starts to run workflows; those left by processes that died are taken up. Call after every `register`. */
  start(): Promise<void>;
  /** There is something in line: look now. */
  wake(): void;
  /** Drops the memory of up to `most` runs that ended before this moment (ms); answers how many. */
  forget(before: number, most: number): Promise<number>;
  /** Lets running steps end, then leaves. */
  stop(): Promise<void>;
}

/** DBOS Transact behind the engine port. Registration is per process: one engine per process. */
export async function createEngine(settings: EngineSettings): Promise<RunningEngine> {
  const url = settings.databaseUrl.reveal();
  DBOS.setConfig({
    name: 'trueup',
    systemDatabaseUrl: url,
    executorID: settings.executorId,
    applicationVersion: APPLICATION_VERSION,
    systemDatabasePoolSize: settings.poolSize ?? 5,
    logLevel: 'error',
  });
  // A web process may be the first to boot: its client needs the tables as much as the worker does. DBOS takes no turns by itself.
  await alone(url, () => DBOS.migrate(url));
  const client = await DBOSClient.create({ systemDatabaseUrl: url, applicationName: 'trueup', systemDatabasePoolSize: 2 });
  let reaper: Reaper | undefined;
  let running = false;
  let leaving = false;

  const poller = createPoller(QUEUE);

  return {
    register(name: string, workflow: Workflow) {
      const carry = async (input: Json): Promise<Json> => {
        const run = runOf(DBOS.workflowID ?? '', () => leaving);
        return workflow(input, run).finally(() => poller.atEndOf(run.id));
      };
      DBOS.registerWorkflow(carry, { name });
    },

    async enqueue({ workflow, id, queueKey, input }: Job) {
      await client.enqueue(
        { workflowName: workflow, queueName: QUEUE, workflowID: id, queuePartitionKey: queueKey, appVersion: APPLICATION_VERSION },
        input,
      );
      if (running) poller.now();
      else settings.onEnqueued?.();
    },

    async result(id, waitMs) {
      if (waitMs <= 0) return undefined;
      const handle = client.retrieveWorkflow<Json>(id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), waitMs);
      });
      return Promise.race([handle.getResult({ pollingIntervalMs: RESULT_POLL_MS }), patience]).finally(() => clearTimeout(timer));
    },

    async start() {
      await DBOS.launch();
      await DBOS.registerQueue(QUEUE, {
        partitionConcurrency: 1,
        // A hundred that work off what waits (inbox/drain), and fifty for people and news.
        workerConcurrency: 150,
        minPollingIntervalMs: QUEUE_POLL_MS,
        onConflict: 'always_update',
      });
      await DBOS.deleteQueue(FORMER_QUEUE);
      reaper = await startReaper({
        databaseUrl: url,
        executorId: settings.executorId,
        onReaped(executorId, runs) {
          settings.onReaped?.(executorId, runs);
          poller.now();
        },
      });
      running = true;
    },

    wake: poller.now,

    async forget(before, most) {
      const ended = await client.listWorkflows({
        status: ['SUCCESS', 'ERROR', 'CANCELLED'],
        completedBefore: new Date(before).toISOString(),
        limit: most,
        loadInput: false,
        loadOutput: false,
      });
      if (ended.length > 0) await client.deleteWorkflows(ended.map(({ workflowID }) => workflowID));
      return ended.length;
    },

    async stop() {
      // Its connections end under the runs that go on: what they throw from now on is no fault of theirs.
      leaving = true;
      await reaper?.stop();
      poller.stop();
      if (running) await DBOS.shutdown();
      await client.destroy();
    },
  };
}

/** The run as a workflow sees it; `DBOS.runStep` finds its workflow by async context. */
const runOf = (id: string, isLeaving: () => boolean): Run => ({
  id,
  step: (name, action) => DBOS.runStep(action, { name }),
  sleep: (ms) => DBOS.sleep(ms),
  lost: (error) => isLeaving() || error instanceof DBOSWorkflowConflictError,
});
