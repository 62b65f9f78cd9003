import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../../scripts/sandbox/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a server on which each test file has a database of its own. */
    postgresUrl: string;
  }
}

/** One server for all of these tests: to start one takes longer than most of them. */
export default async function startOne(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-pg-'));
  const server = await startPostgres({ dataDir, log: () => undefined, durable: false });
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
