import { productLink, productsRuledOut } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import { createStripeProduct } from '../writes/create-product.ts';
import type { Saga } from './saga.ts';
import { inSaga } from './wait.ts';

/** So many are made at the same time. */
const AT_ONCE = 5;

/** What is sold and is not in Stripe yet is made there, once, and used by every later invoice. */
export async function createProducts(saga: Saga, round: number): Promise<Failure | null> {
  const { lines } = saga.order;
  if (lines.every(({ productId, stripeProductId }) => productId === null || stripeProductId !== null)) return null;
  const made = await inSaga(saga, `create products ${round}`, () => createMissing(saga));
  if (made.outcome !== 'done') return made;
  const idOf = new Map(made.value.map((link) => [link.recordId, link.externalId]));
  saga.order = {
    ...saga.order,
    lines: lines.map((line) => ({ ...line, stripeProductId: line.stripeProductId ?? idOf.get(line.productId ?? '') ?? null })),
  };
  saga.links = [...saga.links, ...made.value];
  return null;
}

async function createMissing({ deps, order }: Saga): Promise<Outcome<Link[]>> {
  const { companyKey, lines } = order;
  const missing = lines.flatMap(({ productId, stripeProductId, productName: name, productCode: code }) =>
    productId === null || stripeProductId !== null ? [] : [{ productId, companyKey, name, code }],
  );
  const wanted = [...new Map(missing.map((each) => [each.productId, each])).values()];
  const links: Link[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE);
    const made = await Promise.all(some.map((each) => createStripeProduct(deps, each, productsRuledOut(order, each.productId))));
    for (const [index, product] of made.entries()) {
      if (product.outcome !== 'done') return product;
      const productId = some[index]?.productId ?? '';
      links.push(productLink(productId, product.value, { matchedBy: 'Created', reasons: 'Created by Trueup.' }));
    }
  }
  return done(links);
}
