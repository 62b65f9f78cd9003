import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startQuickbooks } from '../../../scripts/sandbox/index.ts';
import { createQuickBooksClient, type QuickBooksClient } from '../../src/adapters/quickbooks/client.ts';
import { createCustomers } from '../../src/adapters/quickbooks/customers.ts';
import { createLedgerFeed } from '../../src/adapters/quickbooks/feed.ts';
import { createLedger } from '../../src/adapters/quickbooks/ledger.ts';
import { readMany } from '../../src/adapters/quickbooks/read-many.ts';
import { createAccessTokens } from '../../src/adapters/quickbooks/tokens.ts';
import { done } from '../../src/domain/outcome.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { LedgerFeed } from '../../src/ports/feeds.ts';
import type { Ledger, LedgerInvoiceBody } from '../../src/ports/ledger.ts';
import type { StoredTokens, TokenVault } from '../../src/ports/token-vault.ts';
import { must } from './must.ts';

/** A vault for one connection in memory: the database's own is tested beside PostgreSQL. */
function memoryVault(first: StoredTokens): TokenVault {
  let stored = first;
  return {
    read: async () => stored,
    seed: async () => undefined,
    async renew(_system, _account, stale, ask) {
      if (stored.accessToken && stored.accessToken !== stale) return done(stored);
      const answer = await ask(stored);
      if (answer.outcome === 'done') stored = answer.value;
      return answer;
    },
  };
}

const clock = createClock();
const faults = createFaultPlan(1);
let quickbooks: Awaited<ReturnType<typeof startQuickbooks>>;
let ledger: Ledger;
let feed: LedgerFeed;
let client: QuickBooksClient;
/** Reads that were counted as metered. */
let reads = 0;
/** The same ledger at the end of a minute's batches. */
let withoutBatches: Ledger;

beforeAll(async () => {
  quickbooks = await startQuickbooks({
    clock,
    faults,
    limits: false,
    seed: {
      items: [
        { name: 'Thermal sensor', sku: 'RB-SENS' },
        { name: 'Old controller', sku: 'RB-LEG', active: false },
      ],
      customers: [{ displayName: "O'Neil \\ Sons", companyName: "O'Neil \\ Sons", email: 'ap@oneil.example', currency: 'USD' }],
    } as never,
  });
  const app = {
    clientId: quickbooks.clientId,
    clientSecret: new Secret(quickbooks.clientSecret),
    tokenUrl: `${quickbooks.baseUrl}/oauth2/v1/tokens/bearer`,
    realmId: quickbooks.realmId,
  };
  const vault = memoryVault({ accessToken: null, refreshToken: quickbooks.refreshToken, accessExpiresAt: null, refreshExpiresAt: null });
  const settings = {
    app,
    apiBase: quickbooks.baseUrl,
    tokens: createAccessTokens(app, vault),
    budgets: { take: async () => true },
    buckets: [],
    batchBucket: 'batch',
    metrics: createMetrics(),
    countReads: (count: number) => void (reads += count),
  };
  client = createQuickBooksClient(settings);
  ledger = createLedger(client, quickbooks.baseUrl, quickbooks.realmId);
  feed = createLedgerFeed(client);
  const spent = createQuickBooksClient({ ...settings, budgets: { take: async (bucket) => bucket !== 'batch' } });
  withoutBatches = createLedger(spent, quickbooks.baseUrl, quickbooks.realmId);
});
afterAll(async () => {
  await quickbooks?.stop();
  clock.stop();
});

const invoiceId = 'a01000000000001AAA';
async function body(change: Partial<LedgerInvoiceBody> = {}): Promise<LedgerInvoiceBody> {
  const [customer] = must(await ledger.findCustomers({ accountId: '001000000000001AAA', email: null, name: "O'Neil \\ Sons" }));
  const [item] = must(await ledger.findItems({ codes: ['RB-SENS'], names: [] }));
  return {
    invoiceId,
    companyKey: 'main',
    customerId: customer?.id ?? '',
    currency: 'USD',
    multicurrency: true,
    number: 'RR-000001',
    invoiceDate: new Date(clock.now()).toISOString().slice(0, 10),
    dueDate: new Date(clock.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    termId: null,
    memo: 'Thank you',
    poNumber: 'PO-7',
    billEmail: 'ap@oneil.example',
    totalTax: 0,
    marksTaxableLines: false,
    lines: [
      {
        lineKey: 'l-1',
        itemId: item?.id ?? '',
        description: 'Thermal sensor',
        amount: 104970,
        taxable: false,
        quantity: '3',
        unitPrice: '349.9',
        serviceDate: null,
      },
    ],
    ...change,
  };
}

describe('the ledger port on QuickBooks', () => {
  it('reads what the company is set to', async () => {
    const reference = must(await ledger.readReference());
    expect(reference).toMatchObject({ homeCurrency: 'USD', multicurrency: true, customTxnNumbers: true });
    expect(reference.accounts.map((account) => account.name)).toContain('Stripe Clearing USD');
    expect(reference.terms.map((term) => term.name)).toContain('Net 30');
  });

  it('answers the same when no batch may be sent', async () => {
    expect(await withoutBatches.readReference()).toEqual(await ledger.readReference());
    const by = { accountId: 'x', email: 'ap@oneil.example', name: "O'Neil \\ Sons" };
    expect(await withoutBatches.findCustomers(by)).toEqual(await ledger.findCustomers(by));
    const [item] = must(await ledger.findItems({ codes: ['RB-SENS'], names: [] }));
    const ids = { customerId: null, itemIds: [item?.id ?? ''] };
    expect(await withoutBatches.readForInvoice(ids)).toEqual(await ledger.readForInvoice(ids));
    expect(await withoutBatches.findNameHolder("O'Neil \\ Sons")).toEqual(await ledger.findNameHolder("O'Neil \\ Sons"));
  });

  it('finds customers and items whatever stands in their names, inactive ones too', async () => {
    expect(must(await ledger.findCustomers({ accountId: 'x', email: 'ap@oneil.example', name: 'nobody' }))).toHaveLength(1);
    expect(must(await ledger.findCustomers({ accountId: 'x', email: null, name: "x\\' or Active = 'false" }))).toEqual([]);
    expect(
      must(await ledger.findItems({ codes: ['RB-SENS', 'RB-LEG'], names: [] }))
        .map((item) => item.active)
        .sort(),
    ).toEqual([false, true]);
  });

  it('finds items by a word of their names, with what a person judges them by', async () => {
    const found = must(await ledger.findAlikeItems(['SENSOR', "O'Neil%"]));
    expect(found).toMatchObject([
      { sku: 'RB-SENS', active: true, price: expect.any(String), incomeAccount: expect.stringContaining('Sales') },
    ]);
    expect(await withoutBatches.findAlikeItems(['SENSOR'])).toEqual(await ledger.findAlikeItems(['SENSOR']));
  });

  it('creates an invoice once per key, marked as ours, with exact money', async () => {
    const first = must(await ledger.createInvoice(await body(), 'k-1'));
    expect(first).toMatchObject({
      number: 'RR-000001',
      subtotal: 104970,
      total: 104970,
      tax: 0,
      balance: 104970,
      invoiceId,
      voided: false,
    });
    const again = must(await ledger.createInvoice(await body(), 'k-1'));
    expect(again.id).toBe(first.id);
    expect(must(await ledger.findInvoices({ number: 'RR-000001' }))).toHaveLength(1);
  });

  it('says that a number is taken and by whom', async () => {
    const held = must(await ledger.findInvoices({ number: 'RR-000001' }))[0];
    expect(await ledger.createInvoice(await body(), 'k-2')).toMatchObject({
      outcome: 'conflict',
      reason: 'number-taken',
      holderId: held?.id,
    });
  });

  it('an answer lost after the commit is an unknown outcome; the same key then gives the invoice', async () => {
    const lost = await body({ number: 'RR-000002' });
    await ledger.readReference();
    faults.add({ point: 'quickbooks.request', match: { method: 'POST' }, times: 1, fault: { kind: 'drop-answer' } });
    expect(await ledger.createInvoice(lost, 'k-3')).toMatchObject({ outcome: 'unknown-outcome' });
    expect(must(await ledger.findInvoices({ number: 'RR-000002' }))).toHaveLength(1);
    must(await ledger.createInvoice(lost, 'k-3'));
    expect(must(await ledger.findInvoices({ number: 'RR-000002' }))).toHaveLength(1);
  });

  it('books a payment against the invoice and follows its balance', async () => {
    const [invoice] = must(await ledger.findInvoices({ number: 'RR-000001' }));
    const clearing = must(await ledger.readReference()).accounts.find((account) => account.name === 'Stripe Clearing USD');
    const payment = must(
      await ledger.createPayment(
        {
          invoiceId,
          stripePaymentId: 'pi_1',
          companyKey: 'main',
          customerId: invoice?.customerId ?? '',
          quickbooksInvoiceId: invoice?.id ?? '',
          amount: 104970,
          currency: 'USD',
          multicurrency: true,
          date: new Date(clock.now()).toISOString().slice(0, 10),
          depositAccountId: clearing?.id ?? '',
          exchangeRate: null,
        },
        'p-1',
      ),
    );
    expect(payment).toMatchObject({
      amount: 104970,
      stripePaymentId: 'pi_1',
      allocations: [{ quickbooksInvoiceId: invoice?.id, amount: 104970 }],
    });
    const paid = must(await ledger.readInvoice(invoice?.id ?? ''));
    expect(paid).toMatchObject({ balance: 0, paymentIds: [payment.id] });
    expect(must(await ledger.findInvoicesOf({ type: 'payment', id: payment.id }))).toEqual([invoice?.id]);
  });

  it('voids, also with a token that is no longer current, and again', async () => {
    const [invoice] = must(await ledger.findInvoices({ number: 'RR-000002' }));
    const request = { quickbooksInvoiceId: invoice?.id ?? '', syncToken: '99' };
    expect(must(await ledger.voidInvoice(request, 'v-1'))).toMatchObject({ voided: true, total: 0 });
    expect(must(await ledger.voidInvoice({ ...request, syncToken: '0' }, 'v-2'))).toMatchObject({ voided: true });
  });

  it('names what it refuses', async () => {
    const [inactive] = must(await ledger.findItems({ codes: ['RB-LEG'], names: [] }));
    const lines = [{ ...(await body()).lines[0]!, itemId: inactive?.id ?? '' }];
    expect(await ledger.createInvoice(await body({ number: 'RR-000009', lines }), 'k-9')).toMatchObject({ outcome: 'rejected' });
    const taken = await ledger.createCustomer(
      {
        accountId: '001',
        companyKey: 'main',
        displayName: "O'Neil \\ Sons",
        companyName: 'x',
        email: null,
        phone: null,
        address: null,
        currency: 'USD',
        multicurrency: true,
      },
      'c-1',
    );
    expect(taken).toMatchObject({ outcome: 'conflict', reason: 'name-taken' });
    expect(must(await ledger.findNameHolder("O'Neil \\ Sons"))).toMatchObject({ type: 'Customer', active: true });
  });

  it('changes what Salesforce owns of a customer, keeps what another person changed, and replaces nothing it did not see', async () => {
    const customers = createCustomers(client);
    const address = { line1: '1 High St', city: 'Boston', state: 'MA', postalCode: '02110', country: 'US' };
    const who = {
      accountId: '001000000000009AAA',
      companyKey: 'main',
      displayName: 'Sync & Sons',
      companyName: 'Sync',
      email: 'a@sync.example',
    };
    const made = must(await ledger.createCustomer({ ...who, phone: '1', address, currency: 'USD', multicurrency: true }, 'sync-1'));
    const { facts: from } = must(await customers.read(made.id)) ?? { facts: null };
    if (!from) throw new Error('QuickBooks has the customer.');
    let meddled = false;
    const racing = createCustomers({
      ...client,
      call: async (kind, operation, run) => {
        // Right before our write somebody changes the e-mail: our SyncToken is stale by then.
        if (operation === 'updateCustomer' && !meddled) {
          meddled = true;
          must(await customers.update({ id: made.id, from, to: { email: 'b@sync.example' } }, 'sync-2'));
        }
        return client.call(kind, operation, run);
      },
    });
    const after = must(await racing.update({ id: made.id, from, to: { phone: '2', city: 'Salem' } }, 'sync-3'));
    expect(after).toMatchObject({ active: true, facts: { ...from, email: 'b@sync.example', phone: '2', city: 'Salem' } });
    expect(await customers.update({ id: made.id, from, to: { phone: '3' } }, 'sync-4')).toMatchObject({
      outcome: 'conflict',
      reason: 'stale',
    });
    expect(must(await customers.read('999999'))).toBeNull();
    const since = new Date(clock.now() - 60_000).toISOString();
    expect(must(await customers.listChanged({ since, cursor: null }))).toMatchObject({
      next: null,
      customers: expect.arrayContaining([after]),
    });
    const later = new Date(clock.now() + 60_000).toISOString();
    expect(must(await customers.listChanged({ since: later, cursor: null }))?.customers).toEqual([]);
  });

  it('tells what changed since a moment, by its own clock, deleted ones too', async () => {
    const since = new Date(clock.now() - 1000).toISOString();
    const made = must(await ledger.createInvoice(await body({ number: 'RR-000077' }), 'cdc-1'));
    const told = must(await feed.listChanges({ entities: ['Invoice', 'Payment'], since }));
    expect(Math.abs(Date.parse(told.answeredAt) - clock.now())).toBeLessThan(60_000);
    const change = { entity: 'Invoice', id: made.id, deleted: false, syncToken: '0', changedAt: made.updatedAt, invoiceId, invoiceIds: [] };
    expect(told.changes).toContainEqual(change);
    const listed = must(await ledger.listInvoices({ createdFrom: since, cursor: null }));
    expect(listed.invoices).toContainEqual(made);
    expect(listed.next).toBeNull();
    expect(must(await feed.listChanges({ entities: ['Payment'], since: new Date(clock.now() + 60_000).toISOString() })).changes).toEqual(
      [],
    );
  });

  it('counts what is metered: each read, each query of a batch, and no write', async () => {
    const counted = async (act: () => Promise<unknown>): Promise<number> => {
      const before = reads;
      await act();
      return reads - before;
    };
    const since = new Date(clock.now()).toISOString();
    const queries = { items: { entity: 'Item', where: null }, terms: { entity: 'Term', where: null } } as const;
    const written = await body({ number: 'RR-000099' });
    expect(await counted(() => feed.listChanges({ entities: ['Payment'], since }))).toBe(1);
    expect(await counted(() => readMany(client, queries))).toBe(2);
    expect(await counted(() => ledger.createInvoice(written, 'metered-1'))).toBe(0);
  });

  it('renews an expired token by itself', async () => {
    await clock.advance(3_700_000);
    expect((await ledger.ping()).outcome).toBe('done');
  });
});
