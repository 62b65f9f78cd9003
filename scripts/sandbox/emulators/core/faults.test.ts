import { expect, test } from 'vitest';
import { createFaultPlan } from './faults.ts';

test('a rule fires at its point, for what it matches, as often as it says', () => {
  const plan = createFaultPlan();
  plan.add({
    point: 'stripe.request',
    match: { method: 'POST', path: '/v1/invoices/*/finalize' },
    times: 2,
    fault: { kind: 'drop-answer' },
  });
  const next = (path: string) => plan.next('stripe.request', { method: 'POST', path });
  expect(next('/v1/invoices')).toBeUndefined();
  expect(plan.next('quickbooks.request', { method: 'POST', path: '/v1/invoices/in_1/finalize' })).toBeUndefined();
  expect(next('/v1/invoices/in_1/finalize')).toEqual({ kind: 'drop-answer' });
  expect(plan.list()[0]?.times).toBe(1);
  expect(next('/v1/invoices/in_2/finalize')).toEqual({ kind: 'drop-answer' });
  expect(next('/v1/invoices/in_3/finalize')).toBeUndefined();
  expect(plan.list()).toEqual([]);
});

test('the same seed draws the same faults', () => {
  const run = (seed: number) => {
    const plan = createFaultPlan(seed);
    plan.add({ point: 'p', probability: 0.3, fault: { kind: 'lose' } });
    return Array.from({ length: 200 }, () => plan.next('p', {}) !== undefined);
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
  const share = run(7).filter(Boolean).length / 200;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
});

test('rules can be removed and cleared', () => {
  const plan = createFaultPlan();
  const id = plan.add({ point: 'p', fault: { kind: 'throttle' } });
  plan.remove(id);
  expect(plan.next('p', {})).toBeUndefined();
  plan.add({ point: 'p', fault: { kind: 'throttle' } });
  plan.clear();
  expect(plan.next('p', {})).toBeUndefined();
  expect(() => plan.add({ point: 'p', times: 0, fault: { kind: 'lose' } })).toThrow('times');
});
