import { missing } from './errors.ts';
import { formatInvoice, formatInvoicePayment } from './formatters-invoice.ts';
import { formatBalanceTransaction, formatCharge, formatPaymentIntent, formatPaymentMethod, formatRefund } from './formatters-payment.ts';
import { formatCustomer, formatPrice, formatProduct } from './formatters.ts';
import type { Collection } from '../core/index.ts';
import type { World } from './world.ts';

/** The document, or Stripe's "No such …". */
export function need<T extends { id: string; deleted?: true }>(collection: Collection<T>, kind: string, id: string, param = 'id'): T {
  const found = collection.get(id);
  if (!found || found.deleted) throw missing(kind, id, param);
  return found;
}

type View = (world: World, id: string) => object;

/** The API object of each kind by id, as of now. */
export const view = {
  balance_transaction: (world, id) => formatBalanceTransaction(need(world.db.balanceTransactions, 'balance transaction', id), world.now()),
  charge: (world, id) => {
    const charge = need(world.db.charges, 'charge', id);
    return formatCharge(charge, need(world.db.methods, 'PaymentMethod', charge.payment_method));
  },
  customer: (world, id) => {
    const customer = world.db.customers.get(id);
    if (!customer) throw missing('customer', id);
    return formatCustomer(customer);
  },
  invoice: (world, id) => formatInvoice(world, need(world.db.invoices, 'invoice', id)),
  invoice_payment: (world, id) => formatInvoicePayment(need(world.db.invoicePayments, 'invoice_payment', id)),
  payment_intent: (world, id) => {
    const intent = need(world.db.intents, 'payment_intent', id);
    const failedWith = intent.last_payment_error?.payment_method;
    return formatPaymentIntent(intent, failedWith ? world.db.methods.get(failedWith) : undefined);
  },
  payment_method: (world, id) => formatPaymentMethod(need(world.db.methods, 'PaymentMethod', id)),
  price: (world, id) => formatPrice(need(world.db.prices, 'price', id)),
  product: (world, id) => formatProduct(need(world.db.products, 'product', id)),
  refund: (world, id) => {
    const refund = need(world.db.refunds, 'refund', id);
    return formatRefund(refund, need(world.db.charges, 'charge', refund.charge));
  },
} satisfies Record<string, View>;

export type Kind = keyof typeof view;
