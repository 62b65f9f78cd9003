import type { Coupon, Discount, DiscountAmount, PromotionCode } from '../entities.ts';

const livemode = false;

/** Whether it can still be redeemed. */
export const isValid = (coupon: Coupon, now: number): boolean =>
  !coupon.gone &&
  (coupon.redeem_by === null || coupon.redeem_by > now) &&
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions);

export function formatCoupon(coupon: Coupon, now: number) {
  const { applies_to: _products, currency_options: _options, gone: _gone, ...rest } = coupon;
  return { object: 'coupon', ...rest, livemode, valid: isValid(coupon, now) };
}

export function formatPromotionCode(promotion: PromotionCode, coupon: Coupon, now: number) {
  const { coupon: id, first_time_transaction, minimum_amount, minimum_amount_currency, ...rest } = promotion;
  const usable =
    isValid(coupon, now) &&
    (promotion.expires_at === null || promotion.expires_at > now) &&
    (promotion.max_redemptions === null || promotion.times_redeemed < promotion.max_redemptions);
  return {
    object: 'promotion_code',
    ...rest,
    active: promotion.active && usable,
    customer_account: null,
    livemode,
    promotion: { coupon: id, type: 'coupon' },
    restrictions: { first_time_transaction, minimum_amount, minimum_amount_currency },
  };
}

export function formatDiscount({ created, coupon, end, gone, ...discount }: Discount) {
  return {
    object: 'discount',
    ...discount,
    customer_account: null,
    source: { coupon, type: 'coupon' },
    start: created,
    ...(gone ? { deleted: true } : { end }),
  };
}

/** What a discount takes away is also a "pretax credit". */
export const formatPretax = (amounts: DiscountAmount[] = []) => amounts.map((one) => ({ ...one, type: 'discount' }));
