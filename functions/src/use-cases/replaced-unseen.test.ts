import { describe, expect, test } from 'vitest';
import { ACCOUNT, REP, type World } from '../adapters/memory/world.ts';
import { conflicts, edit, ELSEWHERE, HERE, inStep, look, phones, THERE, writes } from './customer-in-step.fixture.ts';
import { decideConflict } from './decide-conflict.ts';

// Stripe knows no version of a customer: somebody writes after our last look at it, right before our write arrives.

function meddle(w: World, phone: string): void {
  const { update } = w.customers.stripe;
  w.customers.stripe.update = (request, key) => {
    w.customers.stripe.update = update;
    edit(w, 'stripe', phone);
    return update({ ...request, from: { ...request.from, phone } }, key);
  };
}
const decide = (w: World, value: string) =>
  decideConflict(
    w,
    { conflictId: `main:${ACCOUNT}:phone`, choose: 'Salesforce', value },
    { ...REP, permissions: ['Trueup_Run_Sync'], correlationId: 'click-1' },
  );

describe('what our write replaced unseen', () => {
  test('is kept for a person, and is not replaced when it comes back', async () => {
    const w = await inStep();
    edit(w, 'salesforce', ELSEWHERE);
    meddle(w, THERE);
    await look(w, 'stripe');
    expect(phones(w)[1]).toBe(ELSEWHERE);
    expect(conflicts(w)).toMatchObject([
      { state: 'Open', reason: 'Changed There', values: { salesforce: ELSEWHERE, stripe: THERE, quickbooks: null } },
    ]);
    edit(w, 'stripe', THERE);
    await look(w, 'stripe');
    expect([phones(w)[1], writes(w, 'stripe')]).toEqual([THERE, 1]);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', reason: 'Changed Back Again' }]);
  });

  test('takes the place of what it had replaced itself, beside what another system said', async () => {
    const w = await inStep();
    edit(w, 'quickbooks', ELSEWHERE);
    edit(w, 'stripe', THERE);
    meddle(w, '+1 555 0122');
    await look(w);
    expect(phones(w)).toEqual([HERE, HERE, HERE]);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { stripe: '+1 555 0122', quickbooks: ELSEWHERE } }]);
  });

  test('is nothing where it was the same, or empty', async () => {
    for (const phone of [ELSEWHERE, '']) {
      const w = await inStep();
      edit(w, 'salesforce', ELSEWHERE);
      meddle(w, phone);
      await look(w, 'stripe');
      expect([phones(w)[1], conflicts(w)]).toEqual([ELSEWHERE, []]);
    }
  });

  test.each(Array.from({ length: 9 }, (_, n) => n + 1))('is kept though the process dies after call %i', async (call) => {
    const w = await inStep();
    edit(w, 'salesforce', ELSEWHERE);
    meddle(w, THERE);
    w.faults.killAtCall(call, 'after');
    await look(w, 'stripe');
    w.faults.clear();
    w.engine.forget();
    w.clock.advance(200_000);
    await look(w, 'stripe');
    expect(phones(w)[1]).toBe(ELSEWHERE);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: ELSEWHERE, stripe: THERE } }]);
  });

  test('is kept though nobody waited for our write any more, and another fact sent with it changed after it', async () => {
    const w = await inStep();
    Object.assign(w.org.accounts[0] ?? {}, { phone: ELSEWHERE, name: 'Acme Orbit' });
    meddle(w, THERE);
    w.faults.plan('customers.stripe.update', 'kill-after');
    await look(w, 'stripe');
    Object.assign(w.payments.customers.get('cus_known') ?? {}, { name: 'Acme Comets' });
    w.engine.forget();
    w.clock.advance(200_000);
    await look(w, 'stripe');
    expect(w.payments.customers.get('cus_known')).toMatchObject({ phone: ELSEWHERE, name: 'Acme Orbit' });
    const open = conflicts(w).map(({ fact, state, values }) => [fact, state, values.stripe]);
    expect(open.sort()).toEqual([
      ['name', 'Open', 'Acme Comets'],
      ['phone', 'Open', THERE],
    ]);
  });

  test('while a decision is carried out: it ends, and a person is asked about that', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    await look(w, 'stripe');
    edit(w, 'stripe', THERE);
    await look(w, 'stripe');
    meddle(w, ELSEWHERE);
    expect(await decide(w, HERE)).toMatchObject({ problem: { code: 'changed-under-way' } });
    await w.engine.idle();
    expect(phones(w)[1]).toBe(HERE);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: HERE, stripe: ELSEWHERE } }]);
  });

  test('by what was still on its way when a person decides: that is not what the person saw', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    w.faults.plan('customers.stripe.update', 'kill-before');
    await look(w, 'stripe');
    w.engine.forget();
    w.clock.advance(200_000);
    meddle(w, ELSEWHERE);
    expect(await decide(w, HERE)).toMatchObject({ problem: { code: 'values-changed' } });
    await w.engine.idle();
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: HERE, stripe: ELSEWHERE } }]);
  });
});
