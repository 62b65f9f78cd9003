import { displayNameChoices } from '../../domain/display-name.ts';
import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LedgerCustomer, LedgerCustomerBody } from '../../ports/ledger.ts';
import type { StripeCustomer, StripeCustomerBody } from '../../ports/payments.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';

type CustomerDeps = Pick<Deps, 'payments' | 'ledger' | 'effects' | 'clock'>;

/** Outside ids that are not this account, or not any more: people said so, or they were deleted. */
type RuledOut = ReadonlySet<string>;

/** One Stripe customer per account and currency: Stripe binds a customer to the currency it was first billed in. */
export function createStripeCustomer(
  deps: CustomerDeps,
  body: StripeCustomerBody,
  currency: string,
  ruledOut: RuledOut = new Set(),
): Promise<Outcome<StripeCustomer>> {
  return untilAnother(ruledOut, (after) => sendOnce(deps, stripeCustomer(deps, body, currency, ruledOut, after)));
}

/**
 * Creates it under the first display name that nobody holds: names are unique over customers, vendors and employees, and
 * inactive ones count (6240). A holder that carries our account's id is the customer itself.
 */
export function createLedgerCustomer(
  deps: CustomerDeps,
  body: LedgerCustomerBody,
  ruledOut: RuledOut = new Set(),
): Promise<Outcome<LedgerCustomer>> {
  return untilAnother(ruledOut, (after) => createUnderFreeName(deps, body, ruledOut, after));
}

/** What an effect made once it answers for ever; when that was ruled out since, the next one is another effect. */
async function untilAnother<Customer extends { id: string }>(
  ruledOut: RuledOut,
  create: (after: string) => Promise<Outcome<Customer>>,
): Promise<Outcome<Customer>> {
  for (let after = ''; ;) {
    const made = await create(after);
    if (made.outcome !== 'done' || !ruledOut.has(made.value.id)) return made;
    after += `-after-${made.value.id}`;
  }
}

function stripeCustomer(
  { payments }: CustomerDeps,
  body: StripeCustomerBody,
  currency: string,
  ruledOut: RuledOut,
  after: string,
): Effect<StripeCustomerBody, StripeCustomer> {
  return {
    key: effectKey(body.accountId, `stripe-customer-${currency}${after}`),
    system: 'stripe',
    carries: ['bill-to'],
    body,
    send: (frozen, key) => payments.createCustomer(frozen, key),
    find: async (frozen) =>
      mapOutcome(await payments.findCustomers(frozen), (customers) =>
        foundOf(
          customers.filter(
            (each) =>
              each.accountId === frozen.accountId && (each.currency === null || each.currency === currency) && !ruledOut.has(each.id),
          ),
        ),
      ),
  };
}

/** One QuickBooks customer per account and currency. */
function ledgerCustomer(
  { ledger }: CustomerDeps,
  body: LedgerCustomerBody,
  ruledOut: RuledOut,
  after: string,
): Effect<LedgerCustomerBody, LedgerCustomer> {
  return {
    key: effectKey(body.accountId, `qbo-customer-${body.currency}${after}`),
    system: 'quickbooks',
    carries: ['bill-to'],
    body,
    send: (frozen, key) => ledger.createCustomer(frozen, key),
    find: async (frozen) =>
      mapOutcome(await ledger.findCustomers({ accountId: frozen.accountId, email: frozen.email, name: frozen.displayName }), (customers) =>
        foundOf(
          customers.filter((each) => each.accountId === frozen.accountId && each.currency === frozen.currency && !ruledOut.has(each.id)),
        ),
      ),
  };
}

async function createUnderFreeName(
  deps: CustomerDeps,
  body: LedgerCustomerBody,
  ruledOut: RuledOut,
  after: string,
): Promise<Outcome<LedgerCustomer>> {
  let last: Outcome<LedgerCustomer> | undefined;
  for (const displayName of displayNameChoices(body.displayName, body.currency, body.accountId)) {
    last = await sendOnce(deps, ledgerCustomer(deps, { ...body, displayName }, ruledOut, after));
    if (last.outcome !== 'conflict' || last.reason !== 'name-taken') return last;
    const own = await holderIfOurs(deps, displayName, body, ruledOut);
    if (own) return own;
  }
  return last as Outcome<LedgerCustomer>;
}

async function holderIfOurs(
  deps: CustomerDeps,
  displayName: string,
  body: LedgerCustomerBody,
  ruledOut: RuledOut,
): Promise<Outcome<LedgerCustomer> | null> {
  const holder = await deps.ledger.findNameHolder(displayName);
  if (holder.outcome !== 'done') return holder;
  if (holder.value?.type !== 'Customer' || holder.value.accountId !== body.accountId || ruledOut.has(holder.value.id)) return null;
  const read = await deps.ledger.readForInvoice({ customerId: holder.value.id, itemIds: [] });
  if (read.outcome !== 'done') return read;
  const { customer } = read.value;
  return customer && customer.active && customer.currency === body.currency ? { outcome: 'done', value: customer } : null;
}
