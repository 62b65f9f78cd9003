import type Stripe from 'stripe';
import { type Outcome, done, mapOutcome, rejected } from '../../domain/outcome.ts';
import type { Products, StripeProduct } from '../../ports/products.ts';
import type { StripeClient } from './client.ts';
import { CODE_KEYS, MARK, type Dashboard, fromProduct, toProductParams } from './translate-products.ts';

/** Stripe names no limit, but a query is a part of an address: three or four products go into one. */
const MOST_CLAUSES = 10;
/** So many queries are on their way at once; Stripe takes twenty searches a second. */
const AT_ONCE = 4;
/** A name of common words is found in many products; the one that has it alone is among the newest few hundred or made anew. */
const MOST_FOUND = 300;
const PAGE = 100;

/** Stripe's catalogue behind the payments port. */
export function createProducts({ call }: StripeClient, dashboard: Dashboard): Products {
  const search = (query: string) =>
    call('read', 'products.search', (sdk) => sdk.products.search({ query, limit: PAGE }).autoPagingToArray({ limit: MOST_FOUND }));
  const listed = async (ids: readonly string[]): Promise<Outcome<StripeProduct[]>> => {
    const list = await call('read', 'products.list', (sdk) => sdk.products.list({ ids: [...ids], limit: PAGE }));
    return mapOutcome(list, ({ data }) => data.map((product) => fromProduct(product, dashboard)));
  };

  return {
    // Search lags by a minute. That makes no second product: its id is taken then, and says whose it is.
    async findProducts({ productIds, codes, names }) {
      const clauses = [
        ...productIds.map((id) => metadataIs(MARK.product, id)),
        ...names.map((name) => `name:${quoted(name)}`),
        ...codes.flatMap((code) => CODE_KEYS.map((key) => metadataIs(key, code))),
      ];
      const queries = chunksOf(clauses, MOST_CLAUSES).map((some) => some.join(' OR '));
      const found = new Map<string, Stripe.Product>();
      for (const some of chunksOf(queries, AT_ONCE)) {
        for (const answer of await Promise.all(some.map(search))) {
          if (answer.outcome !== 'done') return answer;
          for (const product of answer.value) found.set(product.id, product);
        }
      }
      return done([...found.values()].map((product) => fromProduct(product, dashboard)));
    },

    async readProducts(ids) {
      const found: StripeProduct[] = [];
      for (const some of chunksOf(ids, PAGE)) {
        const read = await listed(some);
        if (read.outcome !== 'done') return read;
        found.push(...read.value);
      }
      return done(found);
    },

    async createProduct(body, key) {
      const answer = await call('write', 'products.create', (sdk) => sdk.products.create(toProductParams(body), { idempotencyKey: key }));
      if (answer.outcome !== 'rejected' || answer.problem.provider?.code !== 'resource_already_exists')
        return mapOutcome(answer, (product) => fromProduct(product, dashboard));
      const there = await listed([body.id]);
      if (there.outcome !== 'done') return there;
      const [product] = there.value;
      if (product?.active && product.productId === body.productId) return done(product);
      return rejected({
        code: 'stripe-product-taken',
        severity: 'error',
        message: `Stripe holds the product ${body.id} already, and it is archived, deleted or not of ${body.name}.`,
        action: 'Ask a billing administrator to restore it in Stripe, or to link the product in Salesforce to another one.',
        ...(answer.problem.provider ? { provider: answer.problem.provider } : {}),
      });
    },
  };
}

/** https://docs.stripe.com/search#search-syntax */
const quoted = (text: string): string => `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
const metadataIs = (key: string, value: string): string => `metadata["${key}"]:${quoted(value)}`;

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}
