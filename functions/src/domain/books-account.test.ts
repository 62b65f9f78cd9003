import { expect, test } from 'vitest';
import { createWorld } from '../adapters/memory/world.ts';
import { booksAccount, type BooksAccount, type BooksView } from './books-account.ts';
import { exchangeRate } from './exchange-rate.ts';

const { company } = createWorld().org;
const account = (id: string, name: string, type = 'Bank', currency: string | null = 'USD', active = true) => ({
  id,
  name,
  type,
  currency,
  active,
});
const books = (...accounts: BooksView['accounts']): BooksView => ({ homeCurrency: 'USD', accounts });
const find = (view: BooksView, which: BooksAccount, currency = 'USD') => {
  const found = booksAccount(company, view, which, currency);
  return found.outcome === 'done' ? found.value : found.problem.message;
};

test('accounts are found by the names of the company, the currency behind it where it is foreign', () => {
  const view = books(
    account('1', 'checking'),
    account('2', 'Checking EUR', 'Bank', 'EUR'),
    account('3', 'Stripe Fees', 'Expense'),
    account('4', 'Stripe Clearing EUR', 'Bank', 'EUR'),
  );
  expect(find(view, 'payouts')).toBe('1');
  expect(find(view, 'payouts', 'EUR')).toBe('2');
  expect(find(view, 'fees', 'EUR')).toBe('3');
  expect(find(view, 'clearing', 'EUR')).toBe('4');
});

test('one that is missing, inactive or kept in another currency is named, never replaced', () => {
  const view = books(account('1', 'Checking', 'Bank', 'USD', false), account('2', 'Checking EUR', 'Bank', 'USD'));
  expect(find(view, 'payouts')).toContain('"Checking"');
  expect(find(view, 'payouts', 'EUR')).toContain('"Checking EUR"');
  expect(find(view, 'clearing')).toContain('"Stripe Clearing USD"');
  const unset = booksAccount({ ...company, feeAccount: null }, view, 'fees', 'USD');
  expect(unset).toMatchObject({
    outcome: 'rejected',
    problem: { code: 'account-missing', message: expect.stringContaining('Fee Account') },
  });
});

test('receivables are told by type and currency, and only where there is no choice', () => {
  const one = account('1', 'A/R', 'Accounts Receivable');
  expect(find(books(one, account('2', 'A/R - EUR', 'Accounts Receivable', 'EUR')), 'receivable', 'EUR')).toBe('2');
  expect(find(books(one, account('3', 'Old A/R', 'Accounts Receivable', null)), 'receivable')).toContain('several');
  expect(find(books(one), 'receivable', 'EUR')).toContain('for receivables');
});

test('the rate is what Stripe settled, whatever the places of both currencies', () => {
  expect(exchangeRate({ minor: 10_800, currency: 'USD' }, { minor: 10_000, currency: 'EUR' })).toBe('1.08');
  expect(exchangeRate({ minor: 3_618, currency: 'USD' }, { minor: 5_400, currency: 'JPY' })).toBe('0.0067');
  expect(exchangeRate({ minor: -4_000, currency: 'USD' }, { minor: 12_340, currency: 'KWD' })).toBe('3.2414910859');
  expect(exchangeRate({ minor: 1, currency: 'USD' }, { minor: 0, currency: 'EUR' })).toBeNull();
});
