import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP } from '../adapters/memory/world.ts';
import { formatDecimal } from '../domain/decimal.ts';
import { issueInvoice } from './issue-invoice.ts';
import { registerWorkflows } from './workflows.ts';

const decimalText = (most: bigint, places: number) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: most }), fc.integer({ min: 0, max: places }))
    .map(([unscaled, scale]) => formatDecimal({ unscaled, scale }));

const line = fc.record({
  quantity: decimalText(99_999_999n, 7),
  unitPrice: decimalText(9_999_999_999n, 8),
  negative: fc.boolean(),
  discountPercent: fc.option(decimalText(9_999n, 2), { nil: null }),
});

const invoice = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
  taxRate: fc.option(
    fc.bigInt({ min: 0n, max: 25_000n }).map((unscaled) => formatDecimal({ unscaled, scale: 3 })),
    { nil: null },
  ),
  lines: fc.array(line, { minLength: 1, maxLength: 40 }),
});

/** All that preflight may refuse about amounts. */
const MAY_REFUSE = ['total-negative', 'below-minimum-charge', 'above-maximum-charge', 'amount-too-fine', 'amount-too-large'];

test('whatever the lines, the three systems hold the same invoice to the minor unit, or preflight says why not', async () => {
  await fc.assert(
    fc.asyncProperty(invoice, async ({ currency, taxRate, lines }) => {
      const world = createWorld(currency);
      registerWorkflows(world);
      Object.assign(world.org.company, taxRate === null ? {} : { taxEngine: 'Salesforce Rate', taxRate });
      const source = world.org.sources.get(OPPORTUNITY);
      if (!source) throw new Error('no source');
      source.lines = lines.map((each, index) => ({
        id: `00k${String(index).padStart(12, '0')}AAA`,
        productId: '01t000000000001AAA',
        productName: 'Rocket',
        productCode: 'RKT',
        description: null,
        quantity: each.quantity,
        unitPrice: each.negative && index > 0 ? `-${each.unitPrice}`.replace(/^-0$/, '0') : each.unitPrice,
        discountPercent: each.discountPercent,
        serviceDate: null,
        sortOrder: index,
      }));
      const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1 }, REP);
      if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
      if (reply.value.outcome === 'rejected') {
        const nothingToBill = source.lines.every((each) => each.quantity === '0');
        expect(
          nothingToBill || reply.value.problems.every((problem) => MAY_REFUSE.includes(problem.code)),
          JSON.stringify(reply.value.problems),
        ).toBe(true);
        return;
      }
      const [held, stripe, ledger] = [
        [...world.org.invoices.values()][0],
        [...world.payments.invoices.values()][0],
        [...world.ledger.invoices.values()][0],
      ];
      expect([stripe?.total, stripe?.tax, ledger?.total, ledger?.tax]).toEqual([held?.total, held?.tax, held?.total, held?.tax]);
      expect(stripe?.lines.map((each) => each.amount)).toEqual(held?.lines.map((each) => each.amount));
    }),
    { numRuns: 300 },
  );
});
