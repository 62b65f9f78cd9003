import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, openSweptCompany } from './company.ts';
import { SCENARIOS } from './scenarios.ts';

describe('an outage', () => {
  test.each(SCENARIOS)('$outage: nothing is lost or doubled, and the three systems reconcile', async ({ healsByItself, told, play }) => {
    const played = await play();
    expect(played).toMatchObject({ right: played.of, doubled: 0, reconciled: 'Reconciled with no difference.' });
    expect(played.behindMs).toBeLessThanOrEqual(10 * MINUTE);
    expect(played.announced).toHaveLength(healsByItself ? 0 : 1);
    expect([...played.announced, ...played.alarms]).toEqual(told === null ? [] : [expect.stringMatching(told)]);
  });
});

describe('a full compare', () => {
  test('that failed is made again after some hours; until it is done nothing is said to be known', async () => {
    const company = openSweptCompany();
    const { org, deps } = company;
    const compares = () => [...org.syncRuns.values()].filter(({ kind }) => kind === 'Full Compare');
    const knownTo = () => Date.parse(org.freshness.stripeReadTo ?? '');
    await company.issue();
    await company.run(20 * MINUTE);
    const off = deps.clock.now();
    deps.clock.advance(31 * DAY);
    const { listOpenInvoices } = deps.records;
    const problem = { code: 'x', severity: 'error' as const, message: 'A bad field.', action: 'Look.' };
    deps.records.listOpenInvoices = async () => ({ outcome: 'rejected', problem });
    await company.run(5 * HOUR, 15 * MINUTE);
    expect(compares()).toMatchObject([{ state: 'Failed' }]);
    expect(knownTo()).toBeLessThanOrEqual(off);
    deps.records.listOpenInvoices = listOpenInvoices;
    await company.run(2 * HOUR, 15 * MINUTE);
    expect(compares()).toMatchObject([{ state: 'Failed' }, { state: 'Completed' }]);
    expect(knownTo()).toBeGreaterThan(off + 31 * DAY);
    company.close();
  });

  test('waits for the company to be connected; QuickBooks is read on from the moment by its own clock', async () => {
    const company = openSweptCompany();
    const { org, deps } = company;
    const compares = () => [...org.syncRuns.values()].filter(({ kind }) => kind === 'Full Compare');
    await company.run(20 * MINUTE);
    const off = deps.clock.now();
    deps.clock.advance(31 * DAY);
    org.company.connected = false;
    await company.run(HOUR, 15 * MINUTE);
    expect(compares()).toEqual([]);
    org.company.connected = true;
    const behind = new Date(deps.clock.now() - 7 * MINUTE).toISOString();
    deps.feeds.quickbooks = { listChanges: async () => ({ outcome: 'done', value: { answeredAt: behind, changes: [] } }) };
    await company.run(15 * MINUTE, 15 * MINUTE);
    expect(compares()).toMatchObject([{ state: 'Completed', report: expect.stringContaining(new Date(off).toISOString().slice(0, 10)) }]);
    expect(await deps.feeds.checkpoints.read('quickbooks-changes')).toMatchObject({ readTo: behind });
    company.close();
  });
});
