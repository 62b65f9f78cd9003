import type { Phase, SubscriptionSchedule } from '../entities.ts';
import { formatTaxRate } from '../formatters-tax.ts';
import type { World } from '../world.ts';

const livemode = false;
const self = { type: 'self' };
const AUTOMATIC_TAX = { disabled_reason: null, enabled: false, liability: null };
const settings = (days_until_due: number | null, issuer: { type: string } | null) => ({
  account_tax_ids: null,
  custom_fields: null,
  days_until_due,
  description: null,
  footer: null,
  issuer,
});

function formatPhase(world: World, { days_until_due, items, ...phase }: Phase) {
  return {
    ...phase,
    add_invoice_items: [],
    application_fee_percent: null,
    automatic_tax: AUTOMATIC_TAX,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    default_tax_rates: [],
    discounts: [],
    invoice_settings: days_until_due === null ? null : settings(days_until_due, null),
    items: items.map((item) => ({
      ...item,
      billing_thresholds: null,
      discounts: [],
      plan: item.price,
      tax_rates: item.tax_rates.map((id) => formatTaxRate(world.db.taxRates.get(id)!)),
    })),
    on_behalf_of: null,
    transfer_data: null,
  };
}

export function formatSchedule(world: World, schedule: SubscriptionSchedule) {
  const { phases, phase: index, collection_method, days_until_due, default_payment_method, description, ...rest } = schedule;
  const current = schedule.status === 'active' ? phases[index] : undefined;
  return {
    object: 'subscription_schedule',
    ...rest,
    application: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    current_phase: current ? { end_date: current.end_date, start_date: current.start_date } : null,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      automatic_tax: AUTOMATIC_TAX,
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method,
      default_payment_method,
      description,
      invoice_settings: settings(days_until_due, self),
      on_behalf_of: null,
      transfer_data: null,
    },
    livemode,
    pause_schedules: [],
    phases: phases.map((phase) => formatPhase(world, phase)),
    test_clock: world.db.customers.get(schedule.customer)?.test_clock ?? null,
  };
}
