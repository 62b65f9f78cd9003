import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, type Issued, type SweptCompany, openSweptCompany } from './company.ts';

let company: SweptCompany;
beforeEach(() => {
  company = openSweptCompany();
});
afterEach(() => company.close());

const statusOf = ({ invoiceId }: Issued) => company.org.invoices.get(invoiceId)?.status;
const balanceOf = ({ quickbooksInvoiceId }: Issued) =>
  (company.quickbooks.books.get('Invoice', quickbooksInvoiceId) as unknown as { Balance: number }).Balance;
const paymentsIn = () => company.quickbooks.books.rows('Payment').all().length;
const fullCompares = () => [...company.org.syncRuns.values()].filter(({ kind }) => kind === 'Full Compare');

/** Several invoices that are out and known to be so. */
async function issueSome(count: number): Promise<Issued[]> {
  const issued: Issued[] = [];
  for (let n = 0; n < count; n += 1) issued.push(await company.issue());
  await company.hear();
  await company.run(10 * MINUTE);
  return issued;
}

describe('an outage heals by itself', () => {
  test('Salesforce down for two hours', async () => {
    const issued = await issueSome(3);
    company.down('salesforce', 2 * HOUR);
    for (const each of issued) company.pay(each);
    await company.run(4 * HOUR, 20 * MINUTE);
    expect(issued.map(statusOf)).toEqual(['Paid', 'Paid', 'Paid']);
    expect(issued.map(balanceOf)).toEqual([0, 0, 0]);
    expect(paymentsIn()).toBe(3);
    expect(fullCompares()).toEqual([]);
  });

  test('QuickBooks down for a day', async () => {
    const issued = await issueSome(3);
    company.down('quickbooks', DAY);
    for (const each of issued) company.pay(each);
    await company.hear();
    await company.run(DAY + 2 * HOUR, HOUR);
    expect(issued.map(statusOf)).toEqual(['Paid', 'Paid', 'Paid']);
    expect(issued.map(balanceOf)).toEqual([0, 0, 0]);
    expect(paymentsIn()).toBe(3);
    expect(fullCompares()).toEqual([]);
    expect(company.deps.clock.now() - Date.parse(company.org.freshness.quickbooksReadTo ?? '')).toBeLessThan(2 * HOUR);
  });

  test("Stripe's webhooks off for three days and an hour: later by a minute, and a person is told", async () => {
    const issued = await issueSome(4);
    for (const each of issued) {
      await company.run(18 * HOUR + 15 * MINUTE, 15 * MINUTE);
      company.pay(each);
      await company.run(MINUTE, MINUTE);
      expect(statusOf(each)).toBe('Paid');
    }
    await company.run(HOUR, 15 * MINUTE);
    expect(paymentsIn()).toBe(4);
    expect(fullCompares()).toEqual([]);
    expect(company.org.issues.get('main.silent.stripe')).toMatchObject({ cause: 'Webhooks Silent', resolved: false });
  });
});

describe('our own service off for 31 days', () => {
  test('announces a full compare and performs it: what no list tells any more is found', async () => {
    const [paid, cheque, voided, quiet] = (await issueSome(4)) as [Issued, Issued, Issued, Issued];
    const before = company.org.freshness.stripeReadTo;
    company.pay(paid);
    const book = (issued: Issued) =>
      company.quickbooks.books.get('Invoice', issued.quickbooksInvoiceId) as unknown as {
        SyncToken: string;
        CustomerRef: { value: string };
      };
    company.quickbooks.write('Payment', {
      CustomerRef: book(cheque).CustomerRef,
      TotalAmt: 100,
      Line: [{ Amount: 100, LinkedTxn: [{ TxnId: cheque.quickbooksInvoiceId, TxnType: 'Invoice' }] }],
    });
    company.quickbooks.request(
      'POST',
      `/v3/company/${company.quickbooks.realmId}/invoice`,
      { operation: 'void' },
      { Id: voided.quickbooksInvoiceId, SyncToken: book(voided).SyncToken },
    );
    company.deps.clock.advance(31 * DAY);

    await company.round();
    await company.run(HOUR);
    expect([paid, cheque, voided, quiet].map(statusOf)).toEqual(['Paid', 'Paid', 'Needs Attention', 'Open']);
    expect(fullCompares()).toHaveLength(1);
    const [compare] = fullCompares();
    expect(compare).toMatchObject({ state: 'Completed With Issues' });
    expect(compare?.report).toMatch(/^Full compare: Trueup has not read Stripe since 2026-11-24.*30 days only.*every invoice is compared/);
    expect(company.org.freshness.stripeReadTo).not.toBe(before);
    await company.run(DAY, 4 * HOUR);
    expect(fullCompares()).toHaveLength(1);
  });

  test('until it is performed nothing is said to be known, and one that failed is made again', async () => {
    await issueSome(1);
    const off = company.deps.clock.now();
    const knownTo = () => Date.parse(company.org.freshness.stripeReadTo ?? '');
    company.deps.clock.advance(31 * DAY);
    company.deps.records.listOpenInvoices = async () => ({
      outcome: 'rejected',
      problem: { code: 'x', severity: 'error', message: 'A bad field.', action: 'Look.' },
    });
    await company.run(HOUR);
    expect(fullCompares()[0]).toMatchObject({ state: 'Failed' });
    expect(knownTo()).toBeLessThanOrEqual(off);
    company.deps.records.listOpenInvoices = async () => ({ outcome: 'done', value: { invoices: [], next: null } });
    await company.run(3 * HOUR);
    expect(fullCompares().at(-1)).toMatchObject({ state: 'Completed' });
    expect(knownTo()).toBeGreaterThan(off + 31 * DAY);
  });
});
