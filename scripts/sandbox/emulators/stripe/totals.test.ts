import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../core/index.ts';
import { createStripeEngine } from './engine.ts';
import { invoiceTotals, lineAmount, settle } from './totals.ts';

test('a line is rounded once, ties away from zero', () => {
  expect(lineAmount('1', '0.5')).toBe(1);
  expect(lineAmount('1', '-0.5')).toBe(-1);
  expect(lineAmount('3', '0.1')).toBe(0);
  expect(lineAmount('0.0000001', '99999999')).toBe(10);
  expect(lineAmount('1234567.1234567', '12.345678')).toBe(15_241_568);
});

const line = fc.record({
  amount: fc.integer({ min: -1_000_000, max: 10_000_000 }),
  taxes: fc.array(fc.record({ amount: fc.integer({ min: -100_000, max: 100_000 }), inclusive: fc.boolean() }), { maxLength: 3 }),
});

test('totals are sums, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const totals = invoiceTotals(lines);
      expect(totals.subtotal).toBe(lines.reduce((sum, { amount }) => sum + amount, 0));
      const taxes = lines.flatMap((one) => one.taxes).reduce((sum, { amount }) => sum + amount, 0);
      expect(totals.total - totals.total_excluding_tax).toBe(taxes);
      expect(invoiceTotals([...lines].reverse())).toEqual(totals);
    }),
  );
});

test('settling loses nothing: due plus what stays on the balance is total plus balance', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 200_000_000 }),
      fc.integer({ min: -50_000, max: 50_000 }),
      fc.constantFrom('usd', 'eur', 'jpy', 'kwd'),
      (total, balance, currency) => {
        const { amount_due, ending_balance } = settle(total, balance, currency);
        expect(amount_due + ending_balance).toBe(total + balance);
        expect(amount_due).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test('the engine without HTTP adds up as the arithmetic does', () => {
  const clock = createClock();
  const engine = createStripeEngine({ clock });
  const headers = { authorization: 'Bearer sk_test_sandbox' };
  const post = (path: string, params: Record<string, unknown>) =>
    engine.request('POST', path, params, headers).body as Record<string, never>;
  const customer = post('/v1/customers', { email: 'a@b.example' })['id'];
  fc.assert(
    fc.property(
      fc.array(fc.record({ quantity: fc.integer({ min: 0, max: 10 ** 9 }), price: fc.integer({ min: 0, max: 10 ** 8 }) }), {
        minLength: 1,
        maxLength: 20,
      }),
      (rows) => {
        const quantity = ({ quantity: units }: { quantity: number }) => (units / 1e7).toFixed(7);
        const price = ({ price: units }: { price: number }) => (units / 1e6).toFixed(6);
        const invoice = post('/v1/invoices', { customer, collection_method: 'send_invoice', days_until_due: 30, currency: 'usd' });
        const filled = post(`/v1/invoices/${invoice['id']}/add_lines`, {
          lines: rows.map((row) => ({
            description: 'x',
            quantity_decimal: quantity(row),
            price_data: { currency: 'usd', unit_amount_decimal: price(row), product_data: { name: 'x' } },
          })),
        });
        expect(filled['total']).toBe(rows.reduce((sum, row) => sum + lineAmount(quantity(row), price(row)), 0));
      },
    ),
    { numRuns: 25 },
  );
  engine.stop();
  clock.stop();
});
