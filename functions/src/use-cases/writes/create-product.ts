import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { StripeProduct, StripeProductBody } from '../../ports/products.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';

type ProductDeps = Pick<Deps, 'payments' | 'effects' | 'clock'>;
type Wanted = Omit<StripeProductBody, 'id'>;

/**
 * One Stripe product per Salesforce product, under an id made of it: whoever tries a second time, even on a database that knows nothing,
 * finds the id taken. Where it was ruled out, the next one has another id.
 */
export async function createStripeProduct(
  deps: ProductDeps,
  wanted: Wanted,
  ruledOut: ReadonlySet<string> = new Set(),
): Promise<Outcome<StripeProduct>> {
  for (let turn = 1; ; turn += 1) {
    const effect = stripeProduct(deps, wanted, turn);
    if (ruledOut.has(effect.body.id)) continue;
    const before = await deps.effects.read(effect.key);
    const made = await sendOnce(deps, effect);
    if (made.outcome !== 'done' || before?.state !== 'answered') return made;
    // What was answered long ago may be gone, and its link with it.
    const now = await deps.payments.readProducts([effect.body.id]);
    if (now.outcome !== 'done') return now;
    if (now.value[0]) return { outcome: 'done', value: now.value[0] };
  }
}

function stripeProduct({ payments }: ProductDeps, wanted: Wanted, turn: number): Effect<StripeProductBody, StripeProduct> {
  const again = turn === 1 ? '' : `-${turn}`;
  return {
    key: effectKey(wanted.productId, `stripe-product${again}`),
    system: 'stripe',
    carries: ['catalogue'],
    body: { ...wanted, id: `trueup_${wanted.productId}${again}` },
    send: (frozen, key) => payments.createProduct(frozen, key),
    find: async (frozen) => mapOutcome(await payments.readProducts([frozen.id]), foundOf),
  };
}
