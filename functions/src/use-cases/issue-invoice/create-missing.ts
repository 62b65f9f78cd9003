import { factsOf } from '../../domain/customer-facts.ts';
import type { Link } from '../../domain/link.ts';
import { writeMemory } from '../../domain/link-memory.ts';
import { customerLink } from '../../domain/matching.ts';
import { ruledOutFor } from '../../domain/match-review.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { asMade } from '../../domain/settle-facts.ts';
import { createLedgerCustomer, createStripeCustomer } from '../writes/create-customers.ts';
import { mappedTo } from './bodies.ts';
import { whomOf } from './check-again.ts';
import type { Saga } from './saga.ts';

interface Settled {
  stripe: { id: string; link: Link | null };
  quickbooks: { id: string; link: Link | null };
}

/** The customer's id in each book, and the link to one that was created now. */
export async function createMissing(saga: Saga): Promise<Outcome<Settled>> {
  const { stripe, quickbooks } = saga.order.customers;
  const [inStripe, inLedger] = await Promise.all([
    stripe.id === null ? createInStripe(saga) : done({ id: stripe.id, link: null }),
    quickbooks.id === null ? createInLedger(saga) : done({ id: quickbooks.id, link: null }),
  ]);
  if (inStripe.outcome !== 'done') return inStripe;
  if (inLedger.outcome !== 'done') return inLedger;
  return done({ stripe: inStripe.value, quickbooks: inLedger.value });
}

const createdBy = ({ order }: Saga, system: Link['system']) => ({
  ...({ matchedBy: 'Created', reasons: 'Created by Trueup.' } as const),
  remembered: writeMemory(asMade(system, factsOf(order.billTo))),
});

async function createInStripe(saga: Saga): Promise<Outcome<Settled['stripe']>> {
  const { deps, order } = saga;
  const { name, email, phone, address } = order.billTo;
  const { accountId, companyKey } = order;
  const body = { accountId, companyKey, name, email, phone, address, ...mappedTo(order, 'Stripe Customer') };
  const created = await createStripeCustomer(deps, body, order.currency, ruledOutFor(order, 'stripe', whomOf(order)));
  return mapOutcome(created, (customer) => ({
    id: customer.id,
    link: customerLink(
      'stripe',
      whomOf(order),
      { id: customer.id, name: customer.name ?? name, url: customer.url },
      createdBy(saga, 'stripe'),
    ),
  }));
}

async function createInLedger(saga: Saga): Promise<Outcome<Settled['quickbooks']>> {
  const { deps, order } = saga;
  const reference = await deps.ledger.readReference();
  if (reference.outcome !== 'done') return reference;
  const { name, email, phone, address } = order.billTo;
  const body = {
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
  };
  const created = await createLedgerCustomer(deps, body, ruledOutFor(order, 'quickbooks', whomOf(order)));
  return mapOutcome(created, (customer) => ({
    id: customer.id,
    link: customerLink(
      'quickbooks',
      whomOf(order),
      { id: customer.id, name: customer.displayName, url: customer.url },
      createdBy(saga, 'quickbooks'),
    ),
  }));
}
