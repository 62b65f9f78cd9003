// Random business over one company: after every step debits equal credits, and receivables equal the open documents.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../core/clock.ts';
import { openStore } from '../../core/store.ts';
import { createQuickbooksEngine } from '../engine.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { refId, TRANSACTIONS } from '../entities.ts';
import type { Draft, Entity, Line, TransactionName } from '../entities.ts';
import { QuickbooksFault } from '../errors.ts';
import { fromMinor, toMinor } from '../money.ts';
import { seedQuickbooks } from '../seed.ts';
import type { Seeded } from '../seed.ts';

type Step =
  | { do: 'invoice' | 'credit' | 'receipt' | 'refund'; customer: number; amounts: number[]; tax: number; rate: number }
  | { do: 'pay'; pick: number; share: number; extra: number; rate: number; credit: boolean }
  | { do: 'void' | 'delete'; type: TransactionName; pick: number }
  | { do: 'change'; pick: number; amount: number; rate: number }
  | { do: 'rate'; pick: number; rate: number }
  | { do: 'repay'; pick: number; share: number; rate: number }
  | { do: 'recredit'; pick: number; amount: number }
  | { do: 'journal'; customer: number; amount: number; rate: number; side: 'Debit' | 'Credit'; receivable: boolean }
  | { do: 'expense'; currency: number; amount: number; rate: number; card: boolean; credit: boolean }
  | { do: 'merge' }
  | { do: 'deposit'; rate: number; pick: number; fee: number }
  | { do: 'transfer'; currency: number; amount: number; rate: number };

const KINDS: Step['do'][] = [
  'invoice',
  'credit',
  'receipt',
  'refund',
  'pay',
  'void',
  'delete',
  'change',
  'rate',
  'repay',
  'recredit',
  'journal',
  'expense',
  'deposit',
  'transfer',
];
const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'];
const cents = fc.integer({ min: 0, max: 5_000_000 });
const rate = fc.integer({ min: 1, max: 40_000 }).map((value) => value / 10_000);
const pick = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('invoice' as const, 'invoice' as const, 'credit' as const, 'receipt' as const, 'refund' as const),
      customer: fc.nat(3),
      amounts: fc.array(fc.integer({ min: -100_000, max: 5_000_000 }), { minLength: 1, maxLength: 6 }),
      tax: fc.nat(10_000),
      rate,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      pick,
      share: fc.constantFrom(0.1, 1 / 3, 0.5, 1, 1),
      extra: fc.constantFrom(0, 0, 1, 500),
      rate,
      credit: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('void' as const, 'delete' as const),
      type: fc.constantFrom(...TRANSACTIONS),
      pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), pick, amount: cents, rate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rate' as const), pick, rate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repay' as const), pick, share: fc.constantFrom(0, 0.3, 1), rate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recredit' as const), pick, amount: cents }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('journal' as const),
      customer: fc.nat(3),
      amount: cents,
      rate,
      side: fc.constantFrom('Debit' as const, 'Credit' as const),
      receivable: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('expense' as const),
      currency: fc.nat(3),
      amount: cents,
      rate,
      card: fc.boolean(),
      credit: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deposit' as const), rate, pick, fee: fc.nat(500) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('transfer' as const), currency: fc.nat(3), amount: cents, rate }) },
);

function run(engine: QuickbooksEngine, seeded: Seeded, each: Step): void {
  const all = (entity: TransactionName) =>
    engine.books
      .rows(entity)
      .all()
      .map((row) => row.body);
  const one = (list: Entity[], index: number) => list[index % Math.max(list.length, 1)];
  const line = (amount: number, taxCode: string): Line => ({
    Amount: fromMinor(amount),
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] }, TaxCodeRef: { value: taxCode } },
  });
  const money = (entity: Entity, exchangeRate: number): Draft => ({
    CustomerRef: entity['CustomerRef'],
    CurrencyRef: entity['CurrencyRef'],
    ...(refId(entity['CurrencyRef']) === 'USD' ? {} : { ExchangeRate: exchangeRate }),
  });
  switch (each.do) {
    case 'invoice':
    case 'credit':
    case 'receipt':
    case 'refund': {
      const currency = CURRENCIES[each.customer]!;
      const entity = ({ invoice: 'Invoice', credit: 'CreditMemo', receipt: 'SalesReceipt', refund: 'RefundReceipt' } as const)[each.do];
      const undeposited = { value: seeded.accounts['Undeposited Funds'] };
      engine.write(entity, {
        ...(entity === 'RefundReceipt' ? { DepositToAccountRef: undeposited } : {}),
        CustomerRef: { value: seeded.customers[each.amounts.length === 2 && currency === 'USD' ? 'Second USD' : `Customer ${currency}`] },
        CurrencyRef: { value: currency },
        ...(currency === 'USD' ? {} : { ExchangeRate: each.rate }),
        Line: each.amounts.map((amount) => line(amount, 'TAX')),
        TxnTaxDetail: { TotalTax: fromMinor(each.tax) },
      });
      return;
    }
    case 'pay': {
      const invoice = one(all('Invoice'), each.pick);
      if (!invoice) return;
      const applied = Math.floor(toMinor(invoice['Balance']) * each.share);
      const memo = each.credit
        ? all('CreditMemo').find(
            (candidate) => refId(candidate['CustomerRef']) === refId(invoice['CustomerRef']) && Number(candidate['Balance']) > 0,
          )
        : undefined;
      const credit = memo ? Math.min(applied, toMinor(memo['Balance'])) : 0;
      const link = (amount: number, TxnType: string, TxnId: string) => ({ Amount: fromMinor(amount), LinkedTxn: [{ TxnType, TxnId }] });
      engine.write('Payment', {
        ...money(invoice, each.rate),
        TotalAmt: fromMinor(applied - credit + each.extra),
        Line: [link(applied, 'Invoice', invoice.Id), ...(memo ? [link(credit, 'CreditMemo', memo.Id)] : [])],
      });
      return;
    }
    case 'void':
    case 'delete': {
      const target = one(all(each.type), each.pick);
      if (target) engine.write(each.type, { Id: target.Id, SyncToken: target.SyncToken }, each.do);
      return;
    }
    case 'change': {
      const invoice = one(all('Invoice'), each.pick);
      if (invoice)
        engine.write('Invoice', {
          ...money(invoice, each.rate),
          Id: invoice.Id,
          SyncToken: invoice.SyncToken,
          sparse: true,
          Line: [line(each.amount, 'NON')],
          TxnTaxDetail: { TotalTax: 0 },
        });
      return;
    }
    case 'rate': {
      const invoice = one(
        all('Invoice').filter((candidate) => refId(candidate['CurrencyRef']) !== 'USD'),
        each.pick,
      );
      if (invoice) engine.write('Invoice', { Id: invoice.Id, SyncToken: invoice.SyncToken, sparse: true, ExchangeRate: each.rate });
      return;
    }
    case 'deposit': {
      const type = (['Payment', 'SalesReceipt', 'RefundReceipt'] as const)[each.pick % 3]!;
      const payment = one(all(type), each.pick);
      if (!payment) return;
      const currency = refId(payment['CurrencyRef'])!;
      const sign = type === 'RefundReceipt' ? -1 : 1;
      engine.write('Deposit', {
        DepositToAccountRef: { value: seeded.accounts[`Stripe Clearing ${currency}`] },
        CurrencyRef: { value: currency },
        ...(currency === 'USD' ? {} : { ExchangeRate: each.rate }),
        Line: [
          { Amount: sign * Number(payment['TotalAmt']), LinkedTxn: [{ TxnId: payment.Id, TxnType: type, TxnLineId: '0' }] },
          {
            Amount: -fromMinor(each.fee),
            DetailType: 'DepositLineDetail',
            DepositLineDetail: { AccountRef: { value: seeded.accounts['Stripe Fees'] } },
          },
        ],
      });
      return;
    }
    case 'repay': {
      const payment = one(all('Payment'), each.pick);
      const [first] = (payment?.['Line'] ?? []) as Line[];
      if (!payment || !first) return;
      const amount = Math.floor(toMinor(first.Amount) * each.share);
      const { Id, SyncToken } = payment;
      engine.write('Payment', {
        ...money(payment, each.rate),
        Id,
        SyncToken,
        sparse: true,
        Line: [{ ...first, Amount: fromMinor(amount) }],
      });
      return;
    }
    case 'recredit': {
      const memo = one(all('CreditMemo'), each.pick);
      if (memo)
        engine.write('CreditMemo', {
          Id: memo.Id,
          SyncToken: memo.SyncToken,
          sparse: true,
          Line: [line(each.amount, 'NON')],
          TxnTaxDetail: { TotalTax: 0 },
        });
      return;
    }
    case 'journal': {
      const currency = CURRENCIES[each.customer]!;
      const side = (PostingType: string, account: string, over: Draft = {}): Line => ({
        Amount: fromMinor(each.amount),
        DetailType: 'JournalEntryLineDetail',
        JournalEntryLineDetail: { PostingType, AccountRef: { value: account }, ...over },
      });
      const Entity = { Type: 'Customer', EntityRef: { value: seeded.customers[`Customer ${currency}`] } };
      const other = each.side === 'Debit' ? 'Credit' : 'Debit';
      const receivable = engine.accounts.receivable(currency).Id;
      engine.write('JournalEntry', {
        CurrencyRef: { value: currency },
        ...(currency === 'USD' ? {} : { ExchangeRate: each.rate }),
        Line: [
          each.receivable ? side(each.side, receivable, { Entity }) : side(each.side, seeded.accounts['Checking']!),
          side(other, seeded.accounts['Bad debts']!),
        ],
      });
      return;
    }
    case 'expense': {
      const currency = CURRENCIES[each.currency]!;
      engine.write('Purchase', {
        PaymentType: each.card ? 'CreditCard' : 'Cash',
        Credit: each.credit,
        AccountRef: { value: seeded.accounts[each.card ? 'Mastercard' : `Stripe Clearing ${currency}`] },
        ...(currency === 'USD' || each.card ? {} : { ExchangeRate: each.rate }),
        Line: [
          {
            Amount: fromMinor(each.amount),
            DetailType: 'AccountBasedExpenseLineDetail',
            AccountBasedExpenseLineDetail: { AccountRef: { value: seeded.accounts['Stripe Fees'] } },
          },
        ],
      });
      return;
    }
    case 'merge':
      engine.merge(seeded.customers['Second USD']!, seeded.customers['Customer USD']!);
      return;
    case 'transfer': {
      const currency = CURRENCIES[each.currency]!;
      engine.write('Transfer', {
        FromAccountRef: { value: seeded.accounts[`Stripe Clearing ${currency}`] },
        ToAccountRef: { value: seeded.accounts['Checking'] },
        Amount: fromMinor(each.amount),
        ...(currency === 'USD' ? {} : { ExchangeRate: each.rate }),
      });
    }
  }
}

/** What the documents say a customer owes, in hundredths. */
function openOf(engine: QuickbooksEngine, customer: string): number {
  const sum = (entity: 'Invoice' | 'CreditMemo' | 'Payment', member: string) =>
    engine.books
      .rows(entity)
      .where({ customer })
      .reduce((total, row) => total + toMinor(row.body[member] ?? 0), 0);
  return sum('Invoice', 'Balance') - sum('CreditMemo', 'Balance') - sum('Payment', 'UnappliedAmt') + journalsOf(engine, customer);
}

/** What journal lines on receivables add, in hundredths. */
function journalsOf(engine: QuickbooksEngine, customer: string): number {
  const details = engine.books
    .rows('JournalEntry')
    .all()
    .flatMap(({ body }) =>
      (body['Line'] as Line[]).map((line) => ({ amount: toMinor(line.Amount), detail: line['JournalEntryLineDetail'] as Draft })),
    );
  return details
    .filter(({ detail }) => refId((detail['Entity'] as Draft | undefined)?.['EntityRef']) === customer)
    .reduce((sum, { amount, detail }) => sum + (detail['PostingType'] === 'Debit' ? amount : -amount), 0);
}

describe('the ledger', () => {
  it('balances after every operation, and receivables are the open documents', () => {
    const done = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
        const seeded = seedQuickbooks(engine, {
          items: [{ name: 'Consulting' }],
          customers: [...CURRENCIES.map((currency) => ({ displayName: `Customer ${currency}`, currency })), { displayName: 'Second USD' }],
        });
        for (const each of steps) {
          try {
            run(engine, seeded, each);
            done.set(each.do, (done.get(each.do) ?? 0) + 1);
          } catch (error) {
            if (!(error instanceof QuickbooksFault)) throw error;
          }
          expect(engine.ledger.trialBalance().reduce((sum, { home }) => sum + home, 0)).toBe(0);
          for (const { body } of engine.books.rows('Invoice').all()) if (Number(body['Balance']) === 0) expect(body['HomeBalance']).toBe(0);
          for (const { body } of engine.books.rows('Customer').all()) {
            const [customer, currency] = [body.Id, refId(body['CurrencyRef'])!];
            const owed = engine.ledger.receivable(customer, currency);
            expect(owed.amount).toBe(openOf(engine, customer));
            expect(toMinor(engine.books.get('Customer', customer)!['Balance'])).toBe(owed.amount);
            if (
              owed.amount === 0 &&
              engine.books.rows('JournalEntry').count() === 0 &&
              engine.books
                .rows('Payment')
                .where({ customer })
                .every((row) => Number(row.body['UnappliedAmt']) === 0) &&
              engine.books
                .rows('CreditMemo')
                .where({ customer })
                .every((row) => Number(row.body['Balance']) === 0)
            )
              expect(owed.home).toBe(0);
          }
        }
      }),
      { numRuns: 30, seed: 20261124 },
    );
    for (const kind of KINDS) expect([kind, (done.get(kind) ?? 0) > 5]).toEqual([kind, true]);
  });
});
