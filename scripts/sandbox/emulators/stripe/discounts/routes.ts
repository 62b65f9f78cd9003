import { invalid, missing } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { couponOf, createCoupon, readCurrencyOptions, readName } from './coupons.ts';
import { endDiscount } from './discounts.ts';
import { formatCoupon } from './formatters.ts';
import { createPromotionCode, refuseTaken } from './promotion-codes.ts';

function updateCoupon({ world, ids, params }: Call) {
  const coupon = couponOf(world, ids[0]!);
  const options = readCurrencyOptions(params['currency_options']);
  if (coupon.amount_off === null && Object.keys(options).length)
    throw invalid('currency_options are for coupons with amount_off.', { param: 'currency_options' });
  const changed = {
    ...coupon,
    currency_options: { ...coupon.currency_options, ...options },
    metadata: mergeMetadata(coupon.metadata, params['metadata']),
    name: params['name'] === undefined ? coupon.name : readName(params['name']),
  };
  world.db.coupons.put(changed);
  world.emit('coupon.updated', formatCoupon(changed, world.now()), formatCoupon(coupon, world.now()));
  return formatCoupon(changed, world.now());
}

/** Discounts that were given before stay. https://docs.stripe.com/api/coupons/delete */
function removeCoupon({ world, ids }: Call) {
  const coupon = couponOf(world, ids[0]!);
  world.db.coupons.put({ ...coupon, gone: true });
  world.emit('coupon.deleted', formatCoupon({ ...coupon, gone: true }, world.now()));
  return { id: coupon.id, object: 'coupon', deleted: true };
}

function updatePromotionCode({ world, ids, params }: Call) {
  const promotion = need(world.db.promotionCodes, 'promotion code', ids[0]!);
  const before = view.promotion_code(world, promotion.id);
  const changed = {
    ...promotion,
    active: (params['active'] as boolean | undefined) ?? promotion.active,
    metadata: mergeMetadata(promotion.metadata, params['metadata']),
  };
  if (changed.active && !promotion.active) refuseTaken(world, changed);
  world.db.promotionCodes.put(changed);
  world.emit('promotion_code.updated', view.promotion_code(world, promotion.id), before);
  return view.promotion_code(world, promotion.id);
}

function removeCustomerDiscount({ world, ids }: Call) {
  const customer = need(world.db.customers, 'customer', ids[0]!);
  if (!customer.discount) throw missing('active discount for customer', customer.id);
  const before = view.customer(world, customer.id);
  endDiscount(world, customer.discount);
  world.emit('customer.updated', view.customer(world, customer.id), before);
  return view.discount(world, customer.discount);
}

export const discounts: Route[] = [
  {
    method: 'POST',
    path: '/v1/coupons',
    takes: [
      'amount_off',
      'applies_to',
      'currency',
      'currency_options',
      'duration',
      'duration_in_months',
      'id',
      'max_redemptions',
      'metadata',
      'name',
      'percent_off',
      'redeem_by',
    ],
    handle: ({ world, params }) => formatCoupon(createCoupon(world, params), world.now()),
  },
  {
    method: 'GET',
    path: '/v1/coupons',
    handle: ({ world, params }) =>
      listPage(world.db.coupons, { url: '/v1/coupons', kind: 'coupon', params, filter: (coupon) => !coupon.gone }, (coupon) =>
        formatCoupon(coupon, world.now()),
      ),
  },
  { method: 'GET', path: '/v1/coupons/{id}', handle: ({ world, ids }) => formatCoupon(couponOf(world, ids[0]!), world.now()) },
  { method: 'POST', path: '/v1/coupons/{id}', takes: ['currency_options', 'metadata', 'name'], handle: updateCoupon },
  { method: 'DELETE', path: '/v1/coupons/{id}', handle: removeCoupon },
  {
    method: 'POST',
    path: '/v1/promotion_codes',
    takes: ['active', 'code', 'customer', 'expires_at', 'max_redemptions', 'metadata', 'promotion', 'restrictions'],
    handle: ({ world, params }) => view.promotion_code(world, createPromotionCode(world, params).id),
  },
  {
    method: 'GET',
    path: '/v1/promotion_codes',
    takes: ['active', 'code', 'coupon', 'customer'],
    handle: ({ world, params }) =>
      listPage(
        world.db.promotionCodes,
        {
          url: '/v1/promotion_codes',
          kind: 'promotion code',
          params,
          criteria: given(params, 'coupon', 'customer'),
          filter: (promotion) =>
            (params['active'] === undefined || promotion.active === params['active']) &&
            (params['code'] === undefined || promotion.code.toUpperCase() === (params['code'] as string).toUpperCase()),
        },
        (promotion) => view.promotion_code(world, promotion.id),
      ),
  },
  { method: 'GET', path: '/v1/promotion_codes/{id}', handle: ({ world, ids }) => view.promotion_code(world, ids[0]!) },
  { method: 'POST', path: '/v1/promotion_codes/{id}', takes: ['active', 'metadata'], handle: updatePromotionCode },
  { method: 'DELETE', path: '/v1/customers/{id}/discount', handle: removeCustomerDiscount },
];
