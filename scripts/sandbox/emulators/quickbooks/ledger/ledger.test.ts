// Random business over one company: after every step debits equal credits, and receivables equal the open documents.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../core/clock.ts';
import { openStore } from '../../core/store.ts';
import { createQuickbooksEngine } from '../engine.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { refId } from '../entities.ts';
import type { Draft, Entity, Line } from '../entities.ts';
import { QuickbooksFault } from '../errors.ts';
import { fromMinor, toMinor } from '../money.ts';
import { seedQuickbooks } from '../seed.ts';
import type { Seeded } from '../seed.ts';

type Step =
  | { do: 'invoice' | 'credit' | 'receipt'; customer: number; amounts: number[]; tax: number; rate: number }
  | { do: 'pay'; pick: number; share: number; extra: number; rate: number; credit: boolean }
  | { do: 'void' | 'delete'; type: 'Invoice' | 'Payment' | 'CreditMemo' | 'SalesReceipt' | 'Deposit'; pick: number }
  | { do: 'change'; pick: number; amount: number; rate: number }
  | { do: 'rate'; pick: number; rate: number }
  | { do: 'deposit'; pick: number; fee: number }
  | { do: 'transfer'; currency: number; amount: number; rate: number };

const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'];
const cents = fc.integer({ min: 0, max: 5_000_000 });
const rate = fc.integer({ min: 1, max: 40_000 }).map((value) => value / 10_000);
const pick = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('invoice' as const, 'credit' as const, 'receipt' as const),
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
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('void' as const, 'delete' as const),
      type: fc.constantFrom('Invoice' as const, 'Payment' as const, 'CreditMemo' as const, 'SalesReceipt' as const, 'Deposit' as const),
      pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), pick, amount: cents, rate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rate' as const), pick, rate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deposit' as const), pick, fee: fc.nat(500) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('transfer' as const), currency: fc.nat(3), amount: cents, rate }) },
);

function run(engine: QuickbooksEngine, seeded: Seeded, each: Step): void {
  const all = (entity: 'Invoice' | 'Payment' | 'CreditMemo' | 'SalesReceipt' | 'Deposit') =>
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
    case 'receipt': {
      const currency = CURRENCIES[each.customer]!;
      const entity = ({ invoice: 'Invoice', credit: 'CreditMemo', receipt: 'SalesReceipt' } as const)[each.do];
      engine.write(entity, {
        CustomerRef: { value: seeded.customers[`Customer ${currency}`] },
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
      const payment = one(
        all('Payment').filter((each) => refId(each['CurrencyRef']) === 'USD'),
        each.pick,
      );
      if (!payment) return;
      engine.write('Deposit', {
        DepositToAccountRef: { value: seeded.accounts['Checking'] },
        Line: [
          { Amount: payment['TotalAmt'], LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment', TxnLineId: '0' }] },
          {
            Amount: -fromMinor(each.fee),
            DetailType: 'DepositLineDetail',
            DepositLineDetail: { AccountRef: { value: seeded.accounts['Stripe Fees'] } },
          },
        ],
      });
      return;
    }
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
  return sum('Invoice', 'Balance') - sum('CreditMemo', 'Balance') - sum('Payment', 'UnappliedAmt');
}

describe('the ledger', () => {
  it('balances after every operation, and receivables are the open documents', () => {
    let done = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
        const seeded = seedQuickbooks(engine, {
          items: [{ name: 'Consulting' }],
          customers: CURRENCIES.map((currency) => ({ displayName: `Customer ${currency}`, currency })),
        });
        for (const each of steps) {
          try {
            run(engine, seeded, each);
            done += 1;
          } catch (error) {
            if (!(error instanceof QuickbooksFault)) throw error;
          }
          expect(engine.ledger.trialBalance().reduce((sum, { home }) => sum + home, 0)).toBe(0);
          for (const { body } of engine.books.rows('Invoice').all()) if (Number(body['Balance']) === 0) expect(body['HomeBalance']).toBe(0);
          for (const currency of CURRENCIES) {
            const customer = seeded.customers[`Customer ${currency}`]!;
            const owed = engine.ledger.receivable(customer, currency);
            expect(owed.amount).toBe(openOf(engine, customer));
            expect(toMinor(engine.books.get('Customer', customer)!['Balance'])).toBe(owed.amount);
            if (
              owed.amount === 0 &&
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
      { numRuns: 60, seed: 20261124 },
    );
    expect(done).toBeGreaterThan(400);
  });
});
