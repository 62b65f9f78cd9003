import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../../scripts/sandbox/index.ts';
import { Secret } from '../../src/platform/secret.ts';

export interface TestDatabase {
  url: Secret;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own with an empty database, gone with the test. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-pg-'));
  const server = await startPostgres({ dataDir, log: () => undefined, durable: false });
  return {
    url: new Secret(server.url),
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
