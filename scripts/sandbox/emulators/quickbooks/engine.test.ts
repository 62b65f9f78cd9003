import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { openStore } from '../core/store.ts';
import { createQuickbooksEngine } from './engine.ts';
import type { QuickbooksEngine } from './engine.ts';
import { seedQuickbooks } from './seed.ts';
import type { Seeded } from './seed.ts';

/** Bodies differ by entity; tests look into them freely. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes are what is tested
type Body = Record<string, any>;
let engine: QuickbooksEngine;
let seeded: Seeded;
const base = '/v3/company/9341450000000001';

const post = (path: string, body: unknown, query: Record<string, string> = {}) =>
  engine.request('POST', `${base}/${path}`, query, body) as { status: number; body: Body; headers: Record<string, string> };
const get = (path: string, query: Record<string, string> = {}) =>
  engine.request('GET', `${base}/${path}`, query) as { status: number; body: Body };
const code = (reply: { body: Body }) => reply.body['Fault']?.Error[0].code;
const line = (amount: number, item = seeded.items['Consulting']) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: item } },
});
const newInvoice = (over: Body = {}, customer = 'Northwind') =>
  post('invoice', { CustomerRef: { value: seeded.customers[customer] }, Line: [line(100)], ...over });

beforeEach(() => {
  engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
  seeded = seedQuickbooks(engine, {
    items: [
      { name: 'Consulting', unitPrice: 150, incomeAccount: 'Services' },
      { name: 'Old plan', active: false },
    ],
    customers: [
      { displayName: 'Northwind', email: 'ap@northwind.example' },
      { displayName: 'Berlin AG', currency: 'EUR' },
    ],
  });
});

const trialBalance = () => engine.ledger.trialBalance().reduce((sum, { home }) => sum + home, 0);

describe('invoices', () => {
  it('come back as recorded: subtotal line, tax detail, due date, NON', () => {
    const { status, body } = newInvoice({ DocNumber: 'TU-1' });
    expect(status).toBe(200);
    const invoice = body['Invoice'];
    expect(Object.keys(invoice).slice(0, 6)).toEqual([
      'AllowIPNPayment',
      'AllowOnlinePayment',
      'AllowOnlineCreditCardPayment',
      'AllowOnlineACHPayment',
      'domain',
      'sparse',
    ]);
    expect(invoice.Line).toEqual([
      {
        Id: '1',
        LineNum: 1,
        Amount: 100,
        DetailType: 'SalesItemLineDetail',
        SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'], name: 'Consulting' }, TaxCodeRef: { value: 'NON' } },
      },
      { Amount: 100, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
    ]);
    expect(invoice).toMatchObject({
      SyncToken: '0',
      TotalAmt: 100,
      Balance: 100,
      TxnTaxDetail: { TotalTax: 0 },
      EmailStatus: 'NotSet',
      PrintStatus: 'NeedToPrint',
      ApplyTaxAfterDiscount: false,
    });
    expect(trialBalance()).toBe(0);
  });

  it('refuse what QuickBooks refuses', () => {
    expect(code(newInvoice({ BadJson: true }))).toBe('2010');
    expect(code(newInvoice({ Line: [] }))).toBe('2020');
    expect(code(newInvoice({ Line: [{ Amount: 1 }] }))).toBe('2020');
    expect(code(newInvoice({ CustomerRef: { value: '999' } }))).toBe('2500');
    expect(code(newInvoice({ Line: [line(10, seeded.items['Old plan'])] }))).toBe('2500');
    expect(
      code(
        newInvoice({
          Line: [{ ...line(10), SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, Qty: 3, UnitPrice: 3.34 } }],
        }),
      ),
    ).toBe('6070');
    expect(
      code(
        newInvoice({
          Line: [
            { ...line(1861.08), SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, Qty: 128.35, UnitPrice: 14.5 } },
          ],
        }),
      ),
    ).toBeUndefined();
    expect(code(newInvoice({ DocNumber: 'x'.repeat(22) }))).toBe('2050');
    expect(code(newInvoice({ TxnDate: '2026-02-30' }))).toBe('2070');
    expect(code(newInvoice({ EmailStatus: 'NeedToSend' }))).toBe('2020');
    expect(code(newInvoice({ BillEmail: { Address: 'a b' } }))).toBe('2210');
    expect(code(newInvoice({ CurrencyRef: { value: 'EUR' } }))).toBe('6000');
    expect(code(newInvoice({}, 'Berlin AG'))).toBe('6000');
    expect(code(newInvoice({ CurrencyRef: { value: 'EUR' } }, 'Berlin AG'))).toBeUndefined();
    expect(code(newInvoice({ Line: [line(1.234)] }))).toBe('2110');
    expect(code(newInvoice({ Line: [line(-5)] }))).toBe('6000');
    expect(trialBalance()).toBe(0);
  });

  it('name the document that has the number', () => {
    const first = newInvoice({ DocNumber: 'TU-7' }).body['Invoice'];
    const second = newInvoice({ DocNumber: 'TU-7' });
    expect(second.body['Fault'].Error[0].Detail).toContain(`DocNumber=TU-7 is assigned to TxnType=Invoice with TxnId=${first.Id}`);
    expect(
      post(
        'invoice',
        { CustomerRef: { value: seeded.customers['Northwind'] }, Line: [line(1)], DocNumber: 'TU-7' },
        { include: 'allowduplicatedocnum' },
      ).status,
    ).toBe(200);
  });

  it('honour explicit tax and refuse closed books', () => {
    const taxed = newInvoice({
      Line: [{ ...line(100), SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, TaxCodeRef: { value: 'TAX' } } }],
      TxnTaxDetail: { TotalTax: 8.25 },
    });
    expect(taxed.body['Invoice']).toMatchObject({ TotalAmt: 108.25, Balance: 108.25 });
    engine.books.saveSettings({ bookCloseDate: '2026-01-31' });
    expect(code(newInvoice({ TxnDate: '2026-01-31' }))).toBe('6210');
    expect(code(newInvoice({ TxnDate: '2026-02-01' }))).toBeUndefined();
  });

  it('lose nothing without a word: known members that are not modelled are refused', () => {
    expect(code(newInvoice({ Deposit: 5 }))).toBe('500');
    expect(code(newInvoice({ ShipFromAddr: { Line1: 'x' } }))).toBe('500');
    expect(code(newInvoice({ CustomField: [{ DefinitionId: '1', StringValue: 'x' }] }))).toBe('500');
    expect(
      code(newInvoice({ Line: [{ ...line(5), SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, DiscountAmt: 1 } }] })),
    ).toBe('500');
    const read = newInvoice({
      CustomerMemo: { value: 'Thanks' },
      BillAddr: { Line1: '1 Main St', City: 'Reno' },
      SalesTermRef: { value: seeded.terms['Net 15'] },
      TxnDate: '2026-03-01',
    }).body['Invoice'];
    expect(read).toMatchObject({
      DueDate: '2026-03-16',
      SalesTermRef: { name: 'Net 15' },
      CustomerMemo: { value: 'Thanks' },
      BillAddr: { Id: expect.any(String), City: 'Reno' },
    });
    expect(post('invoice', { ...read, sparse: true }).body['Invoice']).toEqual(read);
  });

  it('move from one customer to another with their debt', () => {
    const other = post('customer', { DisplayName: 'Contoso' }).body['Customer'];
    const invoice = newInvoice().body['Invoice'];
    expect(post('invoice', { Id: invoice.Id, SyncToken: '0', sparse: true, CustomerRef: { value: other.Id } }).status).toBe(200);
    expect(get(`customer/${other.Id}`).body['Customer'].Balance).toBe(100);
    expect(get(`customer/${seeded.customers['Northwind']}`).body['Customer'].Balance).toBe(0);
  });

  it('are voided as recorded, and not deleted twice', () => {
    const invoice = newInvoice({ PrivateNote: 'trueup:abc' }).body['Invoice'];
    const voided = post('invoice', { Id: invoice.Id, SyncToken: '0' }, { operation: 'void' }).body['Invoice'];
    expect(voided).toMatchObject({ SyncToken: '1', PrivateNote: 'Voided - trueup:abc', TotalAmt: 0, Balance: 0 });
    const gone = post('invoice', { Id: invoice.Id, SyncToken: '1' }, { operation: 'delete' });
    expect(gone.body['Invoice']).toEqual({ domain: 'QBO', status: 'Deleted', Id: invoice.Id });
    expect(code(get(`invoice/${invoice.Id}`))).toBe('610');
    expect(trialBalance()).toBe(0);
  });

  it('keep token and time when a sparse update changes nothing, and refuse a stale token', () => {
    const invoice = newInvoice().body['Invoice'];
    const same = post('invoice', { Id: invoice.Id, SyncToken: '0', sparse: true, PrivateNote: '' }).body['Invoice'];
    expect(same).toEqual(invoice);
    const noted = post('invoice', { ...invoice, sparse: true, PrivateNote: 'x' }).body['Invoice'];
    expect(noted).toMatchObject({ SyncToken: '1', PrivateNote: 'x', Line: invoice.Line });
    expect(code(post('invoice', { Id: invoice.Id, SyncToken: '0', sparse: true, PrivateNote: 'y' }))).toBe('5010');
    const full = post('invoice', { Id: invoice.Id, SyncToken: '1', CustomerRef: invoice.CustomerRef, Line: [line(50)] }).body['Invoice'];
    expect(full.Line[0].Id).toBe('2');
    expect(full.PrivateNote).toBeUndefined();
    expect(engine.ledger.receivable(seeded.customers['Northwind']!, 'USD').amount).toBe(5000);
  });
});

describe('payments', () => {
  const pay = (invoice: Body, total: number, over: Body = {}) =>
    post('payment', {
      CustomerRef: invoice['CustomerRef'],
      TotalAmt: total,
      Line: [{ Amount: total, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] }],
      ...over,
    });

  it('settle invoices, move their token, and come back with the links', () => {
    const invoice = newInvoice().body['Invoice'];
    const { body } = pay(invoice, 60);
    expect(body['Payment']).toMatchObject({
      TotalAmt: 60,
      UnappliedAmt: 0,
      DepositToAccountRef: { value: seeded.accounts['Undeposited Funds'] },
      ProcessPayment: false,
    });
    expect(get(`invoice/${invoice.Id}`).body['Invoice']).toMatchObject({
      SyncToken: '1',
      Balance: 40,
      LinkedTxn: [{ TxnId: body['Payment'].Id, TxnType: 'Payment' }],
    });
    expect(get(`customer/${invoice.CustomerRef.value}`).body['Customer']).toMatchObject({ SyncToken: '0', Balance: 40 });
    expect(code(pay(invoice, 41))).toBe('6000');
    expect(code(post('invoice', { Id: invoice.Id, SyncToken: '1' }, { operation: 'void' }))).toBe('6000');
    const voided = post('payment', { Id: body['Payment'].Id, SyncToken: '0', sparse: true }, { operation: 'update', include: 'void' }).body[
      'Payment'
    ];
    expect(voided).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0, PrivateNote: 'Voided', Line: [] });
    expect(get(`invoice/${invoice.Id}`).body['Invoice']).toMatchObject({ SyncToken: '2', Balance: 100, LinkedTxn: [] });
    expect(trialBalance()).toBe(0);
  });

  it('book exchange differences and clear the receivable to the cent', () => {
    const invoice = newInvoice({ CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.1 }, 'Berlin AG').body['Invoice'];
    const clearing = seeded.accounts['Stripe Clearing EUR'];
    expect(pay(invoice, 33.33, { CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.2, DepositToAccountRef: { value: clearing } }).status).toBe(
      200,
    );
    expect(
      pay(invoice, 66.67, { CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.05, DepositToAccountRef: { value: clearing } }).status,
    ).toBe(200);
    expect(engine.ledger.receivable(seeded.customers['Berlin AG']!, 'EUR')).toMatchObject({ amount: 0, home: 0 });
    expect(engine.ledger.balance(clearing!).own).toBe(10000);
    expect(trialBalance()).toBe(0);
    expect(code(pay(newInvoice().body['Invoice'], 10, { DepositToAccountRef: { value: clearing } }))).toBe('6000');
  });

  it('apply credit memos with a payment of nothing', () => {
    const invoice = newInvoice().body['Invoice'];
    const memo = post('creditmemo', { CustomerRef: invoice.CustomerRef, Line: [line(30)] }).body['CreditMemo'];
    const links = (Amount: number, TxnType: string, TxnId: string) => ({ Amount, LinkedTxn: [{ TxnId, TxnType }] });
    const { body } = post('payment', {
      CustomerRef: invoice.CustomerRef,
      TotalAmt: 0,
      Line: [links(30, 'Invoice', invoice.Id), links(30, 'CreditMemo', memo.Id)],
    });
    expect(body['Payment'].UnappliedAmt).toBe(0);
    expect(get(`invoice/${invoice.Id}`).body['Invoice'].Balance).toBe(70);
    expect(get(`creditmemo/${memo.Id}`).body['CreditMemo']).toMatchObject({ Balance: 0, RemainingCredit: 0 });
    expect(trialBalance()).toBe(0);
  });

  it('are locked once deposited', () => {
    const invoice = newInvoice().body['Invoice'];
    const payment = pay(invoice, 100).body['Payment'];
    const deposit = (extra: Body) =>
      post('deposit', {
        DepositToAccountRef: { value: seeded.accounts['Checking'] },
        Line: [
          { Amount: 100, LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment', TxnLineId: '0' }], ...extra },
          { Amount: -3.2, DetailType: 'DepositLineDetail', DepositLineDetail: { AccountRef: { value: seeded.accounts['Stripe Fees'] } } },
        ],
      });
    expect(code(deposit({ DetailType: 'DepositLineDetail' }))).toBe('2020');
    expect(deposit({}).body['Deposit'].TotalAmt).toBe(96.8);
    expect(get(`payment/${payment.Id}`).body['Payment']).toMatchObject({ SyncToken: '0', LinkedTxn: [{ TxnType: 'Deposit' }] });
    expect(code(post('payment', { Id: payment.Id, SyncToken: '0', sparse: true, TotalAmt: 90 }))).toBe('6540');
    expect(get(`account/${seeded.accounts['Checking']}`).body['Account'].CurrentBalance).toBe(96.8);
    expect(engine.ledger.balance(seeded.accounts['Undeposited Funds']!).own).toBe(0);
  });
});

describe('names and lists', () => {
  it('share one name space, keep names of the inactive, refuse colons and long names', () => {
    expect(code(post('customer', { DisplayName: 'NORTHWIND' }))).toBe('6240');
    expect(code(post('vendor', { DisplayName: 'Northwind' }))).toBe('6240');
    expect(code(post('customer', { DisplayName: 'a:b' }))).toBe('2040');
    expect(code(post('customer', { DisplayName: 'x'.repeat(501) }))).toBe('2050');
    expect(code(post('customer', { DisplayName: 'x', PrimaryEmailAddr: { Address: 'nobody' } }))).toBe('2210');
    expect(code(post('customer', {}))).toBe('6080');
    const gone = post('customer', { Id: seeded.customers['Northwind'], SyncToken: '0', sparse: true, Active: false }).body['Customer'];
    expect(gone).toMatchObject({ Active: false, DisplayName: 'Northwind (deleted)' });
    expect(code(post('customer', { DisplayName: 'Northwind' }))).toBe('6240');
    expect(code(newInvoice())).toBe('2500');
    expect(code(post('customer', { Id: seeded.customers['Berlin AG'], SyncToken: '0', sparse: true, CurrencyRef: { value: 'USD' } }))).toBe(
      '6000',
    );
  });
});

describe('the rest of the road', () => {
  it('replays a request id', () => {
    const body = { CustomerRef: { value: seeded.customers['Northwind'] }, Line: [line(5)] };
    const first = post('invoice', body, { requestid: 'inv-1' });
    expect(post('invoice', body, { requestid: 'inv-1' }).body).toEqual(first.body);
    expect(get('query', { query: 'select count(*) from Invoice' }).body['QueryResponse']).toEqual({ totalCount: 1 });
    expect(code(post('invoice', body, { requestid: 'x'.repeat(51) }))).toBe('2130');
  });

  it('runs a batch with a fault of its own in HTTP 200', () => {
    const reply = post('batch', {
      BatchItemRequest: [
        { bId: '1', operation: 'create', Vendor: { DisplayName: 'Boraski Family Store' } },
        { bId: '2', operation: 'delete', Invoice: { Id: '129', SyncToken: '0' } },
        { bId: '3', Query: "select * from Vendor where DisplayName = 'Boraski Family Store'" },
      ],
    });
    expect(reply.status).toBe(200);
    expect(
      reply.body['BatchItemResponse'].map((item: Body) => [item['bId'], item['Fault']?.Error[0].code ?? Object.keys(item)[0]]),
    ).toEqual([
      ['1', 'Vendor'],
      ['2', '610'],
      ['3', 'QueryResponse'],
    ]);
    expect(reply.body['BatchItemResponse'][2].QueryResponse).toEqual({});
    const vendors = (bIds: string[], requestid: string) =>
      post('batch', { BatchItemRequest: bIds.map((bId) => ({ bId, operation: 'create', Vendor: { DisplayName: bId } })) }, { requestid });
    const named = vendors(['short', 'x'.repeat(36)], 'r'.repeat(32)).body['BatchItemResponse'];
    expect([named[0].Vendor.DisplayName, named[1].Fault.Error[0].code]).toEqual(['short', '6000']);
    expect(named[1].Fault.Error[0].Detail).toContain('You tried entering rrrrrrrrrr..., which is 68 characters.');
    expect(vendors(['short', 'other'], 'r'.repeat(32)).body['BatchItemResponse']).toEqual(named);
    expect(code(vendors(['a'], 'r'.repeat(37)))).toBe('2130');
    expect(code(vendors(['a', 'a'], 'twice'))).toBe('500');
    expect(
      code(
        post('batch', {
          BatchItemRequest: Array.from({ length: 31 }, (_, index) => ({ bId: String(index), Query: 'select * from Item' })),
        }),
      ),
    ).toBe('1040');
  });

  it('tells what changed, deleted documents as tombstones', () => {
    const before = new Date().toISOString();
    const kept = newInvoice().body['Invoice'];
    const gone = newInvoice().body['Invoice'];
    post('invoice', { Id: gone.Id, SyncToken: '0' }, { operation: 'delete' });
    const [invoices, payments] = get('cdc', { entities: 'Invoice,Payment', changedSince: before }).body['CDCResponse'][0].QueryResponse;
    expect(invoices.Invoice.map((entry: Body) => [entry['Id'], entry['status']])).toEqual([
      [kept.Id, undefined],
      [gone.Id, 'Deleted'],
    ]);
    expect(payments).toEqual({});
  });

  it('refuses what it does not know, loudly and counted', () => {
    const reply = get('customer/1/5');
    expect([reply.status, code(reply)]).toEqual([400, '500']);
    expect(code(get('invoice/1.5'))).toBe('2030');
    expect(code(get('estimate/1'))).toBe('500');
    expect(engine.coverage.refusals().length).toBeGreaterThan(0);
  });

  it('moves money between accounts, by journal and as expense, and balances', () => {
    const { accounts } = seeded;
    expect(
      post('transfer', {
        FromAccountRef: { value: accounts['Stripe Clearing USD'] },
        ToAccountRef: { value: accounts['Checking'] },
        Amount: 50,
      }).status,
    ).toBe(200);
    expect(
      post('transfer', {
        FromAccountRef: { value: accounts['Stripe Clearing EUR'] },
        ToAccountRef: { value: accounts['Checking'] },
        Amount: 10,
        ExchangeRate: 1.07,
      }).status,
    ).toBe(200);
    const side = (PostingType: string, account: string, Amount: number) => ({
      Amount,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: { PostingType, AccountRef: { value: accounts[account] } },
    });
    expect(code(post('journalentry', { Line: [side('Debit', 'Stripe Fees', 5), side('Credit', 'Checking', 4)] }))).toBe('2300');
    expect(post('journalentry', { Line: [side('Debit', 'Stripe Fees', 5), side('Credit', 'Checking', 5)] }).status).toBe(200);
    expect(
      post('purchase', {
        PaymentType: 'Cash',
        AccountRef: { value: accounts['Checking'] },
        Line: [
          {
            Amount: 7,
            DetailType: 'AccountBasedExpenseLineDetail',
            AccountBasedExpenseLineDetail: { AccountRef: { value: accounts['Office Expenses'] } },
          },
        ],
      }).status,
    ).toBe(200);
    expect(post('salesreceipt', { Line: [line(20)] }).status).toBe(200);
    expect(post('refundreceipt', { Line: [line(20)], DepositToAccountRef: { value: accounts['Checking'] } }).status).toBe(200);
    expect(trialBalance()).toBe(0);
    expect(engine.ledger.balance(accounts['Checking']!).own).toBe(5000 + 1070 - 500 - 700 - 2000);
  });

  it('makes a PDF and marks what was sent', () => {
    const { Id } = newInvoice().body['Invoice'];
    const pdf = engine.request('GET', `${base}/invoice/${Id}/pdf`);
    expect([pdf.headers['content-type'], (pdf.body as Buffer).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    expect(code(post(`invoice/${Id}/send`, ''))).toBe('2020');
    expect(post(`invoice/${Id}/send`, '', { sendTo: 'a@b.example' }).body['Invoice']).toMatchObject({
      EmailStatus: 'EmailSent',
      SyncToken: '0',
      BillEmail: { Address: 'a@b.example' },
    });
  });
});
