import type { Link } from '../../domain/link.ts';
import { done, rejected, type Failure, type Outcome } from '../../domain/outcome.ts';
import { checkAgain } from './check-again.ts';
import { createMissing } from './create-missing.ts';
import { createProducts } from './create-products.ts';
import { isBegun, knowAgain, knowBegun } from './know-again.ts';
import { show, type Saga } from './saga.ts';
import { inSaga } from './wait.ts';

/** Somebody links the account at the same moment: once more with what they linked, then a person is asked. */
const MOST_ROUNDS = 2;

/**
 * Both books know the customer, and Stripe what is sold: the linked ones, or ones created now, once. Salesforce's unique keys are asked before anything is
 * sent, so that nothing stands in the way of writing the final invoice back.
 */
export async function settleCustomers(saga: Saga): Promise<Failure | null> {
  const begun = await saga.run.step('see whether it is begun', () => isBegun(saga));
  let taken: Link[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const changed = begun ? await knowBegun(saga) : await knowAgain(saga, round, taken);
    if (changed.outcome !== 'done') return changed;
    const failure =
      (await checkAgain(saga, changed.value, round)) ??
      (await createCustomers(saga, round)) ??
      (begun ? null : await createProducts(saga, round));
    if (failure) return failure;
    const claimed = begun ? done([]) : await claim(saga, round);
    if (claimed.outcome !== 'done') return claimed;
    taken = claimed.value;
    if (taken.length === 0) {
      await show(saga, 'customer', 'done');
      return null;
    }
  }
  return takenMeanwhile(taken);
}

async function createCustomers(saga: Saga, round: number): Promise<Failure | null> {
  const { stripe, quickbooks } = saga.order.customers;
  if (stripe.id !== null && quickbooks.id !== null) return null;
  const settled = await inSaga(saga, `create customers ${round}`, () => createMissing(saga));
  if (settled.outcome !== 'done') return settled;
  const { value } = settled;
  saga.order = {
    ...saga.order,
    customers: { stripe: { ...stripe, id: value.stripe.id }, quickbooks: { ...quickbooks, id: value.quickbooks.id } },
  };
  saga.links = [...saga.links, ...[value.stripe.link, value.quickbooks.link].filter((link) => link !== null)];
  return null;
}

/** Links that could not be made: of an account, or of a product whose item another product was linked to meanwhile. */
async function claim(saga: Saga, round: number): Promise<Outcome<Link[]>> {
  const { deps, links, order } = saga;
  if (links.length === 0) return done([]);
  const { companyKey, companyId } = order;
  return inSaga(saga, `claim links ${round}`, () => deps.matches.claim({ companyKey, companyId, links }));
}

function takenMeanwhile([link]: Link[]): Failure {
  const what = link?.recordType === 'Product2' ? 'product' : 'account';
  return rejected({
    code: 'link-held',
    severity: 'error',
    message: `${link?.displayName ?? link?.externalId ?? ''} was linked to another ${what}, or the ${what} to something else, while the invoice was issued.`,
    action: `Ask a billing administrator to look at the links of the ${what}, then issue it again.`,
  });
}
