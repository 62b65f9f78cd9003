import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dirtyObject } from '../../src/inbox/dirty-objects.ts';
import type { VerifiedEvent } from '../../src/ports/webhook-verifier.ts';
import { HOUR, MINUTE, type Issued, type SweptCompany, openSweptCompany } from './company.ts';

let company: SweptCompany;
beforeEach(() => {
  company = openSweptCompany();
});
afterEach(() => company.close());

const statusOf = ({ invoiceId }: Issued) => company.org.invoices.get(invoiceId)?.status;
/** The accountant books a cheque. */
const bookCheque = ({ quickbooksInvoiceId }: Issued, amount: number): string => {
  const invoice = company.quickbooks.books.get('Invoice', quickbooksInvoiceId) as unknown as { CustomerRef: { value: string } };
  const answer = company.quickbooks.write('Payment', {
    CustomerRef: invoice.CustomerRef,
    TotalAmt: amount,
    Line: [{ Amount: amount, LinkedTxn: [{ TxnId: quickbooksInvoiceId, TxnType: 'Invoice' }] }],
  });
  return String((answer as { Id: string }).Id);
};

describe('what changed in QuickBooks', () => {
  test('a cheque is found; our own writes are an echo and cost nothing', async () => {
    const [issued, foreign] = [await company.issue(), await company.issue()];
    company.pay(foreign);
    await company.hear();
    await company.round();
    expect(statusOf(foreign)).toBe('Paid');
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(0);
    bookCheque(issued, 100);
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(1);
    expect(statusOf(issued)).toBe('Paid');
    await company.hear();
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(0);
  });

  test('what a webhook brought is not taken again, and speaks of no silence', async () => {
    const issued = await company.issue();
    await company.round();
    company.deps.clock.advance(MINUTE);
    const payment = bookCheque(issued, 40);
    const happenedAt = new Date(company.deps.clock.now()).toISOString();
    const event: VerifiedEvent = {
      ...{ provider: 'quickbooks' as const, account: 'self', eventId: 'evt_1', type: 'qbo.payment.created.v1', objectType: 'payment' },
      ...{ objectId: payment, invoiceId: null, ownWrite: false, happenedAt, looks: null, kept: null, body: '{}' },
    };
    await company.deps.inbox.store([{ event, dirty: dirtyObject(event), receivedAt: happenedAt }]);
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(0);
    expect(statusOf(issued)).toBe('Partially Paid');
    expect(await company.deps.feeds.sightings.hearing('quickbooks')).toMatchObject({ aloneEver: 0 });
    bookCheque(issued, 60);
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(1);
    expect(statusOf(issued)).toBe('Paid');
  });

  test('a document that is deleted there is ours by its id alone', async () => {
    const issued = await company.issue();
    await company.round();
    const { SyncToken } = company.quickbooks.books.get('Invoice', issued.quickbooksInvoiceId) as { SyncToken: string };
    const path = `/v3/company/${company.quickbooks.realmId}/invoice`;
    company.quickbooks.request('POST', path, { operation: 'delete' }, { Id: issued.quickbooksInvoiceId, SyncToken });
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(1);
    expect(company.org.invoices.get(issued.invoiceId)?.problem).toContain('deleted in QuickBooks');
  });

  test('an entry for money that is deleted there is told of by its name, once', async () => {
    await company.round();
    const account = (Name: string) => (company.quickbooks.write('Account', { Name, AccountType: 'Bank' }) as { Id: string }).Id;
    const sent = { Amount: 5, FromAccountRef: { value: account('Till') }, ToAccountRef: { value: account('Vault') } };
    const { Id: id } = company.quickbooks.write('Transfer', sent) as { Id: string };
    const { effects } = company.deps;
    await effects.begin({ key: 'sf:txn_1:book', system: 'quickbooks', body: { memo: 'Stripe payout po_1' }, at: '2026-11-24' });
    await effects.answer('sf:txn_1:book', { id, entity: 'Transfer', date: '2026-11-24' });
    const path = `/v3/company/${company.quickbooks.realmId}/transfer`;
    company.quickbooks.request('POST', path, { operation: 'delete' }, { Id: id, SyncToken: '0' });
    for (const expected of [[`Transfer ${id} of 2026-11-24 was deleted in QuickBooks: Stripe payout po_1.`], []]) {
      company.org.issues.clear();
      company.deps.clock.advance(6 * MINUTE);
      await company.round();
      expect([...company.org.issues.values()].map(({ message }) => message)).toEqual(expected.map((text) => expect.stringContaining(text)));
    }
  });

  test('documents that are not ours are left alone', async () => {
    await company.round();
    const [customer] = company.quickbooks.books.rows('Customer').all();
    const [item] = company.quickbooks.books.rows('Item').all();
    company.quickbooks.write('Invoice', {
      CustomerRef: { value: customer?.id },
      Line: [{ Amount: 5, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: item?.id } } }],
    });
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(0);
  });

  test('more than an answer holds is read in parts', async () => {
    await company.round();
    const asked: string[] = [];
    const change = (n: number) => ({
      entity: 'Invoice',
      id: String(n),
      deleted: false,
      syncToken: '1',
      changedAt: new Date(company.deps.clock.now() + n * 1000).toISOString(),
      invoiceId: 'a01000000000001AAA',
      invoiceIds: [],
    });
    const all = Array.from({ length: 2_500 }, (_, n) => change(n));
    company.deps.feeds.quickbooks = {
      listChanges: async ({ entities, since }) => {
        asked.push(since);
        const changes = entities.includes('Invoice') ? all.filter((each) => each.changedAt >= since).slice(0, 1_000) : [];
        return { outcome: 'done', value: { answeredAt: new Date(company.deps.clock.now() + HOUR).toISOString(), changes } };
      },
    };
    company.deps.clock.advance(6 * MINUTE);
    expect((await company.round()).found).toBe(2_500);
    // The whole once, Invoice and Payment in four parts, and each kind of entry.
    expect(asked).toHaveLength(10);
  });
});
