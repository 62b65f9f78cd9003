import { displayNameChoices } from '../../domain/display-name.ts';
import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LedgerCustomer, LedgerCustomerBody } from '../../ports/ledger.ts';
import type { StripeCustomer, StripeCustomerBody } from '../../ports/payments.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';

type CustomerDeps = Pick<Deps, 'payments' | 'ledger' | 'effects' | 'clock'>;

/** One that was lost is replaced by another effect: the first one's answer would give the lost one again. */
const after = (inPlaceOf: string | null): string => (inPlaceOf === null ? '' : `-after-${inPlaceOf}`);

/** One Stripe customer per account and currency: Stripe binds a customer to the currency it was first billed in. */
export function createStripeCustomer(
  { payments }: CustomerDeps,
  body: StripeCustomerBody,
  currency: string,
  inPlaceOf: string | null = null,
): Effect<StripeCustomerBody, StripeCustomer> {
  return {
    key: effectKey(body.accountId, `stripe-customer-${currency}${after(inPlaceOf)}`),
    system: 'stripe',
    carries: ['bill-to'],
    body,
    send: (frozen, key) => payments.createCustomer(frozen, key),
    find: async (frozen) =>
      mapOutcome(await payments.findCustomers(frozen), (customers) =>
        foundOf(customers.filter((each) => each.accountId === frozen.accountId && (each.currency === null || each.currency === currency))),
      ),
  };
}

/** One QuickBooks customer per account and currency. */
function createLedgerCustomer(
  { ledger }: CustomerDeps,
  body: LedgerCustomerBody,
  inPlaceOf: string | null,
): Effect<LedgerCustomerBody, LedgerCustomer> {
  return {
    key: effectKey(body.accountId, `qbo-customer-${body.currency}${after(inPlaceOf)}`),
    system: 'quickbooks',
    carries: ['bill-to'],
    body,
    send: (frozen, key) => ledger.createCustomer(frozen, key),
    find: async (frozen) =>
      mapOutcome(await ledger.findCustomers({ accountId: frozen.accountId, email: frozen.email, name: frozen.displayName }), (customers) =>
        foundOf(customers.filter((each) => each.accountId === frozen.accountId && each.currency === frozen.currency)),
      ),
  };
}

/**
 * Creates it under the first display name that nobody holds: names are unique over customers, vendors and employees, and
 * inactive ones count (6240). A holder that carries our account's id is the customer itself.
 */
export async function createUnderFreeName(
  deps: CustomerDeps,
  body: LedgerCustomerBody,
  inPlaceOf: string | null = null,
): Promise<Outcome<LedgerCustomer>> {
  let last: Outcome<LedgerCustomer> | undefined;
  for (const displayName of displayNameChoices(body.displayName, body.currency, body.accountId)) {
    last = await sendOnce(deps, createLedgerCustomer(deps, { ...body, displayName }, inPlaceOf));
    if (last.outcome !== 'conflict' || last.reason !== 'name-taken') return last;
    const own = await holderIfOurs(deps, displayName, body);
    if (own) return own;
  }
  return last as Outcome<LedgerCustomer>;
}

async function holderIfOurs(deps: CustomerDeps, displayName: string, body: LedgerCustomerBody): Promise<Outcome<LedgerCustomer> | null> {
  const holder = await deps.ledger.findNameHolder(displayName);
  if (holder.outcome !== 'done') return holder;
  if (holder.value?.type !== 'Customer' || holder.value.accountId !== body.accountId) return null;
  const read = await deps.ledger.readForInvoice({ customerId: holder.value.id, itemIds: [] });
  if (read.outcome !== 'done') return read;
  const { customer } = read.value;
  return customer && customer.active && customer.currency === body.currency ? { outcome: 'done', value: customer } : null;
}
