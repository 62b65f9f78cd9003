import type { LineTax, TaxRate } from './entities.ts';

/** A tax as the API writes it on lines and totals. */
export const formatTax = (tax: LineTax) => ({
  amount: tax.amount,
  tax_behavior: tax.inclusive ? 'inclusive' : 'exclusive',
  tax_rate_details: { tax_rate: tax.tax_rate },
  taxability_reason: tax.taxability_reason,
  taxable_amount: tax.taxable_amount,
  type: 'tax_rate_details',
});

export function formatTaxRate({ fingerprint: _fingerprint, ...rate }: TaxRate) {
  return {
    object: 'tax_rate',
    ...rate,
    active: rate.active ?? true,
    metadata: rate.metadata ?? {},
    effective_percentage: null,
    flat_amount: null,
    jurisdiction_level: null,
    livemode: false,
    rate_type: 'percentage',
  };
}
