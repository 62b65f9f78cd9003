import { describe, expect, it } from 'vitest';
import { done } from '../../src/domain/outcome.ts';
import { onEachKind, pause } from './stores.ts';

onEachKind((stores) => {
  describe('the effect log', () => {
    const at = '2026-11-24T10:00:00.000Z';

    it('freezes the first body and answers with what it holds', async () => {
      const log = stores.effects();
      expect(await log.begin({ key: 'sf:1:draft', system: 'stripe', body: { a: 1 }, at })).toMatchObject({
        fresh: true,
        revision: 1,
        state: 'sent',
      });
      expect(await log.begin({ key: 'sf:1:draft', system: 'stripe', body: { a: 2 }, at })).toMatchObject({ fresh: false, body: { a: 1 } });
      await log.answer('sf:1:draft', { id: 'in_1', zero: 0, none: null });
      expect(await log.read('sf:1:draft')).toMatchObject({ state: 'answered', answer: { id: 'in_1', zero: 0, none: null } });
    });

    it('begins once when many ask at the same time', async () => {
      const log = stores.effects();
      const rows = await Promise.all(Array.from({ length: 20 }, () => log.begin({ key: 'sf:1:send', system: 'stripe', body: null, at })));
      expect(rows.filter((row) => row.fresh)).toHaveLength(1);
    });

    it('releases, resends and revises', async () => {
      const log = stores.effects();
      await log.begin({ key: 'k', system: 'quickbooks', body: { n: 1 }, at });
      await log.release('k', 'QuickBooks was down.');
      expect(await log.read('k')).toMatchObject({ state: 'idle', firstSentAt: null });
      expect(await log.resend('k', '2026-11-24T11:00:00.000Z')).toMatchObject({
        state: 'sent',
        revision: 1,
        firstSentAt: '2026-11-24T11:00:00.000Z',
      });
      expect(await log.resend('k', '2026-11-24T12:00:00.000Z')).toMatchObject({
        firstSentAt: '2026-11-24T11:00:00.000Z',
        lastSentAt: '2026-11-24T12:00:00.000Z',
      });
      expect(await log.revise('k', { n: 2 }, '2026-11-25T12:00:00.000Z')).toMatchObject({
        revision: 2,
        body: { n: 2 },
        state: 'sent',
        firstSentAt: '2026-11-25T12:00:00.000Z',
      });
    });

    it('freezes what is sent together, of what is still as its sender knows it', async () => {
      const log = stores.effects();
      const rows = [];
      for (const key of ['t1', 't2', 't3']) rows.push(await log.begin({ key, system: 'quickbooks', body: { key }, at }));
      const sendings = rows.map((row, index) => ({ ...row, sentAs: `batch-i${index}` }));
      const [later, muchLater] = ['2026-11-24T10:00:02.000Z', '2026-11-24T10:05:00.000Z'];
      await log.resend('t2', later);
      await log.answer('t3', { id: '3' });
      expect(await log.sendTogether(sendings, later)).toEqual(['t1']);
      expect(await log.sendTogether(sendings, later)).toEqual(['t1']);
      expect(await log.sendTogether(sendings, muchLater)).toEqual([]);
      expect(await log.read('t1')).toMatchObject({ state: 'sent', sentAs: 'batch-i0', firstSentAt: later, lastSentAt: later });
      expect(await log.read('t2')).toMatchObject({ sentAs: null });
      expect(await log.resend('t1', muchLater)).toMatchObject({ sentAs: 'batch-i0' });
      expect(await log.revise('t1', null, muchLater)).toMatchObject({ revision: 2, sentAs: null });
    });

    it('keeps documents, the last write wins', async () => {
      const log = stores.effects();
      expect(await log.kept('order')).toBeNull();
      await log.keep('order', { lines: [1] });
      await log.keep('order', { lines: [2] });
      expect(await log.kept('order')).toEqual({ lines: [2] });
    });
  });

  describe('invoice numbers', () => {
    it('count up without gap or double under concurrent clicks, and the same operation keeps its number', async () => {
      const { numbers } = stores.numbers();
      const give = (operationKey: string, attempt = 1) => numbers.give({ companyKey: 'main', prefix: 'RR-', operationKey, attempt });
      const given = await Promise.all([...Array.from({ length: 20 }, (_, i) => give(`op${i}`)), give('op0'), give('op0')]);
      expect(new Set(given).size).toBe(20);
      expect([...new Set(given)].sort()[0]).toBe('RR-000001');
      expect(await give('op3')).toBe(given[3]);
      expect(await give('op3', 2)).toBe('RR-000021');
    });

    it('become gaps one by one or all of an operation, and are given no more to another', async () => {
      const { numbers, gaps } = stores.numbers();
      const give = (operationKey: string, attempt: number) => numbers.give({ companyKey: 'main', prefix: 'RR-', operationKey, attempt });
      const taken = await give('op1', 0);
      await numbers.recordGap('main', taken, 'taken');
      await give('op1', 1);
      await give('op10', 0);
      for (let time = 0; time < 2; time += 1) await numbers.recordGaps('main', 'op1', 'taken back');
      expect(await gaps()).toEqual({ 'RR-000001': 'taken', 'RR-000002': 'taken back' });
      expect(await give('op2', 0)).toBe('RR-000004');
      expect([await numbers.isGap('main', taken), await numbers.isGap('main', 'RR-000004')]).toEqual([true, false]);
    });
  });

  describe('progress', () => {
    it('replaces a step of the same name and wakes who follows', async () => {
      const progress = stores.progress();
      await progress.open({ key: 'op', kind: 'issue-invoice', invoiceId: null });
      const following = progress.follow('op', 0, 5000);
      await progress.step('op', { name: 'checked', state: 'running', at: 'a' });
      await progress.step('op', { name: 'checked', state: 'done', at: 'b' });
      expect((await following)?.steps).toEqual([{ name: 'checked', state: 'done', at: 'b' }]);
      await progress.step('op', { name: 'customer', state: 'done', at: 'c', message: 'known' });
      await progress.set('op', { state: 'done', invoiceNumber: 'RR-000001' });
      expect(await progress.follow('op', 9, 5000)).toMatchObject({
        state: 'done',
        invoiceNumber: 'RR-000001',
        steps: [{ name: 'checked' }, { name: 'customer' }],
      });
      expect(await progress.read('unknown')).toBeNull();
    });

    it('lists what faults of ours ended, often enough', async () => {
      const progress = stores.progress();
      const fault = { code: 'internal-error', severity: 'error' as const, message: 'm', action: 'a' };
      for (const key of ['ours', 'theirs']) await progress.open({ key: `broken-${key}`, kind: 'issue-invoice', invoiceId: 'a01' });
      await progress.set('broken-ours', { state: 'needs-attention', problems: [fault] });
      await progress.set('broken-theirs', { state: 'needs-attention', problems: [{ ...fault, code: 'card-declined' }] });
      const keys = async (retries: number) => (await progress.broken(retries)).map(({ key }) => key);
      expect(await keys(0)).toEqual(['broken-ours']);
      expect(await keys(1)).toEqual([]);
      await progress.retry('broken-ours');
      expect(await keys(0)).toEqual([]);
      await progress.set('broken-ours', { state: 'needs-attention', problems: [fault] });
      expect(await keys(1)).toEqual(['broken-ours']);
    });
  });

  describe('the token vault', () => {
    it('renews once for all who ask, and a failure changes nothing', async () => {
      const vault = stores.vault();
      const tokens = { accessToken: null, refreshToken: 'refresh-1', accessExpiresAt: null, refreshExpiresAt: null };
      await vault.seed('quickbooks', '1', tokens);
      await vault.seed('quickbooks', '1', { ...tokens, refreshToken: 'other' });
      const problem = { code: 'x', severity: 'error' as const, message: 'x', action: 'x' };
      expect(await vault.renew('quickbooks', '1', null, async () => ({ outcome: 'unavailable', problem }))).toMatchObject({ problem });
      let asked = 0;
      const renew = () =>
        vault.renew('quickbooks', '1', null, async (stored) => {
          asked += 1;
          return done({ ...stored, accessToken: `access-${asked}`, refreshToken: `${stored.refreshToken}-${asked}` });
        });
      const renewed = await Promise.all([renew(), renew(), renew()]);
      expect(asked).toBe(1);
      expect(renewed.every((answer) => answer.outcome === 'done' && answer.value.accessToken === 'access-1')).toBe(true);
      expect(await vault.read('quickbooks', '1')).toMatchObject({ refreshToken: 'refresh-1-1' });
    });
  });

  describe('usage', () => {
    it('is counted by the day, over months, each meter for itself', async () => {
      let now = '2026-11-30T23:59:59.000Z';
      const usage = stores.usage({ now: () => Date.parse(now) });
      usage.count('a', 3);
      usage.count('a', 4);
      usage.count('b', 1);
      expect(await usage.readDays('a', '2026-11-01')).toEqual([{ day: '2026-11-30', calls: 7, since: now }]);
      now = '2026-12-01T00:00:00.000Z';
      usage.count('a', 5);
      now = '2026-12-01T08:00:00.000Z';
      usage.count('a', 5);
      expect(await usage.readDays('a', '2026-11-01')).toEqual([
        { day: '2026-11-30', calls: 7, since: '2026-11-30T23:59:59.000Z' },
        { day: '2026-12-01', calls: 10, since: '2026-12-01T00:00:00.000Z' },
      ]);
      expect(await usage.readDays('a', '2026-12-01')).toMatchObject([{ calls: 10 }]);
      expect(await usage.readDays('b', '2026-12-01')).toEqual([]);
      await usage.close();
    });
  });

  describe('the checkpoints', () => {
    const checkpoint = {
      readTo: '2026-11-24T10:00:00.000Z',
      asOf: '2026-11-24T09:59:00.000Z',
      compare: { key: 'full-compare.1', againAt: '2026-11-24T16:00:00.000Z' },
    };

    it('give a source to one process, and to the next once it was given back and is due', async () => {
      const checkpoints = stores.checkpoints();
      const turns = await Promise.all(Array.from({ length: 5 }, () => checkpoints.claim('stripe-events', 60_000, null)));
      expect(turns.filter((turn) => turn !== null)).toEqual([{ readTo: null, asOf: null, compare: null }]);
      await checkpoints.settle('stripe-events', checkpoint, 0);
      expect(await checkpoints.claim('stripe-events', 60_000, null)).toEqual(checkpoint);
      await checkpoints.settle('stripe-events', checkpoint, 60_000);
      expect(await checkpoints.claim('stripe-events', 60_000, null)).toBeNull();
      expect(await checkpoints.read('stripe-events')).toEqual(checkpoint);
      expect(await checkpoints.claim('telling', 60_000, null)).not.toBeNull();
    });

    it('outlive a process that died, and a sweep that failed begins where it stood', async () => {
      const checkpoints = stores.checkpoints();
      await checkpoints.claim('stripe-events', 5, null);
      await pause(20);
      expect(await checkpoints.claim('stripe-events', 60_000, null)).not.toBeNull();
      await checkpoints.postpone('stripe-events', 0);
      expect(await checkpoints.claim('stripe-events', 60_000, null)).toEqual({ readTo: null, asOf: null, compare: null });
    });

    it('keep with the turn where the first sweep begins, whatever becomes of it', async () => {
      const checkpoints = stores.checkpoints();
      const first = { ...checkpoint, asOf: null, compare: null };
      const later = '2026-11-26T10:00:00.000Z';
      expect(await checkpoints.claim('stripe-events', 60_000, checkpoint.readTo)).toEqual(first);
      expect(await checkpoints.claim('stripe-events', 60_000, later)).toBeNull();
      await checkpoints.postpone('stripe-events', 0);
      expect(await checkpoints.claim('stripe-events', 60_000, later)).toEqual(first);
    });
  });

  it('grants no more than the limit, leaves a share to news and to people, and lets one wait as long as it has patience', async () => {
    const budgets = stores.budgets({ tokens: 1, perMs: 600, burst: 5 });
    const started = performance.now();
    const flowedBack = () => Math.ceil((performance.now() - started) / 600);
    let granted = 0;
    for (const [lane, share] of [
      ['background', 3],
      ['news', 4],
      ['rep', 5],
    ] as const) {
      for (let times = 0; times < 6; times += 1) granted += (await budgets.take('b', lane, 0)) ? 1 : 0;
      expect(granted).toBeGreaterThanOrEqual(share);
      expect(granted).toBeLessThanOrEqual(share + flowedBack());
    }
    expect(await budgets.take('b', 'rep', 3_000)).toBe(true);
  });
});
