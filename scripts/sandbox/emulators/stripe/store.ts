import { openStore } from '../core/index.ts';
import type { Store } from '../core/index.ts';
import type * as entities from './entities.ts';

/** The stand-in's collections. Documents hold ids of each other; formatters make API objects of them. */
export type StripeStore = ReturnType<typeof openCollections>;

export function openCollections(store: Store = openStore()) {
  return {
    store,
    balanceTransactions: store.collection<entities.BalanceTransaction>('balance_transactions', {
      indexes: ['source', 'payout', 'currency'],
    }),
    charges: store.collection<entities.Charge>('charges', { indexes: ['customer', 'payment_intent'] }),
    coupons: store.collection<entities.Coupon>('coupons'),
    creditNotes: store.collection<entities.CreditNote>('credit_notes', { indexes: ['invoice', 'customer'] }),
    customerBalance: store.collection<entities.CustomerBalanceTransaction>('customer_balance_transactions', { indexes: ['customer'] }),
    customers: store.collection<entities.Customer>('customers', { indexes: ['email', 'test_clock'] }),
    destinations: store.collection<entities.EventDestination>('event_destinations'),
    discounts: store.collection<entities.Discount>('discounts'),
    disputes: store.collection<entities.Dispute>('disputes', { indexes: ['charge', 'payment_intent'] }),
    due: store.collection<entities.DueWork>('due_work', { indexes: ['clock'] }),
    endpoints: store.collection<entities.WebhookEndpoint>('webhook_endpoints'),
    events: store.collection<entities.StoredEvent>('events', { indexes: ['type'] }),
    idempotency: store.collection<entities.IdempotencyRecord>('idempotency_keys'),
    intents: store.collection<entities.PaymentIntent>('payment_intents', { indexes: ['customer'] }),
    invoicePayments: store.collection<entities.InvoicePayment>('invoice_payments', {
      indexes: ['invoice', 'payment_intent', 'payment_record'],
    }),
    invoices: store.collection<entities.Invoice>('invoices', { indexes: ['customer', 'number', 'status', 'subscription', 'token'] }),
    items: store.collection<entities.Item>('invoice_items', {
      indexes: ['invoice', 'customer', 'line', 'subscription', 'subscription_item'],
    }),
    links: store.collection<entities.PaymentLink>('payment_links', { indexes: ['token'] }),
    methods: store.collection<entities.PaymentMethod>('payment_methods', { indexes: ['customer'] }),
    paymentRecords: store.collection<entities.PaymentRecord>('payment_records'),
    payouts: store.collection<entities.Payout>('payouts', { indexes: ['status'] }),
    prices: store.collection<entities.Price>('prices'),
    products: store.collection<entities.Product>('products'),
    promotionCodes: store.collection<entities.PromotionCode>('promotion_codes', { indexes: ['coupon'] }),
    refunds: store.collection<entities.Refund>('refunds', { indexes: ['charge', 'payment_intent'] }),
    schedules: store.collection<entities.SubscriptionSchedule>('subscription_schedules', { indexes: ['customer'] }),
    sessions: store.collection<entities.CheckoutSession>('checkout_sessions', { indexes: ['customer', 'payment_intent', 'subscription'] }),
    subscriptionItems: store.collection<entities.SubscriptionItem>('subscription_items', { indexes: ['subscription'] }),
    subscriptions: store.collection<entities.Subscription>('subscriptions', { indexes: ['customer'] }),
    taxRates: store.collection<entities.TaxRate>('tax_rates', { indexes: ['fingerprint'] }),
    testClocks: store.collection<entities.TestClock>('test_clocks'),
  };
}
