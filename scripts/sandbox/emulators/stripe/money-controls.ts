import type { FastifyInstance } from 'fastify';
import { chargeFee } from './balance.ts';
import { couponOf } from './discounts/coupons.ts';
import { discountCustomer } from './discounts/discounts.ts';
import { closeDispute, isOpen, openDispute } from './disputes.ts';
import type { StripeEngine } from './engine.ts';
import { settlePayment } from './payments.ts';
import { failPayout } from './payouts.ts';
import { askForRefundDetails, failRefund, settleRefund } from './refunds.ts';
import { need } from './views.ts';

interface Bodies {
  settle: { payment_intent?: string; success?: boolean };
  refund: { refund: string; status: 'succeeded' | 'failed' | 'requires_action'; reason?: string };
  dispute: { charge: string; reason?: string; amount?: number; inquiry?: boolean };
  decide: { dispute: string; outcome: 'won' | 'lost' };
  payout: { payout: string; code?: string };
  discount: { customer: string; coupon: string };
  fee: { amount: number; currency: string; description: string };
}

/** A body without one of these is answered with 400 and the name of what is missing. */
const needs = (...fields: string[]) => ({
  schema: { body: { type: 'object', required: fields, properties: Object.fromEntries(fields.map((field) => [field, {}])) } },
});

/** What banks, networks and Stripe itself do, on demand: `POST /__ctl/{settle,refund,dispute,dispute/close,discount,payout/fail,fee}`. */
export function addMoneyControls(app: FastifyInstance, engine: StripeEngine): void {
  app.post<{ Body: Bodies['settle'] | undefined }>('/__ctl/settle', ({ body }) => {
    const { payment_intent, success } = body ?? {};
    const processing = engine.db.intents
      .all()
      .filter((intent) => intent.status === 'processing' && (payment_intent === undefined || intent.id === payment_intent));
    engine.act((world) => processing.forEach((intent) => settlePayment(world, intent.id, success)));
    return { settled: processing.map((intent) => intent.id) };
  });
  app.post<{ Body: Bodies['refund'] }>('/__ctl/refund', needs('refund', 'status'), ({ body: { refund, status, reason } }) =>
    engine.act((world) => {
      if (status === 'failed') failRefund(world, refund, reason);
      else if (status === 'requires_action') askForRefundDetails(world, refund);
      else settleRefund(world, refund);
      return { refund, status: world.db.refunds.get(refund)?.status };
    }),
  );
  app.post<{ Body: Bodies['dispute'] }>('/__ctl/dispute', needs('charge'), ({ body: { charge, reason = 'fraudulent', ...claim } }) =>
    engine.act((world) => ({ dispute: openDispute(world, need(world.db.charges, 'charge', charge), { reason, ...claim }).id })),
  );
  app.post<{ Body: Bodies['decide'] }>('/__ctl/dispute/close', needs('dispute', 'outcome'), ({ body: { dispute, outcome } }) =>
    engine.act((world) => {
      if (isOpen(need(world.db.disputes, 'dispute', dispute))) closeDispute(world, dispute, outcome);
      return { dispute, status: world.db.disputes.get(dispute)!.status };
    }),
  );
  app.post<{ Body: Bodies['payout'] }>('/__ctl/payout/fail', needs('payout'), ({ body: { payout, code } }) =>
    engine.act((world) => {
      failPayout(world, payout, code);
      return { payout, status: world.db.payouts.get(payout)!.status };
    }),
  );
  app.post<{ Body: Bodies['discount'] }>('/__ctl/discount', needs('customer', 'coupon'), ({ body: { customer, coupon } }) =>
    engine.act((world) => ({ discount: discountCustomer(world, customer, couponOf(world, coupon, 'coupon')).id })),
  );
  app.post<{ Body: Bodies['fee'] }>(
    '/__ctl/fee',
    needs('amount', 'currency', 'description'),
    ({ body: { amount, currency, description } }) =>
      engine.act((world) => ({ balance_transaction: chargeFee(world, amount, currency, description).id })),
  );
}
