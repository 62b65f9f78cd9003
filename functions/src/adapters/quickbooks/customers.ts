import { type CustomerFact, factsOf } from '../../domain/customer-facts.ts';
import { quickbooksRetryId } from '../../domain/operation-key.ts';
import { type Failure, type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { Customers, CustomerUpdate, HeldCustomer } from '../../ports/customers.ts';
import { createCalls } from './calls.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboAddress, QboCustomer } from './entities.ts';
import { ACTIVE_OR_NOT, clauses, literal } from './query.ts';
import { rowsOf } from './read-many.ts';
import { fromAddress } from './translate.ts';

type Versioned = QboCustomer & { SyncToken: string; BillAddr?: QboAddress & { Id?: string } };

/** "Object Not Found", of deleted ones too. https://developer.intuit.com/app/developer/qbo/docs/develop/troubleshooting/error-codes */
const NOT_FOUND = '610';
/** The most rows of one query. */
const PAGE = 1000;

const stale: Failure = {
  outcome: 'conflict',
  reason: 'stale',
  problem: {
    code: 'quickbooks-stale',
    severity: 'warning',
    message: 'Somebody changed the customer in QuickBooks meanwhile.',
    action: 'Nothing to do: it is looked at again.',
  },
};

/** QuickBooks' customers behind the port of facts that Salesforce owns. */
export function createCustomers(client: QuickBooksClient): Customers['quickbooks'] {
  const { write } = createCalls(client);
  // By id: a query may answer with a stale SyncToken.
  const retrieve = async (id: string): Promise<Outcome<Versioned | null>> => {
    const read = await client.call<Versioned>('read', 'getCustomer', (sdk, ready) => sdk.getCustomer(id, ready));
    return read.outcome === 'rejected' && read.problem.provider?.code === NOT_FOUND ? done(null) : read;
  };
  const send = async (update: CustomerUpdate, key: string): Promise<{ answer: Outcome<HeldCustomer>; token: string }> => {
    const now = await retrieve(update.id);
    if (now.outcome !== 'done') return { answer: now, token: '' };
    if (!now.value || hasChanged(update, now.value)) return { answer: stale, token: '' };
    const answer = await write<QboCustomer>('updateCustomer', (sdk) => sdk.updateCustomer, toSparse(update, now.value), key);
    return { answer: mapOutcome(answer, toHeld), token: now.value.SyncToken };
  };

  return {
    async listChanged({ since, cursor }) {
      const start = Number(cursor ?? 1);
      const where = `MetaData.LastUpdatedTime >= ${literal(since.replace(/\.\d+Z$/, 'Z'))} AND ${ACTIVE_OR_NOT}`;
      const answer = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', 'findCustomers', (sdk, ready) =>
        sdk.findCustomers(clauses(where, { start, max: PAGE }), ready),
      );
      return mapOutcome(answer, ({ QueryResponse }) => {
        const customers = (rowsOf(QueryResponse) as QboCustomer[]).map(toHeld);
        return { customers, next: customers.length === PAGE ? String(start + PAGE) : null };
      });
    },

    read: async (id) => mapOutcome(await retrieve(id), (customer) => customer && toHeld(customer)),

    async update(update, key) {
      const { answer, token } = await send(update, key);
      const refused = answer.outcome === 'conflict' && answer.reason === 'stale' && token !== '';
      // QuickBooks did not act. What somebody else changed in between is kept; another request has another key.
      return refused ? (await send(update, quickbooksRetryId(key, token))).answer : answer;
    },
  };
}

const toHeld = (customer: QboCustomer): HeldCustomer => ({
  id: customer.Id,
  active: customer.Active !== false,
  facts: factsOf({
    name: customer.DisplayName,
    email: customer.PrimaryEmailAddr?.Address ?? null,
    phone: customer.PrimaryPhone?.FreeFormNumber ?? null,
    address: customer.BillAddr ? fromAddress(customer.BillAddr) : null,
  }),
});

function hasChanged({ from, to }: CustomerUpdate, now: QboCustomer): boolean {
  const { facts } = toHeld(now);
  return (Object.keys(to) as CustomerFact[]).some((fact) => facts[fact] !== from[fact]);
}

/** Sparse: what is not named stays. An address is one member and taken as a whole. */
function toSparse({ id, to }: CustomerUpdate, now: Versioned): object {
  const parts = {
    ...(to.street ? { Line1: to.street } : {}),
    ...(to.city ? { City: to.city } : {}),
    ...(to.state ? { CountrySubDivisionCode: to.state } : {}),
    ...(to.postalCode ? { PostalCode: to.postalCode } : {}),
    ...(to.country ? { Country: to.country } : {}),
  };
  return {
    Id: id,
    SyncToken: now.SyncToken,
    sparse: true,
    ...(to.name ? { DisplayName: to.name } : {}),
    ...(to.email ? { PrimaryEmailAddr: { Address: to.email } } : {}),
    ...(to.phone ? { PrimaryPhone: { FreeFormNumber: to.phone } } : {}),
    ...(Object.keys(parts).length > 0 ? { BillAddr: { ...now.BillAddr, ...parts } } : {}),
  };
}
