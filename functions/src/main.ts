// The web process: endpoints, webhooks, health, metrics. Runs the worker too, unless TRUEUP_PROCESS=web says that others do.
import { compose } from './compose.ts';
import { readConfig } from './platform/config.ts';
import { createLogger } from './platform/logger.ts';
import { runUntilSignalled } from './platform/run-until-signalled.ts';
import { serve } from './serve.ts';
import { startWorker } from './work.ts';

await runUntilSignalled(async () => {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const composition = await compose(config, logger);
  const worker = config.process === 'web' ? undefined : await startWorker(composition, logger);
  if (worker) await composition.bell.listen({ inbox: worker.wake, run: composition.engine.wake });
  const server = serve(composition, config, logger, worker?.wake ?? (() => composition.bell.ring('inbox')));
  await server.listen({ port: config.port, host: config.host });
  logger.info({ port: config.port, worker: worker !== undefined }, 'the functions are ready');
  return async () => {
    await server.close();
    await worker?.stop();
    await composition.close();
  };
});
