import { describe, expect, test } from 'vitest';
import { REFUSAL_AIMS } from './generate.ts';
import { runMoney } from './run.ts';

describe('whatever is invoiced', () => {
  test('Salesforce, Stripe and QuickBooks hold the same to the minor unit, or preflight says why not', async () => {
    const result = await runMoney({ count: 500, seed: 2 });
    expect(result.wrong).toEqual([]);
    expect(result.refusedShare).toBeLessThanOrEqual(0.1);
    expect(result.ok).toBe(true);
  });

  test('every reason to refuse is one the stand-ins confirm', async () => {
    const result = await runMoney({ count: REFUSAL_AIMS.length * 3, seed: 3, aims: REFUSAL_AIMS });
    expect(result.wrong).toEqual([]);
    expect(Object.keys(result.reasons).sort()).toEqual([...REFUSAL_AIMS].sort());
    for (const { refused, confirmed } of Object.values(result.reasons)) expect([refused, confirmed]).toEqual([3, 3]);
  });
});
