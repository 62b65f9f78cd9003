import type { Charge, PaymentIntent, PaymentMethod } from './entities.ts';

/** Test mode throughout: the stand-in's key is a test key. */
const livemode = false;

const billingDetails = (method: PaymentMethod) => ({ address: null, email: method.email, name: method.name, phone: null, tax_id: null });
const CARD = {
  country: 'US',
  exp_month: 12,
  exp_year: 2034,
  fingerprint: null,
  funding: 'credit',
  regulated_status: 'unregulated',
  wallet: null,
};
const BANK = {
  account_holder_type: 'company',
  account_type: 'checking',
  bank_name: 'STRIPE TEST BANK',
  fingerprint: null,
  routing_number: '110000000',
};

export function formatPaymentMethod(method: PaymentMethod) {
  const checks = { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' };
  return {
    id: method.id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billingDetails(method),
    ...(method.type === 'card'
      ? {
          card: {
            ...CARD,
            brand: method.brand,
            checks,
            display_brand: method.brand,
            generated_from: null,
            last4: method.last4,
            networks: { available: [method.brand], preferred: null },
            three_d_secure_usage: { supported: true },
          },
        }
      : {
          us_bank_account: {
            ...BANK,
            financial_connections_account: null,
            last4: method.last4,
            networks: { preferred: 'ach', supported: ['ach'] },
            status_details: {},
          },
        }),
    created: method.created,
    customer: method.customer,
    customer_account: null,
    livemode,
    metadata: method.metadata ?? {},
    type: method.type,
  };
}

export function formatPaymentIntent(intent: PaymentIntent, method: PaymentMethod | undefined) {
  const error = intent.last_payment_error;
  return {
    object: 'payment_intent',
    ...intent,
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    customer_account: null,
    excluded_payment_method_types: null,
    last_payment_error: error && {
      ...error,
      doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`,
      ...(method ? { payment_method: formatPaymentMethod(method) } : {}),
    },
    livemode,
    managed_payments: null,
    next_action:
      intent.status === 'requires_action' ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } } : null,
    on_behalf_of: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_record: null,
    processing: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}

export function formatCharge(charge: Charge, method: PaymentMethod) {
  const succeeded = charge.status === 'succeeded';
  const failed = charge.status === 'failed';
  const card = {
    ...CARD,
    amount_authorized: failed ? null : charge.amount,
    authorization_code: null,
    brand: method.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    electronic_commerce_indicator: null,
    installments: null,
    last4: method.last4,
    mandate: null,
    network: method.brand,
    network_token: { used: false },
    network_transaction_id: null,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
  return {
    object: 'charge',
    ...charge,
    amount_captured: succeeded ? charge.amount : 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    billing_details: billingDetails(method),
    calculated_statement_descriptor: 'TRUEUP SANDBOX',
    captured: succeeded,
    disputed: charge.disputed ?? false,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? 'declined_by_network' : 'approved_by_network',
      reason: failed ? charge.failure_code : null,
      seller_message: failed ? 'The bank returned the decline code.' : 'Payment complete.',
      type: failed ? 'issuer_declined' : 'authorized',
    },
    paid: !failed,
    payment_method_details:
      method.type === 'card'
        ? { card, type: 'card' }
        : { type: 'us_bank_account', us_bank_account: { ...BANK, last4: method.last4, payment_reference: null } },
    presentment_details: undefined,
    radar_options: {},
    receipt_number: null,
    receipt_url: null,
    refunded: charge.amount > 0 && charge.amount_refunded === charge.amount,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}
