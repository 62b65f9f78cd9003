import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['functions/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'scripts/sf-plugin/lib/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
