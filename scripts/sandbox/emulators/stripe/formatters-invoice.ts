import type { Invoice, InvoicePayment, Item } from './entities.ts';
import { truncateDecimal } from './decimal.ts';
import { formatPretax } from './discounts/formatters.ts';
import { formatTax, formatTaxRate } from './formatters-tax.ts';
import type { World } from './world.ts';

const livemode = false;
/** How many lines an invoice carries itself; the rest is at `/lines`. */
const FIRST_LINES = 10;

const pricing = (item: Item) => ({
  price_details: { price: item.price, product: item.product },
  type: 'price_details',
  unit_amount_decimal: item.unit_amount_decimal,
});

function lineParent(item: Item) {
  const details = {
    proration: item.proration ?? false,
    proration_details: { credited_items: item.credited ?? null },
    subscription: item.subscription ?? null,
  };
  return item.period_line
    ? {
        invoice_item_details: null,
        subscription_item_details: { ...details, invoice_item: null, subscription_item: item.subscription_item },
        type: 'subscription_item_details',
      }
    : { invoice_item_details: { ...details, invoice_item: item.id }, subscription_item_details: null, type: 'invoice_item_details' };
}

export function formatLine(item: Item) {
  return {
    id: item.line,
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: item.discount_amounts ?? [],
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    invoice: item.invoice,
    livemode,
    metadata: item.metadata,
    parent: lineParent(item),
    period: item.period,
    pretax_credit_amounts: formatPretax(item.discount_amounts),
    pricing: pricing(item),
    quantity: truncateDecimal(item.quantity_decimal),
    quantity_decimal: item.quantity_decimal,
    subscription: item.subscription ?? null,
    subtotal: item.amount,
    taxes: item.taxes.map(formatTax),
  };
}

const creditedOf = ({ credited }: Item) => (credited ? { invoice_line_item_details: credited, type: 'invoice_line_items' } : null);

export function formatItem(item: Item) {
  return {
    id: item.id,
    object: 'invoiceitem',
    amount: item.amount,
    currency: item.currency,
    customer: item.customer,
    customer_account: null,
    date: item.created,
    description: item.description,
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    invoice: item.invoice,
    livemode,
    metadata: item.metadata,
    ...(item.discountable ? {} : { net_amount: item.amount }),
    parent: item.subscription
      ? {
          subscription_details: { subscription: item.subscription, subscription_item: item.subscription_item },
          type: 'subscription_details',
        }
      : null,
    period: item.period,
    pricing: pricing(item),
    proration: item.proration ?? false,
    ...(item.proration ? { proration_details: { credited_items: creditedOf(item), discount_amounts: [] } } : {}),
    quantity: truncateDecimal(item.quantity_decimal),
    quantity_decimal: item.quantity_decimal,
    tax_rates: [],
    test_clock: item.test_clock ?? null,
  };
}

export function formatInvoicePayment({ payment_intent, payment_record, canceled_at, paid_at, ...payment }: InvoicePayment) {
  return {
    object: 'invoice_payment',
    ...payment,
    livemode,
    payment: payment_intent ? { payment_intent, type: 'payment_intent' } : { payment_record, type: 'payment_record' },
    status_transitions: { canceled_at, paid_at },
  };
}

const ratesOf = (world: World, ids: string[] = []) => ids.map((id) => formatTaxRate(world.db.taxRates.get(id)!));

export function formatInvoice(world: World, invoice: Invoice) {
  const {
    customer_snapshot: customer,
    default_tax_rates: _rates,
    token,
    paid_off_stripe: _paidOffStripe,
    period,
    subscription,
    subscription_metadata,
    ...rest
  } = invoice;
  const lines = world.db.items.where({ invoice: invoice.id }, { limit: FIRST_LINES + 1 });
  return {
    object: 'invoice',
    ...rest,
    account_country: 'US',
    account_name: world.account.name,
    account_tax_ids: null,
    amount_remaining: Math.max(invoice.amount_due - invoice.amount_paid, 0),
    amount_shipping: 0,
    application: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    billing_reason: invoice.billing_reason ?? 'manual',
    customer_account: null,
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt,
    customer_tax_ids: [],
    default_source: null,
    default_tax_rates: ratesOf(world, invoice.default_tax_rates),
    discounts: invoice.discounts ?? [],
    from_invoice: null,
    hosted_invoice_url: token && `${world.baseUrl()}/i/${token}?s=ap`,
    invoice_pdf: token && `${world.baseUrl()}/i/${token}/pdf?s=ap`,
    issuer: { type: 'self' },
    last_finalization_error: invoice.last_finalization_error ?? null,
    latest_revision: null,
    lines: {
      object: 'list',
      data: lines.slice(0, FIRST_LINES).map(formatLine),
      has_more: lines.length > FIRST_LINES,
      total_count: lines.length > FIRST_LINES ? world.db.items.count({ invoice: invoice.id }) : lines.length,
      url: `/v1/invoices/${invoice.id}/lines`,
    },
    livemode,
    next_payment_attempt:
      invoice.next_payment_attempt ??
      (invoice.status === 'draft' && invoice.collection_method === 'charge_automatically' ? invoice.automatically_finalizes_at : null),
    on_behalf_of: null,
    parent: subscription
      ? {
          quote_details: null,
          subscription_details: { metadata: subscription_metadata ?? {}, subscription },
          type: 'subscription_details',
        }
      : null,
    period_end: period?.end ?? invoice.created,
    period_start: period?.start ?? invoice.created,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount ?? 0,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount ?? 0,
    receipt_number: null,
    shipping_cost: null,
    shipping_details: null,
    test_clock: invoice.test_clock ?? null,
    total_discount_amounts: invoice.total_discount_amounts ?? [],
    total_pretax_credit_amounts: formatPretax(invoice.total_discount_amounts),
    total_taxes: invoice.total_taxes.map(formatTax),
  };
}
