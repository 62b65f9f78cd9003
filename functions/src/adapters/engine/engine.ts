import { DBOS, DBOSClient, DBOSWorkflowConflictError } from '@dbos-inc/dbos-sdk';
import { askDatabase, waitingForDatabase } from '../../platform/database-patience.ts';
import type { Secret } from '../../platform/secret.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { Engine, Job, Run, Workflow } from '../../ports/engine.ts';
import { alone } from './alone.ts';
import { type Reaper, startReaper } from './reaper.ts';

/** One queue for everything: runs with one key (an invoice) go one at a time, in order. */
const QUEUE = 'leases';
/** Where slow jobs wait for one of few turns to stand in that queue. */
const TURNS = 'turns';
const TURNS_AT_ONCE = 10;
const TURN_POLL_MS = 200;
/** Pinned: the default is a hash of the workflows' source, and a deployment would strand every run under way. */
const APPLICATION_VERSION = '1';
const POLL_MS = 25;

export interface EngineSettings {
  databaseUrl: Secret;
  /** Unique per boot: a process that starts must not take another's running work for its own. */
  executorId: string;
  poolSize?: number;
  onReaped?(executorId: string, runs: number): void;
}

export interface RunningEngine extends Engine {
  /** Starts to run workflows; those left by processes that died are taken up. Call after every `register`. */
  start(): Promise<void>;
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

  const enqueue = async ({ workflow, id, queueKey, input }: Job): Promise<void> => {
    await client.enqueue(
      { workflowName: workflow, queueName: QUEUE, workflowID: id, queuePartitionKey: queueKey, appVersion: APPLICATION_VERSION },
      input,
    );
  };
  /** Puts the job in line and waits until it is over, well or not. */
  const takeTurn = (job: Job): Promise<void> =>
    waitingForDatabase(async () => {
      await askDatabase(() => enqueue(job));
      const ended = client.retrieveWorkflow(job.id);
      await askDatabase(() => ended.getResult({ pollingIntervalMs: TURN_POLL_MS })).catch(() => undefined);
    });

  return {
    register(name: string, workflow: Workflow) {
      DBOS.registerWorkflow(async (input: Json): Promise<Json> => workflow(input, runOf(DBOS.workflowID ?? '')), { name });
    },

    async enqueue({ slow, ...job }) {
      if (!slow) return enqueue(job);
      const turn = { workflowName: 'take-turn', queueName: TURNS, workflowID: `turn.${job.id}`, appVersion: APPLICATION_VERSION };
      await client.enqueue(turn, job);
    },

    async result(id, waitMs) {
      if (waitMs <= 0) return undefined;
      const handle = client.retrieveWorkflow<Json>(id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), waitMs);
      });
      return Promise.race([handle.getResult({ pollingIntervalMs: POLL_MS }), patience]).finally(() => clearTimeout(timer));
    },

    async start() {
      DBOS.registerWorkflow(takeTurn, { name: 'take-turn' });
      await DBOS.launch();
      await DBOS.registerQueue(QUEUE, {
        partitionConcurrency: 1,
        workerConcurrency: 50,
        minPollingIntervalMs: POLL_MS,
        onConflict: 'always_update',
      });
      await DBOS.registerQueue(TURNS, { workerConcurrency: TURNS_AT_ONCE, minPollingIntervalMs: POLL_MS, onConflict: 'always_update' });
      reaper = await startReaper({
        databaseUrl: url,
        executorId: settings.executorId,
        ...(settings.onReaped ? { onReaped: settings.onReaped } : {}),
      });
      running = true;
    },

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
      await reaper?.stop();
      if (running) await DBOS.shutdown();
      await client.destroy();
    },
  };
}

/** The run as a workflow sees it; `DBOS.runStep` finds its workflow by async context. */
const runOf = (id: string): Run => ({
  id,
  step: (name, action) => DBOS.runStep(action, { name }),
  sleep: (ms) => DBOS.sleep(ms),
  lost: (error) => error instanceof DBOSWorkflowConflictError,
});
