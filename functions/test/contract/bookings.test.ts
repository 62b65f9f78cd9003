import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startQuickbooks } from '../../../scripts/sandbox/index.ts';
import { createWorld } from '../../src/adapters/memory/world.ts';
import { createBookings } from '../../src/adapters/quickbooks/bookings.ts';
import { createQuickBooksClient } from '../../src/adapters/quickbooks/client.ts';
import { createLedger } from '../../src/adapters/quickbooks/ledger.ts';
import { done } from '../../src/domain/outcome.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { BookingBody, Bookings } from '../../src/ports/bookings.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { must } from './must.ts';

// The bookings port: the same suite for the fake and for QuickBooks' SDK against the stand-in.

interface Stage {
  bookings: Bookings;
  ledger: Ledger;
  customerId: string;
  itemId: string;
  close(day: string | null): Promise<void>;
  stop(): Promise<void>;
}

async function quickbooksStage(): Promise<Stage> {
  const clock = createClock();
  const quickbooks = await startQuickbooks({
    clock,
    faults: createFaultPlan(1),
    limits: false,
    seed: { items: [{ name: 'Thermal sensor', sku: 'RB-SENS' }], customers: [{ displayName: 'Harbor Foods', currency: 'USD' }] } as never,
  });
  const client = createQuickBooksClient({
    app: {
      clientId: quickbooks.clientId,
      clientSecret: new Secret(quickbooks.clientSecret),
      tokenUrl: `${quickbooks.baseUrl}/oauth2/v1/tokens/bearer`,
      realmId: quickbooks.realmId,
    },
    apiBase: quickbooks.baseUrl,
    tokens: { current: async () => done(quickbooks.accessToken), renew: async () => done(quickbooks.accessToken) },
    budgets: { take: async () => true },
    buckets: [],
    batchBucket: 'batch',
    metrics: createMetrics(),
  });
  const ledger = createLedger(client, quickbooks.baseUrl, quickbooks.realmId);
  const [customer] = must(await ledger.findCustomers({ accountId: 'x', email: null, name: 'Harbor Foods' }));
  const [item] = must(await ledger.findItems({ codes: ['RB-SENS'], names: [] }));
  return {
    bookings: createBookings(client, quickbooks.baseUrl, async () => 'USD'),
    ledger,
    customerId: customer?.id ?? '',
    itemId: item?.id ?? '',
    async close(day) {
      await fetch(`${quickbooks.baseUrl}/__ctl/preferences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ bookCloseDate: day }),
      });
    },
    async stop() {
      await quickbooks.stop();
      clock.stop();
    },
  };
}

async function memoryStage(): Promise<Stage> {
  const { bookings, ledger } = createWorld();
  ledger.reference.closingDate = null;
  return {
    bookings,
    ledger,
    customerId: '58',
    itemId: '11',
    close: async (day) => void (ledger.reference.closingDate = day),
    stop: async () => undefined,
  };
}

describe.each([
  ['the fake', memoryStage],
  ['QuickBooks', quickbooksStage],
] as const)('the bookings port on %s', (_name, start) => {
  let stage: Stage;
  let accounts: Record<string, string>;
  let keys = 0;
  const key = () => `k-${(keys += 1)}`;
  const day = '2026-11-24';
  const head = (mark: string) => ({ mark, memo: 'Stripe test', date: day, currency: 'USD', multicurrency: true });
  const sold = (amount: number, totalTax = 0) => ({
    customerId: stage.customerId,
    lines: [{ itemId: stage.itemId, description: 'Thermal sensor', amount, taxable: totalTax > 0 }],
    totalTax,
    marksTaxableLines: true,
  });
  const balanceOf = async (name: string) => must(await stage.bookings.readBalances([accounts[name] ?? '']))[0]?.amount;
  async function invoiceOf(amount: number, number: string) {
    return must(
      await stage.ledger.createInvoice(
        {
          invoiceId: 'a01000000000001AAA',
          companyKey: 'main',
          currency: 'USD',
          multicurrency: true,
          number,
          invoiceDate: day,
          dueDate: day,
          termId: null,
          memo: null,
          poNumber: null,
          billEmail: null,
          ...sold(amount),
          lines: sold(amount).lines.map((line) => ({ ...line, lineKey: number, quantity: null, unitPrice: null, serviceDate: null })),
        },
        key(),
      ),
    );
  }
  beforeAll(async () => {
    stage = await start();
    accounts = Object.fromEntries(must(await stage.ledger.readReference()).accounts.map(({ name, id }) => [name, id]));
  });
  afterAll(() => stage?.stop());

  const each: [string, () => BookingBody, clearing: number][] = [
    [
      'a refund receipt with tax',
      () => ({
        entity: 'RefundReceipt',
        ...head('txn_1'),
        ...sold(1_000, 83),
        fromAccountId: accounts['Stripe Clearing USD'] ?? '',
        exchangeRate: null,
      }),
      -1_083,
    ],
    [
      'a transfer',
      () => ({
        entity: 'Transfer',
        ...head('txn_2'),
        fromAccountId: accounts['Stripe Clearing USD'] ?? '',
        toAccountId: accounts['Checking'] ?? '',
        amount: 5_001,
      }),
      -5_001,
    ],
    [
      'an expense',
      () => ({
        entity: 'Purchase',
        ...head('fees.main.USD.2026-11-24.payment-fees.1'),
        fromAccountId: accounts['Stripe Clearing USD'] ?? '',
        expenseAccountId: accounts['Stripe Fees'] ?? '',
        amount: 341,
      }),
      -341,
    ],
    [
      'a journal entry on receivables',
      () => ({
        entity: 'JournalEntry',
        ...head('txn_3'),
        lines: [
          { side: 'Debit', accountId: accounts['Stripe Clearing USD'] ?? '', customerId: null, amount: 700 },
          { side: 'Credit', accountId: accounts['Accounts Receivable (A/R)'] ?? '', customerId: stage.customerId, amount: 700 },
        ],
      }),
      700,
    ],
  ];
  it.each(each)('enters %s once per key, finds it by its mark, and moves the account by its amount', async (_what, bodyOf, clearing) => {
    const body = bodyOf();
    const before = (await balanceOf('Stripe Clearing USD')) ?? 0;
    const own = key();
    const first = must(await stage.bookings.create(body, own));
    expect(first).toMatchObject({ entity: body.entity, date: day, mark: body.mark, voided: false });
    expect(first.url).toMatch(/^http/);
    expect(must(await stage.bookings.create(body, own)).id).toBe(first.id);
    expect(must(await stage.bookings.find({ entity: body.entity, date: day, mark: body.mark })).map(({ id }) => id)).toEqual([first.id]);
    expect(must(await stage.bookings.find({ entity: body.entity, date: day, mark: 'txn_of_another' }))).toEqual([]);
    expect((await balanceOf('Stripe Clearing USD')) ?? 0).toBe(before + clearing);
  });

  it('uses up a credit memo against an invoice, and takes both back', async () => {
    const invoice = await invoiceOf(2_000, 'RR-000001');
    const memo = must(
      await stage.bookings.create({ entity: 'CreditMemo', ...head('cn_1'), ...sold(500), number: 'RR-000001-CN-01' }, key()),
    );
    const applied = must(
      await stage.bookings.create(
        {
          entity: 'Payment',
          ...head('cn_1.applied'),
          customerId: stage.customerId,
          quickbooksInvoiceId: invoice.id,
          creditMemoId: memo.id,
          amount: 500,
        },
        key(),
      ),
    );
    const credited = must(await stage.ledger.readInvoice(invoice.id));
    expect(credited).toMatchObject({ balance: 1_500, paymentIds: [applied.id] });
    expect(must(await stage.ledger.readPayments([applied.id]))).toMatchObject([
      { appliesCredit: true, stripePaymentId: null, amount: 0, creditMemos: [{ id: memo.id, amount: 500 }] },
    ]);
    for (const entity of ['Payment', 'CreditMemo'] as const) {
      const id = entity === 'Payment' ? applied.id : memo.id;
      expect(must(await stage.bookings.read(entity, id))).toMatchObject({ voided: false });
      expect(must(await stage.bookings.cancel({ entity, id }, key()))).toMatchObject({ id, voided: true });
      expect(must(await stage.bookings.cancel({ entity, id }, key()))).toMatchObject({ id, voided: true });
      expect(must(await stage.bookings.read(entity, id))).toMatchObject({ voided: true });
    }
    expect(must(await stage.ledger.readInvoice(invoice.id))?.balance).toBe(2_000);
    expect(must(await stage.bookings.read('CreditMemo', '99999'))).toBeNull();
    const gone = await stage.bookings.cancel({ entity: 'CreditMemo', id: '99999' }, key());
    expect(gone).toMatchObject({ outcome: 'rejected', problem: { code: 'entry-gone' } });
  });

  it('is refused in a closed period, and says so', async () => {
    await stage.close('2026-11-24');
    const body: BookingBody = {
      entity: 'Transfer',
      ...head('txn_9'),
      fromAccountId: accounts['Stripe Clearing USD'] ?? '',
      toAccountId: accounts['Checking'] ?? '',
      amount: 1,
    };
    expect(await stage.bookings.create(body, key())).toMatchObject({ outcome: 'rejected', problem: { code: 'quickbooks-closed-period' } });
    await stage.close(null);
    expect((await stage.bookings.create(body, key())).outcome).toBe('done');
  });
});
