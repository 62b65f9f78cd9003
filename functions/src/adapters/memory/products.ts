import { done, rejected } from '../../domain/outcome.ts';
import type { Products, StripeProduct } from '../../ports/products.ts';
import type { Faults } from './faults.ts';
import type { Keys } from './idempotency.ts';

/** Stripe's catalogue in memory. A deleted product keeps its id. */
export function createProducts(products: Map<string, StripeProduct>, keys: Keys, faults: Faults): Products {
  const taken = new Set<string>();
  const copies = (found: StripeProduct[]) => done(structuredClone(found));
  return {
    findProducts: ({ productIds, codes, names }) =>
      faults.outcome('payments.findProducts', () =>
        copies(
          [...products.values()].filter(
            ({ productId, code, name }) =>
              (productId !== null && productIds.includes(productId)) ||
              (code !== null && codes.includes(code)) ||
              names.some((wanted) => name.toLowerCase().includes(wanted.toLowerCase())),
          ),
        ),
      ),
    readProducts: (ids) =>
      faults.outcome('payments.readProducts', () => copies([...products.values()].filter(({ id }) => ids.includes(id)))),
    createProduct: (body, key) =>
      faults.outcome('payments.createProduct', () =>
        keys.once(key, body, () => {
          const { id, productId, name, code } = body;
          const held = products.get(id);
          if (held?.active && held.productId === productId) return done(structuredClone(held));
          if (held || taken.has(id))
            return rejected({ code: 'stripe-product-taken', severity: 'error', message: 'The id is taken.', action: 'Restore it.' });
          taken.add(id);
          const made: StripeProduct = { id, productId, name, code, active: true, url: `https://dashboard.stripe.com/products/${id}` };
          products.set(id, made);
          return done(structuredClone(made));
        }),
      ),
  };
}
