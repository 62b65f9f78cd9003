import { describe, expect, test } from 'vitest';
import { createClock } from '../../adapters/memory/clock.ts';
import { createEffectLog } from '../../adapters/memory/effect-log.ts';
import { createFaults } from '../../adapters/memory/faults.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import { foundOf, type Effect } from './call-and-record.ts';
import { sendOnce } from './send-once.ts';

type Body = { amount: number };
type Answer = { id: string };

const failing = (outcome: Failure['outcome'], more: object = {}) =>
  ({ outcome, problem: { code: outcome, severity: 'error', message: 'm', action: 'a' }, ...more }) as Failure;

/** A provider that answers as scripted; `holds` is what it has, `asked` how often it was queried. */
function stage(system: 'stripe' | 'quickbooks') {
  const clock = createClock();
  const deps = { clock, effects: createEffectLog(createFaults(), clock) };
  const sent: { key: string; body: Body }[] = [];
  const holds: Answer[] = [];
  let asked = 0;
  const script: Outcome<Answer>[] = [];
  const effect = (body: Body = { amount: 1 }): Effect<Body, Answer> => ({
    key: 'sf:a01000000000001AAA:write',
    system,
    carries: ['document'],
    body,
    send: async (frozen, key) => {
      sent.push({ key, body: frozen });
      return script.shift() ?? done({ id: 'made' });
    },
    find: async () => {
      asked += 1;
      return done(foundOf(holds));
    },
  });
  return { clock, deps, sent, holds, script, effect, asked: () => asked, send: (body?: Body) => sendOnce(deps, effect(body)) };
}

describe('a write that is answered', () => {
  test('is sent once; the answer is kept for ever', async () => {
    const it = stage('stripe');
    expect(await it.send()).toEqual(done({ id: 'made' }));
    it.clock.advance(40 * 86_400_000);
    expect(await it.send({ amount: 2 })).toEqual(done({ id: 'made' }));
    expect(it.sent).toEqual([{ key: 'sf:a01000000000001AAA:write:1', body: { amount: 1 } }]);
  });

  test('the body is frozen: a resend carries the first one', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome'));
    await it.send({ amount: 1 });
    await it.send({ amount: 2 });
    expect(it.sent.map((each) => [each.key, each.body.amount])).toEqual([
      ['sf:a01000000000001AAA:write:1', 1],
      ['sf:a01000000000001AAA:write:1', 1],
    ]);
  });

  test('after a refusal the body may change, under the next revision', async () => {
    const it = stage('quickbooks');
    it.script.push(failing('rejected'));
    expect(await it.send({ amount: 1 })).toMatchObject({ outcome: 'rejected' });
    await it.send({ amount: 2 });
    expect(it.sent.map((each) => [each.key, each.body.amount])).toEqual([
      ['sf:a01000000000001AAA:write:1', 1],
      ['sf:a01000000000001AAA:write:2', 2],
    ]);
  });

  test('the key of one system is never used for another', async () => {
    const it = stage('stripe');
    await it.send();
    await expect(sendOnce(it.deps, { ...it.effect(), system: 'quickbooks' })).rejects.toThrow(/belongs to a write to stripe/);
  });

  test('a fact is never written into the system that owns it', async () => {
    const it = stage('stripe');
    await expect(sendOnce(it.deps, { ...it.effect(), carries: ['stripe-money'] })).rejects.toThrow(/stripe owns/);
    expect(it.sent).toEqual([]);
  });
});

describe('Stripe, when the answer was lost', () => {
  test('younger than 23 h: the same key and body, without asking', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.clock.advance(22.9 * 3_600_000);
    expect(await it.send()).toEqual(done({ id: 'made' }));
    expect(it.sent.map((each) => each.key.at(-1))).toEqual(['1', '1']);
    expect(it.asked()).toBe(0);
  });

  test.each(['unavailable', 'rate-limited', 'unauthorized'] as const)(
    'a resend that meets "%s" proves nothing: the key stays the same',
    async (outcome) => {
      const it = stage('stripe');
      it.script.push(failing('unknown-outcome'), failing(outcome, { retryAfterMs: 1 }));
      await it.send();
      await it.send();
      await it.send();
      expect(it.sent.map((each) => each.key.at(-1))).toEqual(['1', '1', '1']);
    },
  );

  test('older than 23 h: asks; present is the answer', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.holds.push({ id: 'theirs' });
    it.clock.advance(23 * 3_600_000);
    expect(await it.send()).toEqual(done({ id: 'theirs' }));
    expect(it.sent).toHaveLength(1);
  });

  test('older than 23 h: asks; absent is sent under a new revision', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.clock.advance(25 * 3_600_000);
    await it.send();
    expect(it.sent.map((each) => each.key.at(-1))).toEqual(['1', '2']);
  });

  test('a repeated stored error spends the key: asks at once', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome', { replayed: true }));
    expect(await it.send()).toEqual(done({ id: 'made' }));
    expect(it.asked()).toBe(1);
    expect(it.sent.map((each) => each.key.at(-1))).toEqual(['1', '2']);
  });

  test('several candidates: a person', async () => {
    const it = stage('stripe');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.holds.push({ id: 'a' }, { id: 'b' });
    it.clock.advance(25 * 3_600_000);
    expect(await it.send()).toMatchObject({ outcome: 'rejected', problem: { code: 'several-found' } });
    expect(it.sent).toHaveLength(1);
  });

  test.each(['key-in-use', 'locked'] as const)(
    'the first request still runs, or a resend meets a lock (%s): the key is kept',
    async (reason) => {
      const it = stage('stripe');
      it.script.push(failing('unknown-outcome'), failing('conflict', { reason }));
      await it.send();
      expect(await it.send()).toMatchObject({ outcome: 'conflict' });
      await it.send();
      expect(it.sent.map((each) => each.key.at(-1))).toEqual(['1', '1', '1']);
    },
  );
});

describe('QuickBooks, when the answer was lost', () => {
  test('waits out its two minutes, without asking or sending', async () => {
    const it = stage('quickbooks');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.clock.advance(50_000);
    expect(await it.send()).toMatchObject({ outcome: 'unavailable', retryAfterMs: 70_000 });
    expect([it.sent.length, it.asked()]).toEqual([1, 0]);
  });

  test('then asks: what arrived late is found', async () => {
    const it = stage('quickbooks');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.clock.advance(119_000);
    it.holds.push({ id: 'late' });
    it.clock.advance(1_000);
    expect(await it.send()).toEqual(done({ id: 'late' }));
    expect(it.sent).toHaveLength(1);
  });

  test('absent: the same requestid and body again', async () => {
    const it = stage('quickbooks');
    it.script.push(failing('unknown-outcome'));
    await it.send();
    it.clock.advance(120_000);
    await it.send({ amount: 9 });
    expect(it.sent.map((each) => [each.key.at(-1), each.body.amount])).toEqual([
      ['1', 1],
      ['1', 1],
    ]);
  });

  test('lost again: waits again from the second sending', async () => {
    const it = stage('quickbooks');
    it.script.push(failing('unknown-outcome'), failing('unknown-outcome'));
    await it.send();
    it.clock.advance(120_000);
    await it.send();
    expect(await it.send()).toMatchObject({ outcome: 'unavailable', retryAfterMs: 120_000 });
  });
});
