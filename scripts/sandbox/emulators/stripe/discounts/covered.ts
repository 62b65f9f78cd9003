import type { CoverageRow } from '../../core/index.ts';

const API = 'https://docs.stripe.com/api';
const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page says of coupons, promotion codes and discounts. */
export const COVERED_DISCOUNTS: CoverageRow[] = [
  rule('coupons: percent or amount off per currency, duration, products, redemptions, redeem_by', 'documented', `${API}/coupons/create`),
  rule('a deleted coupon is not found any more, its discounts go on', 'documented', `${API}/coupons/delete`),
  rule('an expired coupon is refused with coupon_expired', 'documented', 'https://docs.stripe.com/error-codes#coupon-expired'),
  rule(
    'promotion codes: unique among active ones, customer, expiry, redemptions, first transaction',
    'documented',
    `${API}/promotion_codes/create`,
  ),
  rule('the words of refused coupons and codes', 'assumed', 'not documented'),
  rule(
    'discounts of lines go before those of the invoice; subtotal includes the former; taxes come on what is left',
    'documented',
    `${API}/invoices/object#invoice_object-subtotal`,
  ),
  rule(
    'an invoice inherits its customer’s discount unless `discounts` is given',
    'documented',
    `${API}/invoices/create#create_invoice-discounts`,
  ),
  rule('percentages are rounded per line, ties away from zero', 'assumed', 'not documented'),
  rule('an amount off is spread over the lines in proportion, the rest to the largest remainders', 'assumed', 'not documented'),
  rule('a discount counts as redeemed when it is attached; `once` is used up when an invoice is finalized', 'assumed', 'not documented'),
  rule(
    'customers get discounts by `/__ctl/discount` (the Dashboard); the API of this version has no parameter for it',
    'typed',
    'CustomerUpdateParams of the installed stripe package',
  ),
];
