import type { Composition } from './compose.ts';
import { BULK, giveTurns, lookAtNews } from './inbox/drain.ts';
import { sweep } from './inbox/sweep.ts';
import { waitingForDatabase } from './platform/database-patience.ts';
import { inLane } from './platform/lane.ts';
import { type Logger, withTrail } from './platform/logger.ts';
import type { Engine, Workflow } from './ports/engine.ts';
import { takeUpLoads } from './use-cases/load-history/line-up.ts';
import { resumeOperations } from './use-cases/resume-operations.ts';
import { reportStuck } from './use-cases/report-stuck.ts';
import { registerWorkflows } from './use-cases/workflows.ts';

export interface Worker {
  /** There is something in the inbox: look as soon as what comes with it is there too. */
  wake(): void;
  /** Ends the loops and waits for the rounds under way. */
  stop(): Promise<void>;
}

/** How often the loops look by themselves, in milliseconds. */
export interface Pace {
  drainMs: number;
  resumeMs: number;
  /** How often it is looked whose turn it is to be swept. */
  sweepMs?: number;
}

/** The events of one payment come within a moment, and are looked at together. */
const GATHER_MS = 20;
/** What is new, and what ends, asks whose turn it is at the books: nobody waits for them so closely that each should be a look. */
const TURNS_GATHER_MS = 100;
/** Without new money for so long, what waits for its turn is worked off by many runs at once. */
const QUIET_MS = 5_000;
const SWEEP_MS = 15_000;
const PACE: Pace = { drainMs: 500, resumeMs: 60_000 };
/** What is over and old is dropped this often. */
const TRIM_MS = 3_600_000;
/** A person waits at a screen for these; for all others nobody does. */
const AWAITED = new Set(['issue-invoice', 'send-invoice', 'void-invoice', 'decide-conflict']);
/** Shows new money. Behind the bookings it would wait for Stripe's tokens as long as they do. */
const NEWS = 'show-invoice';

/** Runs workflows, drains the inbox, sweeps the sources where it has feeds of them, and takes up operations that nobody carries. */
export async function startWorker(
  composition: Pick<Composition, 'ports' | 'metrics'> & { engine: Omit<Composition['engine'], 'forget' | 'wake'> } & Partial<
      Pick<Composition, 'feeds' | 'retention'>
    >,
  logger: Logger,
  pace = PACE,
): Promise<Worker> {
  const { ports, engine, metrics, feeds, retention } = composition;
  // A run that another process left may end before the loops are there.
  let turning: Loop | undefined;
  const turns = gather(TURNS_GATHER_MS, () => turning?.now());
  registerWorkflows({ ...ports, engine: named(engine, logger, metrics, turns.now) });
  await engine.start();

  let moneyAt = ports.clock.now();
  turning = repeat(
    () => pace.drainMs,
    async () => {
      const many = () => (ports.clock.now() - moneyAt >= QUIET_MS ? BULK : undefined);
      while ((await inLane('background', () => giveTurns(ports, many()))) > 0);
    },
    (error) => logger.error({ err: error }, 'what waits could be given no turn'),
  );

  const draining = repeat(
    () => pace.drainMs,
    async () => {
      let more: boolean;
      do {
        const look = await inLane('news', () => lookAtNews(ports));
        ({ more } = look);
        if (look.money) moneyAt = ports.clock.now();
        if (look.taken > 0) metrics.count('inbox_drained', { objects: look.taken });
        if (look.taken > 0) turns.now();
      } while (more);
    },
    (error) => logger.error({ err: error }, 'the inbox could not be drained'),
  );

  const resuming = repeat(
    () => pace.resumeMs,
    async () => {
      await takeUpLoads(ports);
      const outcome = await inLane('background', () => resumeOperations(ports));
      if (outcome.outcome !== 'done')
        logger.warn({ outcome: outcome.outcome, reason: outcome.problem.message }, 'unfinished operations could not be read');
      else if (outcome.value.resumed > 0) logger.info({ resumed: outcome.value.resumed }, 'took up operations that nobody carried');
    },
    (error) => logger.error({ err: error }, 'unfinished operations could not be taken up'),
  );

  const sweeping =
    feeds &&
    repeat(
      () => pace.sweepMs ?? SWEEP_MS,
      async () => {
        const { found, failures } = await inLane('background', () => sweep({ ...ports, feeds }));
        for (const { source, failure } of failures) logger.warn({ source, reason: failure.problem.message }, 'a sweep could not be made');
        if (found === 0) return;
        metrics.count('sweeps_found', {});
        logger.info({ found }, 'sweeps found what no webhook had brought');
        draining.now();
      },
      (error) => logger.error({ err: error }, 'the sweeps failed'),
    );

  const reporting = repeat(
    () => pace.resumeMs,
    async () => {
      const outcome = await inLane('background', () => reportStuck(ports));
      if (outcome.outcome !== 'done')
        logger.warn({ outcome: outcome.outcome, reason: outcome.problem.message }, 'what cannot be worked off could not be reported');
      else if (outcome.value.opened > 0) logger.warn(outcome.value, 'what cannot be worked off is shown to a person');
    },
    (error) => logger.error({ err: error }, 'what cannot be worked off could not be reported'),
  );

  const trimming =
    retention &&
    repeat(
      () => TRIM_MS,
      async () => logger.info(await retention.trim(ports.clock.now()), 'dropped what is over and old'),
      (error) => logger.error({ err: error }, 'what is over and old could not be dropped'),
    );

  const news = gather(GATHER_MS, draining.now);
  return {
    wake: news.now,
    async stop() {
      for (const each of [news, turns]) each.stop();
      await Promise.all([draining, turning, resuming, sweeping, reporting, trimming].map((loop) => loop?.stop()));
    },
  };
}

/** Every run logs under the correlation id of the click that asked for it, and takes its lane's tokens. */
function named(engine: Engine, logger: Logger, metrics: Composition['metrics'], turnIsFree: () => void): Engine {
  return {
    ...engine,
    register(name, workflow: Workflow) {
      engine.register(name, (input, run) => {
        const { order, background } = (input ?? {}) as { order?: { correlationId?: string }; background?: boolean };
        return withTrail({ correlationId: order?.correlationId ?? run.id, operation: name }, () =>
          inLane(AWAITED.has(name) && !background ? 'rep' : name === NEWS ? 'news' : 'background', async () => {
            const started = performance.now();
            const result = await waitingForDatabase(() => workflow(input, run))
              .catch((error: unknown) => {
                if (!run.lost(error)) logger.error({ run: run.id, err: error }, 'a fault of ours ended a run');
                throw error;
              })
              .finally(turnIsFree);
            metrics.count('operations_finished', { workflow: name, result: typeof result === 'string' ? result : 'done' });
            logger.info(
              { run: run.id, result: typeof result === 'string' ? result : 'done', ms: Math.round(performance.now() - started) },
              'run finished',
            );
            return result;
          }),
        );
      });
    },
  };
}

/** Does it once, so many milliseconds after it was first asked for. */
function gather(ms: number, act: () => void): { now(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    now() {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, ms);
    },
    stop: () => clearTimeout(timer),
  };
}

interface Loop {
  now(): void;
  stop(): Promise<void>;
}

/** Does `round` every `ms()`, or at once when asked; one round at a time, and an error does not end it. */
function repeat(ms: () => number, round: () => Promise<void>, failed: (error: unknown) => void): Loop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const go = (): void => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = round()
      .catch(failed)
      .finally(() => {
        running = undefined;
        if (stopped) return;
        if (again) {
          again = false;
          go();
        } else timer = setTimeout(go, ms());
      });
  };
  go();
  return {
    now: go,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
