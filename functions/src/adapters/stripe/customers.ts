import type Stripe from 'stripe';
import { type CustomerFact, type CustomerFacts, factsOf } from '../../domain/customer-facts.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { type Failure, type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { Customers, CustomerUpdate, HeldCustomer } from '../../ports/customers.ts';
import type { StripeClient } from './client.ts';
import { placeAfter, readPlace } from './place-in-list.ts';
import { fromAddress } from './translate.ts';

const PAGE = 100;
const CLOCKS_DIFFER_MS = 15 * 60_000;

const stale: Failure = {
  outcome: 'conflict',
  reason: 'stale',
  problem: {
    code: 'stripe-stale',
    severity: 'warning',
    message: 'Somebody changed the customer in Stripe meanwhile.',
    action: 'Nothing to do: it is looked at again.',
  },
};

/** Stripe's customers behind the port of facts that Salesforce owns. */
export function createCustomers({ call }: StripeClient): Required<Customers['stripe']> {
  const retrieve = async (id: string): Promise<Outcome<Stripe.Customer | null>> => {
    const read = await call('read', 'customers.retrieve', (sdk) => sdk.customers.retrieve(id));
    if (read.outcome === 'rejected' && read.problem.provider?.code === 'resource_missing') return done(null);
    return mapOutcome(read, (customer) => (customer.deleted ? null : customer));
  };

  return {
    async listChanged({ cursor }) {
      const place = readPlace(cursor);
      const list = (from: Pick<Stripe.CustomerListParams, 'created' | 'starting_after'>) =>
        call('read', 'customers.list', (sdk) => sdk.customers.list({ limit: PAGE, ...from }));
      let answer = await list(place ? { starting_after: place.id } : {});
      if (place && answer.outcome === 'rejected' && answer.problem.provider?.code === 'resource_missing')
        answer = await list({ created: { lte: place.created } });
      return mapOutcome(answer, ({ data, has_more: more }) => ({
        customers: data.filter(({ id }) => !place?.seen.includes(id)).map(toHeld),
        next: more ? placeAfter(data, place) : null,
      }));
    },
    read: async (id) => mapOutcome(await retrieve(id), (customer) => customer && toHeld(customer)),

    // Stripe knows no version of a customer: it is read right before it is written.
    async update(update, key) {
      const now = await retrieve(update.id);
      if (now.outcome !== 'done') return now;
      if (!now.value || changed(update, toHeld(now.value).facts)) return stale;
      const params = toParams(update, now.value.address);
      // What stays of an address may change until it is sent again, and Stripe takes no other body under the same key.
      const idempotencyKey = params.address ? `${key}:${fingerprint(JSON.stringify(params.address))}` : key;
      const answer = await call('write', 'customers.update', (sdk) => sdk.customers.update(update.id, params, { idempotencyKey }));
      return mapOutcome(answer, toHeld);
    },

    // Its event repeats the key, and says what was there before.
    async heldBefore({ id, key, since }) {
      const created = { gte: Math.floor((Date.parse(since) - CLOCKS_DIFFER_MS) / 1000) };
      let after: string | null = null;
      do {
        const page: Pick<Stripe.EventListParams, 'starting_after'> = after ? { starting_after: after } : {};
        const listed: Outcome<Pick<Stripe.ApiList<Stripe.Event>, 'data' | 'has_more'>> = await call('read', 'events.list', (sdk) =>
          sdk.events.list({ type: 'customer.updated', created, limit: PAGE, ...page }),
        );
        if (listed.outcome !== 'done') return listed;
        const { data, has_more: more } = listed.value;
        const event = data.find(
          (each) => each.request?.idempotency_key?.startsWith(`${key}:`) && (each.data.object as Stripe.Customer).id === id,
        );
        if (event) return done(toHeld(beforeEvent(event)).facts);
        after = more ? (data.at(-1)?.id ?? null) : null;
      } while (after !== null);
      return done(null);
    },
  };
}

const toHeld = (customer: Stripe.Customer): HeldCustomer => ({
  id: customer.id,
  active: true,
  facts: factsOf({
    name: customer.name ?? null,
    email: customer.email,
    phone: customer.phone ?? null,
    address: customer.address ? fromAddress(customer.address) : null,
  }),
});

/** Of an address that changed only those parts are among the previous values. */
function beforeEvent({ data }: Stripe.Event): Stripe.Customer {
  const now = data.object as Stripe.Customer;
  const before = (data.previous_attributes ?? {}) as Partial<Stripe.Customer>;
  return { ...now, ...before, ...(before.address ? { address: { ...now.address, ...before.address } } : {}) };
}

const changed = ({ from, to }: CustomerUpdate, now: CustomerFacts): boolean =>
  (Object.keys(to) as CustomerFact[]).some((fact) => now[fact] !== from[fact]);

/** An address is taken as a whole: what stays of it goes along. */
function toParams({ to }: CustomerUpdate, held: Stripe.Address | null | undefined): Stripe.CustomerUpdateParams {
  const { name, email, phone, street, ...rest } = to;
  const { postalCode, ...same } = rest;
  const parts = { ...same, ...(street ? { line1: street } : {}), ...(postalCode ? { postal_code: postalCode } : {}) };
  const stays = Object.fromEntries(Object.entries(held ?? {}).filter(([, value]) => value !== null && value !== ''));
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(Object.keys(parts).length > 0 ? { address: { ...stays, ...parts } } : {}),
  };
}
