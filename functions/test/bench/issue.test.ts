import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALLOWED, countCalls, openBench } from './issue-run.ts';
import { SYSTEMS } from './meter.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
beforeAll(async () => {
  bench = await openBench(() => undefined);
});
afterAll(() => bench?.close());

test('an invoice costs at most 5 calls to Stripe, 3 to QuickBooks and 4 to Salesforce, with one line and with a hundred', async () => {
  const counts = await countCalls(bench.sandbox, bench.meter, [1, 100]);
  for (const { flow, click } of counts) {
    for (const system of SYSTEMS) {
      expect(flow[system]).toBeGreaterThan(0);
      expect(flow[system]).toBeLessThanOrEqual(ALLOWED[system]);
      expect(click[system]).toBeLessThanOrEqual(ALLOWED[system]);
    }
  }
  expect(counts[0]?.click).toEqual(counts[1]?.click);
});
