// The worker process: runs workflows, drains the inbox. Any number of them share one database.
import { compose } from './compose.ts';
import { readConfig } from './platform/config.ts';
import { createLogger } from './platform/logger.ts';
import { runUntilSignalled } from './platform/run-until-signalled.ts';
import { startWorker } from './work.ts';

await runUntilSignalled(async () => {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const composition = await compose(config, logger);
  const worker = await startWorker(composition, logger);
  await composition.bell.listen({ inbox: worker.wake, run: composition.engine.wake });
  logger.info('the worker is ready');
  return async () => {
    await worker.stop();
    await composition.close();
  };
});
