import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routes } from '../routes/index.ts';
import { SPEC_FILE, buildSpec } from './build.ts';
import { MODELLED_OPERATIONS } from './modelled.ts';

test('stripe-api.generated.json is what the installed package gives', { timeout: 60_000 }, () => {
  expect(readFileSync(SPEC_FILE, 'utf8') === buildSpec()).toBe(true);
});

test('every modelled operation has its route', () => {
  expect(routes.map((route) => `${route.method} ${route.path}`).sort()).toEqual([...MODELLED_OPERATIONS].sort());
});
