import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE, type SweptCompany, openSweptCompany } from './company.ts';

const ROUND = 16 * MINUTE;

let company: SweptCompany;
beforeEach(() => {
  company = openSweptCompany();
});
afterEach(() => company.close());

/** The worker looks once more. */
const tell = async (): Promise<void> => {
  company.deps.clock.advance(ROUND);
  await company.round();
};
const issue = (system: 'quickbooks' | 'salesforce') => company.org.issues.get(`main.budget.${system}`);
const written = () => company.org.budgets;

describe("QuickBooks' metered reads", () => {
  test('are written with the freshness, and begin anew with the month', async () => {
    company.deps.clock.advance(5 * DAY);
    company.read(1_200);
    await tell();
    expect(written()?.quickbooks).toMatchObject({ used: 1_200, allowed: 500_000, asOf: new Date(company.deps.clock.now()).toISOString() });
    company.deps.clock.advance(3 * DAY);
    company.read(40);
    await tell();
    expect(new Date(company.deps.clock.now()).getUTCMonth()).toBe(11);
    expect(written()?.quickbooks).toMatchObject({ used: 40 });
    expect(company.org.issues.size).toBe(0);
  });

  test('are an issue from 70 % on, another one from 90 % on, and none in the next month', async () => {
    company.read(349_999);
    await tell();
    expect(issue('quickbooks')).toBeUndefined();
    company.read(1);
    await tell();
    expect(issue('quickbooks')).toMatchObject({ cause: 'Calls Running Out', resolved: false });
    expect(issue('quickbooks')?.message).toContain('350,000 of 500,000 (70 %)');
    expect(issue('quickbooks')?.message).not.toContain('last until');
    const ahead = issue('quickbooks')?.fix;
    company.deps.clock.advance(2 * DAY);
    company.read(100_000);
    await tell();
    expect(issue('quickbooks')?.message).toMatch(/\(90 %\).*they last until 2026-11-2\d\..*Offline/);
    expect(issue('quickbooks')?.fix).not.toBe(ahead);
    company.deps.clock.advance(7 * DAY);
    await tell();
    expect(issue('quickbooks')).toMatchObject({ resolved: true, fix: 'Nothing to do.' });
    company.org.issues.clear();
    await tell();
    expect(company.org.issues.size).toBe(0);
  });
});

describe("Salesforce's calls of a day", () => {
  test('are not known before an answer told them', async () => {
    await tell();
    expect(written()?.salesforce).toBeNull();
    expect(issue('salesforce')).toBeUndefined();
  });

  test('are written as the last answer told, with an issue from 70 % on that is closed below', async () => {
    company.callsUsed(69_999);
    const { asOf } = company.deps.feeds.allowances.salesforceCalls() ?? {};
    await tell();
    expect(written()?.salesforce).toEqual({ used: 69_999, allowed: 100_000, asOf });
    expect(issue('salesforce')).toBeUndefined();
    company.callsUsed(70_000);
    await tell();
    expect(issue('salesforce')).toMatchObject({ cause: 'Calls Running Out', resolved: false });
    expect(issue('salesforce')?.message).toContain('70,000 of 100,000 (70 %)');
    const ahead = issue('salesforce')?.fix;
    company.callsUsed(95_000);
    await tell();
    expect(issue('salesforce')?.message).toContain('refuses calls');
    expect(issue('salesforce')?.fix).not.toBe(ahead);
    company.callsUsed(20_000);
    await tell();
    expect(issue('salesforce')).toMatchObject({ resolved: true });
  });
});
