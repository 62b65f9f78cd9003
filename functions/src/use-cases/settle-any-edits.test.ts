import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REP } from '../adapters/memory/world.ts';
import { conflicts, edit, ELSEWHERE, HERE, inStep, look, phones, THERE, writes } from './customer-in-step.fixture.ts';
import { decideConflict } from './decide-conflict.ts';

// Three systems that are edited in any order, by people and by robots: nothing goes to and fro.

describe('any edits in any order', () => {
  const step = fc.record({
    where: fc.constantFrom('salesforce' as const, 'stripe' as const, 'quickbooks' as const),
    phone: fc.constantFrom(HERE, THERE, ELSEWHERE, '+1 555 0144'),
    looked: fc.boolean(),
  });

  test('each system is written at most once per edit, nothing goes to and fro, and what differs is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
        const w = await inStep();
        for (const { where, phone, looked } of steps) {
          edit(w, where, phone);
          if (looked) await (where === 'salesforce' ? look(w) : look(w, where));
        }
        await look(w);
        for (const system of ['stripe', 'quickbooks'] as const) {
          const edits = steps.filter(({ where }) => where === 'salesforce' || where === system).length;
          expect(writes(w, system)).toBeLessThanOrEqual(edits);
        }
        const before = JSON.stringify([phones(w), conflicts(w), writes(w, 'stripe'), writes(w, 'quickbooks')]);
        await look(w);
        await look(w);
        expect(JSON.stringify([phones(w), conflicts(w), writes(w, 'stripe'), writes(w, 'quickbooks')])).toBe(before);
        const [here, stripe, quickbooks] = phones(w);
        const [asked] = conflicts(w).filter(({ state }) => state === 'Open');
        if (stripe !== here) expect(asked?.values.stripe).toBe(stripe);
        if (quickbooks !== here) expect(asked?.values.quickbooks).toBe(quickbooks);
      }),
      { numRuns: 150 },
    );
  });

  test('a robot that sets its value back after each write of ours wins once, and then a person is asked', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    for (let times = 0; times < 5; times += 1) {
      await look(w);
      edit(w, 'stripe', THERE);
    }
    await look(w);
    expect(writes(w, 'stripe')).toBe(1);
  });

  test('a robot that writes a new value each time is replaced five times, and then a person is asked; after the answer it begins anew', async () => {
    const w = await inStep();
    const writesAnew = async (from: number) => {
      for (let time = from; time < from + 8; time += 1) {
        edit(w, 'stripe', `+1 555 02${String(time).padStart(2, '0')}`);
        await look(w);
      }
    };
    await writesAnew(10);
    expect([phones(w), writes(w, 'stripe')]).toEqual([[HERE, '+1 555 0217', HERE], 5]);
    const [conflict] = conflicts(w);
    expect(conflict).toMatchObject({ state: 'Open', reason: 'Changed There', values: { stripe: '+1 555 0217' } });
    const choice = { conflictId: conflict?.key ?? '', choose: 'Salesforce' as const, value: HERE };
    expect(await decideConflict(w, choice, { ...REP, permissions: ['Trueup_Run_Sync'] })).toEqual({ outcome: 'done', value: true });
    expect([phones(w), writes(w, 'stripe')]).toEqual([[HERE, HERE, HERE], 6]);
    await writesAnew(30);
    expect([phones(w)[1], writes(w, 'stripe')]).toEqual(['+1 555 0237', 11]);
  });

  test('what Salesforce says anew goes to a robot’s system all the same, and is asked about after that', async () => {
    const w = await inStep();
    for (let time = 10; time < 17; time += 1) {
      edit(w, 'stripe', `+1 555 02${time}`);
      await look(w);
    }
    edit(w, 'salesforce', THERE);
    await look(w);
    expect(phones(w)).toEqual([THERE, THERE, THERE]);
    edit(w, 'stripe', '+1 555 0217');
    await look(w);
    expect(phones(w)).toEqual([THERE, '+1 555 0217', THERE]);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: THERE, stripe: '+1 555 0217' } }]);
  });
});
