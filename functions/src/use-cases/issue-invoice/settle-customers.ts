import type { Link } from '../../domain/link.ts';
import { customerLink } from '../../domain/matching.ts';
import { done, mapOutcome, type Failure, type Outcome } from '../../domain/outcome.ts';
import { sendOnce } from '../effects/send-once.ts';
import { createStripeCustomer, createUnderFreeName } from '../writes/create-customers.ts';
import { mappedTo } from './bodies.ts';
import { whomOf } from './check-again.ts';
import { show, type Saga } from './saga.ts';
import { inSaga } from './wait.ts';

interface Settled {
  stripe: { id: string; link: Link | null };
  quickbooks: { id: string; link: Link | null };
}

/** Both books know the customer: the linked one, or one created now, once. */
export async function settleCustomers(saga: Saga): Promise<Failure | null> {
  const { stripe, quickbooks } = saga.order.customers;
  if (stripe.id === null || quickbooks.id === null) {
    const settled = await inSaga(saga, 'create customers', () => createMissing(saga));
    if (settled.outcome !== 'done') return settled;
    const { value } = settled;
    saga.order = {
      ...saga.order,
      customers: { stripe: { ...stripe, id: value.stripe.id }, quickbooks: { ...quickbooks, id: value.quickbooks.id } },
    };
    saga.links = [...saga.links, ...[value.stripe.link, value.quickbooks.link].filter((link) => link !== null)];
  }
  await show(saga, 'customer', 'done');
  return null;
}

async function createMissing(saga: Saga): Promise<Outcome<Settled>> {
  const { stripe, quickbooks } = saga.order.customers;
  const [inStripe, inLedger] = await Promise.all([
    stripe.id === null ? createInStripe(saga) : done({ id: stripe.id, link: null }),
    quickbooks.id === null ? createInLedger(saga) : done({ id: quickbooks.id, link: null }),
  ]);
  if (inStripe.outcome !== 'done') return inStripe;
  if (inLedger.outcome !== 'done') return inLedger;
  return done({ stripe: inStripe.value, quickbooks: inLedger.value });
}

async function createInStripe({ deps, order }: Saga): Promise<Outcome<Settled['stripe']>> {
  const { name, email, phone, address } = order.billTo;
  const created = await sendOnce(
    deps,
    createStripeCustomer(
      deps,
      { accountId: order.accountId, companyKey: order.companyKey, name, email, phone, address, ...mappedTo(order, 'Stripe Customer') },
      order.currency,
    ),
  );
  return mapOutcome(created, (customer) => ({
    id: customer.id,
    link: customerLink(
      'stripe',
      whomOf(order),
      { id: customer.id, name: customer.name ?? name, url: customer.url },
      { matchedBy: 'Created', reasons: 'Created by Trueup.' },
    ),
  }));
}

async function createInLedger({ deps, order }: Saga): Promise<Outcome<Settled['quickbooks']>> {
  const reference = await deps.ledger.readReference();
  if (reference.outcome !== 'done') return reference;
  const { name, email, phone, address } = order.billTo;
  const created = await createUnderFreeName(deps, {
    accountId: order.accountId,
    companyKey: order.companyKey,
    displayName: name,
    companyName: name,
    email,
    phone,
    address,
    currency: order.currency,
    multicurrency: reference.value.multicurrency,
    ...mappedTo(order, 'QuickBooks Customer'),
  });
  return mapOutcome(created, (customer) => ({
    id: customer.id,
    link: customerLink(
      'quickbooks',
      whomOf(order),
      { id: customer.id, name: customer.displayName, url: customer.url },
      { matchedBy: 'Created', reasons: 'Created by Trueup.' },
    ),
  }));
}
