import type Stripe from 'stripe';
import type { StripeProduct, StripeProductBody } from '../../ports/products.ts';
import { type Dashboard, MARK, page } from './translate.ts';

export { MARK, type Dashboard } from './translate.ts';

/** Stripe has no field for a company's own code: these are the names under which its metadata holds one. */
export const CODE_KEYS = ['product_code', 'sku'];

const LONGEST_NAME = 250;

export const toProductParams = ({ id, productId, companyKey, name, code }: StripeProductBody): Stripe.ProductCreateParams => ({
  id,
  name: name.slice(0, LONGEST_NAME),
  metadata: { [MARK.product]: productId, [MARK.company]: companyKey, ...(code === null ? {} : { product_code: code }) },
});

export function fromProduct({ id, name, active, description, metadata }: Stripe.Product, dashboard: Dashboard): StripeProduct {
  const code = CODE_KEYS.map((key) => metadata[key]).find(Boolean);
  return {
    id,
    name,
    code: code ?? null,
    active,
    productId: metadata[MARK.product] ?? null,
    ...(description ? { description } : {}),
    url: page(dashboard, `products/${id}`),
  };
}
