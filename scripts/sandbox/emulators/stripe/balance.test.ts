import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../core/index.ts';
import { createStripeEngine } from './engine.ts';
import { closeDispute, isOpen, openDispute } from './disputes.ts';
import { failPayout } from './payouts.ts';
import { failRefund } from './refunds.ts';

interface Row {
  amount: number;
  fee: number;
  net: number;
  currency: string;
  type: string;
  fee_details: { amount: number }[];
}
interface Balance {
  available: { amount: number; currency: string }[];
  pending: { amount: number; currency: string }[];
}

const METHODS = [
  'pm_card_visa',
  'pm_card_bypassPending',
  'pm_card_refundFail',
  'pm_card_pendingRefund',
  'pm_card_createDispute',
  'pm_card_visa_chargeDeclined',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
  'pm_usBankAccount_dispute',
];

const step = fc.oneof(
  fc.record({
    kind: fc.constant('pay' as const),
    amount: fc.integer({ min: 50, max: 90_000 }),
    method: fc.constantFrom(...METHODS),
    euro: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('refund' as const), pick: fc.nat(), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    kind: fc.constantFrom('fail-refund' as const, 'dispute' as const, 'win' as const, 'lose' as const, 'fail-payout' as const),
    pick: fc.nat(),
  }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 72 }) }),
);

test('whatever happens: balance = sum of its rows, every payout ties out, nothing is paid out twice', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const clock = createClock();
      const bugs: unknown[] = [];
      const engine = createStripeEngine({ clock, onBug: (bug) => bugs.push(bug) });
      const headers = { authorization: 'Bearer sk_test_sandbox' };
      const call = <R>(method: string, path: string, params = {}) => engine.request(method, path, params, headers).body as R;
      const { db } = engine;
      for (const one of steps) {
        switch (one.kind) {
          case 'pay':
            call('POST', '/v1/payment_intents', {
              amount: one.amount,
              currency: one.euro ? 'eur' : 'usd',
              payment_method: one.method,
              confirm: true,
            });
            break;
          case 'refund': {
            const charges = db.charges.all();
            const charge = charges[one.pick % charges.length];
            if (charge)
              call('POST', '/v1/refunds', { charge: charge.id, amount: Math.max(1, Math.round((charge.amount * one.share) / 100)) });
            break;
          }
          case 'wait':
            await clock.advance(one.hours * 3_600_000);
            break;
          default:
            engine.act((world) => {
              const pick = <T>(all: T[]) => all[one.pick % all.length];
              const refund = pick(db.refunds.all());
              const charge = pick(db.charges.where({ status: 'succeeded' }));
              const dispute = pick(db.disputes.all());
              const payout = pick(db.payouts.all());
              if (one.kind === 'fail-refund' && refund) failRefund(world, refund.id);
              else if (one.kind === 'dispute' && charge && !charge.disputed) openDispute(world, charge, { reason: 'fraudulent' });
              else if (one.kind === 'fail-payout' && payout) failPayout(world, payout.id);
              else if (dispute && isOpen(dispute)) closeDispute(world, dispute.id, one.kind === 'win' ? 'won' : 'lost');
            });
        }
        check(engine.db.balanceTransactions.all(), call<Balance>('GET', '/v1/balance'));
      }
      await clock.advance(12 * 86_400_000);
      check(engine.db.balanceTransactions.all(), call<Balance>('GET', '/v1/balance'));
      for (const payout of db.payouts.all()) {
        const rows: Row[] = [];
        for (let after = {}, more = true; more;) {
          const page = call<{ data: (Row & { id: string })[]; has_more: boolean }>('GET', '/v1/balance_transactions', {
            payout: payout.id,
            limit: 100,
            ...after,
          });
          rows.push(...page.data);
          more = page.has_more;
          after = { starting_after: page.data.at(-1)?.id };
        }
        expect(rows.filter((row) => row.type === 'payout')).toMatchObject([{ amount: -payout.amount }]);
        expect(rows.filter((row) => row.type !== 'payout').reduce((sum, row) => sum + row.net, 0)).toBe(payout.amount);
        for (const row of rows) expect(row.fee_details.reduce((sum, fee) => sum + fee.amount, 0)).toBe(row.fee);
      }
      expect(bugs).toEqual([]);
      engine.stop();
      clock.stop();
    }),
    { numRuns: 25 },
  );
});

function check(rows: { amount: number; fee: number; currency: string }[], balance: Balance): void {
  for (const { currency } of balance.available) {
    const sum = rows.filter((row) => row.currency === currency).reduce((total, row) => total + row.amount - row.fee, 0);
    const shown = [...balance.available, ...balance.pending].filter((money) => money.currency === currency);
    expect(shown.reduce((total, money) => total + money.amount, 0)).toBe(sum);
  }
}
