import type { Customer, CustomerBalanceTransaction, Price, Product, WebhookEndpoint } from './entities.ts';

/** Test mode throughout: the stand-in's key is a test key. */
const livemode = false;

export function formatCustomer(customer: Customer, discount: object | null = null) {
  const { id, balances, default_payment_method, footer, deleted, ...rest } = customer;
  if (deleted) return { id, object: 'customer', deleted };
  return {
    id,
    object: 'customer',
    ...rest,
    balance: rest.currency ? (balances[rest.currency] ?? 0) : 0,
    default_source: null,
    delinquent: false,
    discount,
    invoice_settings: { custom_fields: null, default_payment_method, footer, rendering_options: null },
    livemode,
    test_clock: customer.test_clock ?? null,
  };
}

export function formatCustomerBalance(transaction: CustomerBalanceTransaction) {
  return {
    object: 'customer_balance_transaction',
    ...transaction,
    checkout_session: null,
    credit_note: transaction.credit_note ?? null,
    customer_account: null,
    livemode,
  };
}

export function formatProduct({ inline: _inline, deleted, ...product }: Product) {
  if (deleted) return { id: product.id, object: 'product', deleted };
  return {
    object: 'product',
    ...product,
    default_price: null,
    livemode,
    marketing_features: [],
    package_dimensions: null,
    tax_details: null,
    type: 'service',
  };
}

export function formatPrice({ inline: _inline, ...price }: Price) {
  const whole = /^-?\d+$/.test(price.unit_amount_decimal);
  return {
    object: 'price',
    ...price,
    billing_scheme: 'per_unit',
    custom_unit_amount: null,
    livemode,
    recurring: price.recurring ? { ...price.recurring, meter: null, usage_type: 'licensed' } : null,
    tiers_mode: null,
    transform_quantity: null,
    type: price.recurring ? 'recurring' : 'one_time',
    unit_amount: whole ? Number(price.unit_amount_decimal) : null,
  };
}

/** The secret is shown once, when the endpoint is created. */
export function formatEndpoint({ secret, rolled: _rolled, failing_since: _failing, ...endpoint }: WebhookEndpoint, withSecret = false) {
  return { object: 'webhook_endpoint', ...endpoint, application: null, livemode, ...(withSecret ? { secret } : {}) };
}
