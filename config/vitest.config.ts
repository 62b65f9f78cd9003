import { defineConfig } from 'vitest/config';

const elsewhere = ['**/node_modules/**', 'scripts/sf-plugin/lib/**'];

/** `unit`: in process, seconds. `integration`: starts processes, PostgreSQL or a browser; one file at a time, so that timings are honest. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['functions/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.integration.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['functions/test/**/*.test.ts', 'scripts/**/*.integration.test.ts'],
          exclude: [...elsewhere, 'functions/test/journey/**'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          // `npm run journey`: the whole walk in a browser.
          name: 'journey',
          include: ['functions/test/journey/**/*.test.ts'],
          exclude: elsewhere,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
