import type { Coupon, Discount, PromotionCode } from '../entities.ts';
import { invalid, missing } from '../errors.ts';
import { newId } from '../ids.ts';
import { addMonths } from '../days.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { amountOff, couponOf, refuseUsedUp } from './coupons.ts';
import { redeemable } from './promotion-codes.ts';

/** What a discount is for. */
export type Owner = Partial<
  Pick<Discount, 'customer' | 'invoice' | 'invoice_item' | 'subscription' | 'subscription_item' | 'checkout_session'>
>;
/** What is known of the thing bought when its discounts are read. */
export interface Purchase {
  currency: string;
  /** Undefined: not known yet. */
  amount?: number;
}

type GivenDiscount = { coupon?: string; discount?: string; promotion_code?: string };

/** Ids of the discounts that a `discounts` parameter asks for, each redeemed or found. */
export function readDiscounts(world: World, given: unknown, owner: Owner, purchase: Purchase, at: string): string[] {
  if (given === '') return [];
  return (given as GivenDiscount[]).map((one, index) => {
    const ways = (['coupon', 'discount', 'promotion_code'] as const).filter((name) => one[name] !== undefined);
    const [way] = ways;
    const param = `${at}[${index}]`;
    if (way === undefined || ways.length > 1)
      throw invalid(`You must specify exactly one of coupon, discount and promotion_code.`, { param });
    if (way === 'discount') return reuse(world, one.discount!, owner, `${param}[discount]`);
    if (way === 'coupon') {
      const coupon = couponOf(world, one.coupon!, `${param}[coupon]`);
      return redeem(world, coupon, null, owner, purchase, `${param}[coupon]`).id;
    }
    const known = purchase.amount === undefined ? undefined : { currency: purchase.currency, amount: purchase.amount };
    const promotion = redeemable(world, one.promotion_code!, owner.customer ?? null, `${param}[promotion_code]`, known);
    return redeem(world, world.db.coupons.get(promotion.coupon)!, promotion, owner, purchase, `${param}[promotion_code]`).id;
  });
}

/** One of the thing itself or of what it belongs to. */
function reuse(world: World, id: string, owner: Owner, param: string): string {
  const discount = world.db.discounts.get(id);
  if (!discount || discount.gone || discount.customer !== (owner.customer ?? null)) throw missing('discount', id, param);
  return id;
}

export function redeem(
  world: World,
  coupon: Coupon,
  promotion: PromotionCode | null,
  owner: Owner,
  purchase: Purchase | undefined,
  param: string,
): Discount {
  refuseUsedUp(world, coupon, param);
  if (purchase && coupon.percent_off === null && amountOff(coupon, purchase.currency) === null)
    throw invalid(`The coupon ${coupon.id} has no amount off in ${purchase.currency}.`, { param });
  const now = world.now();
  const discount: Discount = {
    id: newId('di'),
    created: now,
    coupon: coupon.id,
    promotion_code: promotion?.id ?? null,
    customer: null,
    invoice: null,
    invoice_item: null,
    subscription: null,
    subscription_item: null,
    checkout_session: null,
    end: coupon.duration_in_months === null ? null : addMonths(now, coupon.duration_in_months),
    ...owner,
  };
  world.db.coupons.put({ ...coupon, times_redeemed: coupon.times_redeemed + 1 });
  if (promotion) world.db.promotionCodes.put({ ...promotion, times_redeemed: promotion.times_redeemed + 1 });
  world.db.discounts.put(discount);
  return discount;
}

/** Whether a discount still counts for what is billed now. */
export function isRunning(world: World, id: string): boolean {
  const discount = world.db.discounts.get(id);
  return discount !== undefined && !discount.gone && (discount.end === null || discount.end > world.now());
}

/** Ends a discount of a customer or a subscription. */
export function endDiscount(world: World, id: string): void {
  const discount = world.db.discounts.get(id);
  if (!discount || discount.gone) return;
  world.db.discounts.put({ ...discount, gone: true });
  const customer = discount.customer === null ? undefined : world.db.customers.get(discount.customer);
  if (customer?.discount === id) world.db.customers.put({ ...customer, discount: null });
  world.emit('customer.discount.deleted', view.discount(world, id));
}

/** Gives a customer a discount, as the Dashboard does; it takes the place of a former one. */
export function discountCustomer(world: World, customerId: string, coupon: Coupon): Discount {
  const customer = world.db.customers.get(customerId);
  if (!customer || customer.deleted) throw missing('customer', customerId, 'customer');
  if (customer.discount) endDiscount(world, customer.discount);
  const before = view.customer(world, customer.id);
  const discount = redeem(world, coupon, null, { customer: customer.id }, undefined, 'coupon');
  world.db.customers.put({ ...customer, discount: discount.id });
  world.emit('customer.discount.created', view.discount(world, discount.id));
  world.emit('customer.updated', view.customer(world, customer.id), before);
  return discount;
}
