import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const rate = (percentage: number, inclusive = false) =>
  t.stripe.taxRates.create({ display_name: 'Tax', inclusive, percentage, country: 'US', jurisdiction: 'CA' });

test('rates on a line, and the invoice’s rates for lines without', async () => {
  const [state, city] = [await rate(7.25), await rate(1)];
  const draft = await t.draft([], { default_tax_rates: [state.id] });
  const invoice = await t.stripe.invoices.addLines(draft.id, {
    lines: [
      { amount: 9_999, description: 'Default' },
      { amount: 10_000, description: 'Both', tax_rates: [state.id, city.id] },
      { amount: 1_000, description: 'Exempt', tax_amounts: [] },
      {
        amount: 2_000,
        description: 'Given',
        tax_amounts: [{ amount: 5, taxable_amount: 2_000, tax_rate_data: { display_name: 'X', inclusive: false, percentage: 0.25 } }],
      },
    ],
  });
  const taxes = invoice.lines.data.map((line) => line.taxes?.map((tax) => tax.amount));
  expect(taxes.slice(0, 2)).toEqual([[725], [725, 100]]);
  expect(taxes[3]).toEqual([5]);
  expect(invoice.default_tax_rates.map((one) => one.id)).toEqual([state.id]);
  const sum = taxes.flat().reduce<number>((total, amount) => total + (amount ?? 0), 0);
  expect(invoice.total).toBe(22_999 + sum);
  const less = await t.stripe.invoices.update(draft.id, { default_tax_rates: '' });
  expect(less.total).toBe(22_999 + 825 + 5);
});

test('inclusive rates lie within the amount', async () => {
  const vat = await rate(20, true);
  const invoice = await t.draft([{ amount: 12_000, description: 'Gross', tax_rates: [vat.id] }]);
  expect(invoice).toMatchObject({ subtotal: 12_000, total: 12_000, total_excluding_tax: 10_000 });
  expect(invoice.total_taxes).toMatchObject([{ amount: 2_000, tax_behavior: 'inclusive', taxable_amount: 10_000 }]);
});

test('rates are listed, changed and retired; a retired one is refused', async () => {
  const made = await rate(9.5);
  expect((await t.stripe.taxRates.list({ active: true, limit: 1 })).data[0]!.id).toBe(made.id);
  const changed = await t.stripe.taxRates.update(made.id, { active: false, display_name: 'Old', metadata: { a: 'b' } });
  expect(changed).toMatchObject({ active: false, display_name: 'Old', metadata: { a: 'b' }, percentage: 9.5 });
  await expect(t.draft([{ amount: 100, description: 'X', tax_rates: [made.id] }])).rejects.toThrow('inactive');
});
