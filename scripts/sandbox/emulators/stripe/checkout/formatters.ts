import type { CheckoutItem, CheckoutSession, PaymentLink } from '../entities.ts';
import { formatPrice } from '../formatters.ts';
import type { World } from '../world.ts';
import { amountsOf, sum } from './amounts.ts';
import type { ItemAmounts } from './amounts.ts';

const livemode = false;
const NO_TEXT = { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null };

export function formatCheckoutItem(world: World, item: CheckoutItem, amounts: ItemAmounts) {
  const price = world.db.prices.get(item.price)!;
  return {
    id: item.id,
    object: 'item',
    adjustable_quantity: null,
    amount_discount: amounts.discount,
    amount_subtotal: amounts.subtotal,
    amount_tax: amounts.tax,
    amount_total: amounts.total,
    currency: price.currency,
    description: world.db.products.get(price.product)?.name ?? null,
    metadata: item.metadata,
    price: formatPrice(price),
    quantity: item.quantity,
  };
}

export const itemsOfSession = (world: World, session: Parameters<typeof amountsOf>[1]) => {
  const amounts = amountsOf(world, session);
  return session.items.map((item, index) => formatCheckoutItem(world, item, amounts[index]!));
};

export function formatSession(world: World, session: CheckoutSession) {
  const { items: _items, data: _data, email, discounts, ...rest } = session;
  const amounts = amountsOf(world, session);
  const customer = world.db.customers.get(session.customer ?? '');
  const address = email ?? customer?.email ?? session.customer_email;
  return {
    object: 'checkout.session',
    ...rest,
    adaptive_pricing: null,
    after_expiration: null,
    allowed_payment_method_types: null,
    amount_subtotal: sum(amounts, 'subtotal'),
    amount_total: sum(amounts, 'total'),
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: NO_TEXT,
    customer_account: null,
    customer_details: address
      ? {
          address: null,
          business_name: null,
          email: address,
          individual_name: null,
          name: customer?.name ?? null,
          phone: null,
          tax_exempt: 'none',
          tax_ids: [],
        }
      : null,
    discounts,
    integration_identifier: null,
    invoice: (session.subscription && world.db.invoices.where({ subscription: session.subscription }, { limit: 1 })[0]?.id) ?? null,
    invoice_creation:
      session.mode === 'payment'
        ? {
            enabled: false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: null,
              description: null,
              footer: null,
              issuer: null,
              metadata: {},
              rendering_options: null,
            },
          }
        : null,
    livemode,
    locale: null,
    managed_payments: null,
    origin_context: null,
    payment_method_collection: session.mode === 'subscription' ? 'always' : 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'],
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    submit_type: null,
    total_details: { amount_discount: sum(amounts, 'discount'), amount_shipping: 0, amount_tax: sum(amounts, 'tax') },
    ui_mode: 'hosted_page',
    url: session.status === 'open' ? `${world.baseUrl()}/c/pay/${session.id}` : null,
    wallet_options: null,
  };
}

export function formatPaymentLink(world: World, link: PaymentLink) {
  const { items: _items, token, data, mode, created: _created, ...rest } = link;
  const { description, metadata, trial_period_days } = data;
  return {
    object: 'payment_link',
    ...rest,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: 'auto',
    consent_collection: null,
    custom_fields: [],
    custom_text: NO_TEXT,
    invoice_creation: null,
    livemode,
    managed_payments: null,
    on_behalf_of: null,
    payment_intent_data:
      mode === 'payment'
        ? {
            capture_method: null,
            description,
            metadata,
            setup_future_usage: null,
            statement_descriptor: null,
            statement_descriptor_suffix: null,
            transfer_group: null,
          }
        : null,
    payment_method_collection: mode === 'payment' ? 'if_required' : 'always',
    payment_method_options: null,
    payment_method_types: null,
    phone_number_collection: { enabled: false },
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: [],
    submit_type: 'auto',
    subscription_data:
      mode === 'subscription'
        ? { description, invoice_settings: { issuer: { type: 'self' } }, metadata, trial_period_days, trial_settings: null }
        : null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: null,
    url: `${world.baseUrl()}/pl/${token}`,
  };
}
