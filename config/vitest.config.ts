import { defineConfig } from 'vitest/config';

/** The three systems in one process: they compute all the time, while `functions` waits for processes. */
const inOneProcess = ['functions/test/{simulate,match,map,sweeps}/**/*.test.ts', 'functions/test/money/{money,days}.test.ts'];

/** What one part promises another: ports held by their adapters, doors by who knocks. */
const contracts = ['functions/test/contract/**/*.test.ts', 'functions/test/doors.test.ts'];

/** One company on one road, from its first invoice on: as long as all others that start the product. */
const mainRoad = ['functions/test/main-road/main-road.test.ts'];

const elsewhere = ['**/node_modules/**', 'scripts/sf-plugin/lib/**'];

/**
 * Starts processes, PostgreSQL or a browser; one file at a time, so that two such projects can run side by side on two cores.
 * Modules are loaded once: no test replaces one, and none leaves anything behind in one.
 */
const withProcesses = {
  isolate: false,
  testTimeout: 120_000,
  hookTimeout: 180_000,
  fileParallelism: false,
  // What a process or a page is about to show is waited for as long as Playwright waits for it: a busy machine is no failure.
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['functions/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.integration.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...withProcesses,
          name: 'functions',
          include: ['functions/test/**/*.test.ts'],
          exclude: [...elsewhere, 'functions/test/journey/**', ...mainRoad, ...contracts, ...inOneProcess],
        },
      },
      { test: { ...withProcesses, name: 'main-road', include: mainRoad, exclude: elsewhere } },
      {
        test: {
          ...withProcesses,
          name: 'contracts',
          include: contracts,
          exclude: elsewhere,
          globalSetup: ['functions/test/contract/one-postgres.ts'],
        },
      },
      { test: { ...withProcesses, name: 'simulation', include: inOneProcess, exclude: elsewhere } },
      { test: { ...withProcesses, name: 'sandbox', include: ['scripts/**/*.integration.test.ts'], exclude: elsewhere } },
      { test: { ...withProcesses, name: 'journey', include: ['functions/test/journey/**/*.test.ts'], exclude: elsewhere } },
    ],
  },
});
