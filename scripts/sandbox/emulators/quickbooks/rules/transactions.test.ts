// Journals on receivables, expenses, foreign deposits, classes and locations.
import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../core/clock.ts';
import { openStore } from '../../core/store.ts';
import { createQuickbooksEngine } from '../engine.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { seedQuickbooks } from '../seed.ts';
import type { Seeded } from '../seed.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes are what is tested
type Body = Record<string, any>;
let engine: QuickbooksEngine;
let seeded: Seeded;

const post = (entity: string, body: Body, query: Record<string, string> = {}) =>
  engine.request('POST', `/v3/company/${engine.realmId}/${entity}`, query, body) as {
    status: number;
    body: Body;
    headers: Record<string, string>;
  };
const code = (reply: { body: Body }) => reply.body['Fault']?.Error[0].code;
const isMarked = (reply: { headers: Record<string, string> }) => reply.headers['x-sandbox-not-modelled'] === 'true';
const account = (name: string) => ({ value: seeded.accounts[name] });
const customer = (name: string) => ({ value: seeded.customers[name] });
const sale = (amount: number, detail: Body = {}) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, ...detail },
});
const balanceOf = (name: string) => engine.books.get('Customer', seeded.customers[name]!)!['Balance'];
const difference = () => engine.ledger.trialBalance().reduce((sum, { home }) => sum + home, 0);

beforeEach(() => {
  engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
  seeded = seedQuickbooks(engine, {
    items: [{ name: 'Consulting', incomeAccount: 'Services' }],
    customers: [{ displayName: 'Northwind' }, { displayName: 'Berlin AG', currency: 'EUR' }],
  });
});

describe('a journal entry', () => {
  const side = (PostingType: string, AccountRef: Body, Amount: number, over: Body = {}) => ({
    Amount,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef, ...over },
  });
  const receivable = () => account('Accounts Receivable (A/R)');

  it('changes what a customer owes, and takes it back when changed or deleted', () => {
    expect(code(post('journalentry', { Line: [side('Debit', receivable(), 5), side('Credit', account('Checking'), 5)] }))).toBe('6000');
    const Entity = { Type: 'Customer', EntityRef: customer('Northwind') };
    const made = post('journalentry', {
      Line: [side('Debit', receivable(), 5, { Entity }), side('Credit', account('Checking'), 5)],
    }).body['JournalEntry'];
    expect(made.Line[0].JournalEntryLineDetail.Entity.EntityRef).toEqual({ ...customer('Northwind'), name: 'Northwind' });
    expect(balanceOf('Northwind')).toBe(5);
    const changed = post('journalentry', {
      Id: made.Id,
      SyncToken: '0',
      Line: [side('Debit', receivable(), 8, { Entity }), side('Credit', account('Checking'), 8)],
    }).body['JournalEntry'];
    expect(balanceOf('Northwind')).toBe(8);
    post('journalentry', { Id: made.Id, SyncToken: changed.SyncToken }, { operation: 'delete' });
    expect(balanceOf('Northwind')).toBe(0);
    expect(engine.ledger.trialBalance()).toEqual([]);
  });

  it('refuses customers of another currency, and payables', () => {
    const Entity = { Type: 'Customer', EntityRef: customer('Berlin AG') };
    expect(code(post('journalentry', { Line: [side('Debit', receivable(), 5, { Entity }), side('Credit', account('Checking'), 5)] }))).toBe(
      '6000',
    );
    expect(
      isMarked(
        post('journalentry', { Line: [side('Debit', account('Accounts Payable (A/P)'), 5), side('Credit', account('Checking'), 5)] }),
      ),
    ).toBe(true);
  });
});

describe('an expense', () => {
  const line = (amount: number, over: Body = {}) => ({
    Amount: amount,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: { AccountRef: account('Stripe Fees'), ...over },
  });

  it('is paid in the currency of its account, to somebody who is there', () => {
    const vendor = engine.write('Vendor', { DisplayName: 'Stripe' }).Id;
    const made = post('purchase', {
      PaymentType: 'Cash',
      AccountRef: account('Stripe Clearing EUR'),
      ExchangeRate: 1.1,
      EntityRef: { value: vendor, type: 'Vendor' },
      Line: [line(10)],
    });
    expect(made.body['Purchase']).toMatchObject({
      CurrencyRef: { value: 'EUR' },
      EntityRef: { value: vendor, name: 'Stripe', type: 'Vendor' },
      TotalAmt: 10,
    });
    expect(engine.ledger.balance(seeded.accounts['Stripe Fees']!).home).toBe(1100);
    expect(engine.ledger.balance(seeded.accounts['Stripe Clearing EUR']!).own).toBe(-1000);
    const { Id } = made.body['Purchase'];
    expect(post('purchase', { Id, SyncToken: '0', sparse: true }, { operation: 'update', include: 'void' }).body['Purchase'].TotalAmt).toBe(
      0,
    );
    expect(engine.ledger.trialBalance()).toEqual([]);
    expect(code(post('purchase', { Id, SyncToken: '1', sparse: true, PrivateNote: 'again' }))).toBe('6000');
  });

  it('is refused from accounts that cannot pay it, with unknown parties and duplicate numbers', () => {
    const base = { AccountRef: account('Checking'), Line: [line(1)] };
    expect(code(post('purchase', { ...base, PaymentType: 'CreditCard' }))).toBe('6000');
    expect(code(post('purchase', { ...base, PaymentType: 'Check', Credit: true }))).toBe('6000');
    expect(code(post('purchase', { ...base, PaymentType: 'Check', EntityRef: { value: '999', type: 'Vendor' } }))).toBe('2500');
    expect(post('purchase', { ...base, PaymentType: 'Check', DocNumber: 'E-1' }).status).toBe(200);
    expect(code(post('purchase', { ...base, PaymentType: 'Check', DocNumber: 'E-1' }))).toBe('6140');
    const card = post('purchase', { ...base, PaymentType: 'CreditCard', AccountRef: account('Mastercard'), Credit: true });
    expect(card.status).toBe(200);
    expect(engine.ledger.balance(seeded.accounts['Mastercard']!).home).toBe(100);
    expect(difference()).toBe(0);
  });
});

describe('a deposit', () => {
  it('takes foreign payments at their own rate and realises the difference', () => {
    const payment = post('payment', {
      CustomerRef: customer('Berlin AG'),
      CurrencyRef: { value: 'EUR' },
      ExchangeRate: 1.1,
      TotalAmt: 100,
    }).body['Payment'];
    const link = { Amount: 100, LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment', TxnLineId: '0' }] };
    expect(code(post('deposit', { DepositToAccountRef: account('Checking'), Line: [link] }))).toBe('6000');
    const made = post('deposit', {
      DepositToAccountRef: account('Stripe Clearing EUR'),
      CurrencyRef: { value: 'EUR' },
      ExchangeRate: 1.2,
      Line: [link],
    });
    expect(made.status).toBe(200);
    expect(engine.ledger.balance(engine.accounts.undepositedFunds().Id).home).toBe(0);
    expect(engine.ledger.balance(seeded.accounts['Exchange Gain or Loss']!).home).toBe(-1000);
    expect(engine.books.get('Payment', payment.Id)!['LinkedTxn']).toEqual([{ TxnId: made.body['Deposit'].Id, TxnType: 'Deposit' }]);
    expect(code(post('payment', { Id: payment.Id, SyncToken: '0' }, { operation: 'delete' }))).toBe('6540');
    post('deposit', { Id: made.body['Deposit'].Id, SyncToken: '0' }, { operation: 'delete' });
    expect(engine.books.get('Payment', payment.Id)!['LinkedTxn']).toEqual([]);
    expect(difference()).toBe(0);
  });
});

describe('classes and locations', () => {
  it('are kept where the company tracks them, and refused elsewhere', () => {
    const ClassRef = { value: engine.write('Class', { Name: 'East' }).Id };
    const DepartmentRef = { value: engine.write('Department', { Name: 'Shop' }).Id };
    const invoice = (over: Body, detail: Body = {}) =>
      post('invoice', { CustomerRef: customer('Northwind'), Line: [sale(10, detail)], ...over });
    for (const over of [{ ClassRef }, { DepartmentRef }]) expect(isMarked(invoice(over))).toBe(true);
    expect(isMarked(invoice({}, { ClassRef }))).toBe(true);
    engine.books.saveSettings({ classTrackingPerTxn: true, trackDepartments: true });
    const made = invoice({ ClassRef, DepartmentRef }).body['Invoice'];
    expect(made).toMatchObject({ ClassRef: { ...ClassRef, name: 'East' }, DepartmentRef: { ...DepartmentRef, name: 'Shop' } });
    expect(isMarked(invoice({}, { ClassRef }))).toBe(true);
    engine.books.saveSettings({ classTrackingPerTxn: false, classTrackingPerTxnLine: true });
    expect(invoice({}, { ClassRef }).body['Invoice'].Line[0].SalesItemLineDetail.ClassRef).toEqual({ ...ClassRef, name: 'East' });
    // What a document has already stays.
    expect(post('invoice', { Id: made.Id, SyncToken: '0', sparse: true, PrivateNote: 'x' }).status).toBe(200);
    expect(code(invoice({ ClassRef: { value: '99' } }))).toBe('2500');
  });
});
