import { formatPaymentLink, formatSession } from './checkout/formatters.ts';
import { formatCoupon, formatDiscount, formatPromotionCode } from './discounts/formatters.ts';
import { missing } from './errors.ts';
import { formatInvoice, formatInvoicePayment } from './formatters-invoice.ts';
import { formatBalanceTransaction, formatDispute, formatPayout, formatRefund } from './formatters-balance.ts';
import { formatCreditNote, formatPaymentRecord } from './formatters-credit.ts';
import { formatCharge, formatPaymentIntent, formatPaymentMethod } from './formatters-payment.ts';
import { formatCustomer, formatCustomerBalance, formatPrice, formatProduct } from './formatters.ts';
import { formatSubscription, formatSubscriptionItem } from './subscriptions/formatters.ts';
import { formatSchedule } from './schedules/formatters.ts';
import { formatTestClock } from './test-clocks/formatters.ts';
import { need } from './need.ts';
import type { World } from './world.ts';

export { need } from './need.ts';

type View = (world: World, id: string) => object;

/** The API object of each kind by id, as of now. */
export const view = {
  balance_transaction: (world, id) => formatBalanceTransaction(need(world.db.balanceTransactions, 'balance transaction', id), world.now()),
  charge: (world, id) => {
    const charge = need(world.db.charges, 'charge', id);
    return formatCharge(charge, need(world.db.methods, 'PaymentMethod', charge.payment_method));
  },
  'checkout.session': (world, id) => formatSession(world, need(world.db.sessions, 'checkout.session', id)),
  coupon: (world, id) => formatCoupon(need(world.db.coupons, 'coupon', id), world.now()),
  customer: (world, id) => {
    const customer = world.db.customers.get(id);
    if (!customer) throw missing('customer', id);
    return formatCustomer(customer, customer.discount ? formatDiscount(need(world.db.discounts, 'discount', customer.discount)) : null);
  },
  credit_note: (world, id) => formatCreditNote(world, need(world.db.creditNotes, 'credit_note', id)),
  customer_balance_transaction: (world, id) => formatCustomerBalance(need(world.db.customerBalance, 'customer_balance_transaction', id)),
  discount: (world, id) => formatDiscount(need(world.db.discounts, 'discount', id)),
  dispute: (world, id) => {
    const dispute = need(world.db.disputes, 'dispute', id);
    const method = need(world.db.methods, 'PaymentMethod', need(world.db.charges, 'charge', dispute.charge).payment_method);
    const rows = dispute.balance_transactions.map((row) => need(world.db.balanceTransactions, 'balance transaction', row));
    return formatDispute(dispute, rows, method, world.now());
  },
  invoice: (world, id) => formatInvoice(world, need(world.db.invoices, 'invoice', id)),
  invoice_payment: (world, id) => formatInvoicePayment(need(world.db.invoicePayments, 'invoice_payment', id)),
  payment_intent: (world, id) => {
    const intent = need(world.db.intents, 'payment_intent', id);
    const failedWith = intent.last_payment_error?.payment_method;
    return formatPaymentIntent(intent, failedWith ? world.db.methods.get(failedWith) : undefined);
  },
  payment_link: (world, id) => formatPaymentLink(world, need(world.db.links, 'payment_link', id)),
  payment_method: (world, id) => formatPaymentMethod(need(world.db.methods, 'PaymentMethod', id)),
  payment_record: (world, id) => formatPaymentRecord(need(world.db.paymentRecords, 'payment_record', id)),
  payout: (world, id) => formatPayout(need(world.db.payouts, 'payout', id)),
  price: (world, id) => formatPrice(need(world.db.prices, 'price', id)),
  product: (world, id) => formatProduct(need(world.db.products, 'product', id)),
  promotion_code: (world, id) => {
    const promotion = need(world.db.promotionCodes, 'promotion code', id);
    return formatPromotionCode(promotion, need(world.db.coupons, 'coupon', promotion.coupon), world.now());
  },
  refund: (world, id) => {
    const refund = need(world.db.refunds, 'refund', id);
    return formatRefund(refund, need(world.db.charges, 'charge', refund.charge));
  },
  subscription: (world, id) => formatSubscription(world, need(world.db.subscriptions, 'subscription', id)),
  subscription_item: (world, id) => formatSubscriptionItem(world, need(world.db.subscriptionItems, 'subscription_item', id)),
  subscription_schedule: (world, id) => formatSchedule(world, need(world.db.schedules, 'subscription schedule', id)),
  'test_helpers.test_clock': (world, id) => formatTestClock(need(world.db.testClocks, 'test clock', id)),
} satisfies Record<string, View>;

export type Kind = keyof typeof view;
