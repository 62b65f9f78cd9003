import type { Coupon, PromotionCode } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, view } from '../views.ts';
import type { World } from '../world.ts';
import { couponOf, refuseUsedUp } from './coupons.ts';
import { formatPromotionCode } from './formatters.ts';

type Given = Record<string, unknown>;

/** https://docs.stripe.com/api/promotion_codes/create */
export function createPromotionCode(world: World, given: Given): PromotionCode {
  const id = (given['promotion'] as { coupon?: string }).coupon;
  if (id === undefined)
    throw invalid('Missing required param: promotion[coupon].', { code: 'parameter_missing', param: 'promotion[coupon]' });
  const coupon = couponOf(world, id, 'promotion[coupon]');
  const active = (given['active'] as boolean | undefined) ?? true;
  if (active) refuseUsedUp(world, coupon, 'promotion[coupon]');
  const restrictions = (given['restrictions'] as Given | undefined) ?? {};
  if (restrictions['currency_options'] !== undefined)
    throw notModelled('minimum amounts in further currencies', 'restrictions[currency_options]');
  const { minimum_amount = null, minimum_amount_currency = null } = restrictions as Partial<PromotionCode>;
  if ((minimum_amount === null) !== (minimum_amount_currency === null))
    throw invalid('minimum_amount and minimum_amount_currency go together.', { param: 'restrictions[minimum_amount_currency]' });
  const promotion: PromotionCode = {
    id: newId('promo'),
    created: world.now(),
    active,
    code: (given['code'] as string | undefined) ?? token(8).toUpperCase(),
    coupon: coupon.id,
    customer: given['customer'] === undefined ? null : need(world.db.customers, 'customer', given['customer'] as string, 'customer').id,
    expires_at: readExpiry(world, coupon, given['expires_at'] as number | undefined),
    max_redemptions: (given['max_redemptions'] as number | undefined) ?? null,
    metadata: mergeMetadata({}, given['metadata']),
    first_time_transaction: (restrictions['first_time_transaction'] as boolean | undefined) ?? false,
    minimum_amount,
    minimum_amount_currency,
    times_redeemed: 0,
  };
  if (!/^[A-Za-z0-9-]{1,500}$/.test(promotion.code))
    throw invalid('Promotion codes can only contain letters, digits and dashes.', { param: 'code' });
  if (promotion.active) refuseTaken(world, promotion);
  world.db.promotionCodes.put(promotion);
  world.emit('promotion_code.created', view.promotion_code(world, promotion.id));
  return promotion;
}

function readExpiry(world: World, coupon: Coupon, at: number | undefined): number | null {
  const param = 'expires_at';
  if (at === undefined) return coupon.redeem_by;
  if (at <= world.now()) throw invalid('expires_at must be in the future.', { param });
  if (coupon.redeem_by !== null && at > coupon.redeem_by)
    throw invalid('expires_at cannot be after the redeem_by of the coupon.', { param });
  return at;
}

/** Codes are unique among the active ones, whatever their case. */
export function refuseTaken(world: World, promotion: PromotionCode): void {
  const taken = world.db.promotionCodes
    .all()
    .some(
      (other) =>
        other.id !== promotion.id &&
        other.active &&
        other.code.toUpperCase() === promotion.code.toUpperCase() &&
        (other.customer === null || promotion.customer === null || other.customer === promotion.customer),
    );
  if (taken)
    throw invalid('An active promotion code with `code: ' + promotion.code + '` already exists.', {
      code: 'resource_already_exists',
      param: 'code',
    });
}

/** The code when this customer may redeem it. `amount`: what is bought, where that is known already. */
export function redeemable(
  world: World,
  id: string,
  customer: string | null,
  param: string,
  purchase?: { amount: number; currency: string },
): PromotionCode {
  const promotion = need(world.db.promotionCodes, 'promotion code', id, param);
  const coupon = world.db.coupons.get(promotion.coupon)!;
  if (!formatPromotionCode(promotion, coupon, world.now()).active)
    throw invalid(`The promotion code ${promotion.code} is not active.`, { param });
  if (promotion.customer !== null && promotion.customer !== customer)
    throw invalid('This promotion code is for another customer.', { param });
  if (
    promotion.first_time_transaction &&
    customer !== null &&
    world.db.charges.where({ customer, status: 'succeeded' }, { limit: 1 }).length
  )
    throw invalid('This promotion code cannot be redeemed because the associated customer has prior transactions.', { param });
  if (promotion.minimum_amount !== null) {
    if (!purchase) throw notModelled('the minimum amount of a promotion code here', param);
    if (purchase.currency !== promotion.minimum_amount_currency || purchase.amount < promotion.minimum_amount)
      throw invalid('This promotion code cannot be redeemed because the purchase does not reach its minimum amount.', { param });
  }
  return promotion;
}
