import { done, type Outcome } from '../domain/outcome.ts';
import type { Json } from '../ports/effect-log.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from './deps.ts';
import { followCustomer } from './follow-customer.ts';
import { invoiceQueue } from './issue-invoice.ts';
import type { RefreshInput } from './refresh-invoice.ts';
import { payoutQueue } from './refresh-payout.ts';
import { customerQueue, type SettleCustomerInput } from './settle-customer.ts';
import type { ShowInput } from './show-invoice.ts';
import { lineOf } from './refresh-invoice/in-line.ts';

/** A change to these is a change to money after payment: the refresh looks for it, whatever the payments show. */
const MONEY = new Set(['stripe:refund', 'stripe:dispute', 'stripe:credit_note', 'stripe:refunded_charge']);

/** A change to these may be new money: Salesforce shows it before QuickBooks, which may have to wait its turn, is asked. */
const PAID = new Set(['stripe:invoice', 'stripe:invoice_payment', 'stripe:payment_intent', 'stripe:charge']);

/** Customers belong to links, not to invoices. */
const CUSTOMER: Record<string, { system: 'stripe' | 'quickbooks'; merged: boolean }> = {
  'stripe:customer': { system: 'stripe', merged: false },
  'quickbooks:customer': { system: 'quickbooks', merged: false },
  'quickbooks:merged_customer': { system: 'quickbooks', merged: true },
};

type ObjectDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'inbox'>;

/** Runs that the engine has not ended after so long may be lost: they are asked for again, which those that are not do not mind. */
const RUN_LEASE_MS = 3_600_000;

/**
 * A provider's object changed: finds the invoices it belongs to and puts a refresh in the line of each. The state itself is
 * read by the refresh, after it holds the invoice's lease. Answers with the runs that settle the object; none where it is not ours.
 */
export async function refreshObject(deps: ObjectDeps, object: DirtyObject): Promise<Outcome<string[]>> {
  if (object.kind === 'stripe:payout') return payout(deps, object);
  const customer = CUSTOMER[object.kind];
  if (customer) return customerOf(deps, object, customer);
  const money = MONEY.has(object.kind);
  const invoices = object.invoiceId === null ? await invoicesOf(deps, object) : done([object.invoiceId]);
  if (invoices.outcome !== 'done') return invoices;
  for (const invoiceId of invoices.value) lineOf(deps.records).report(invoiceId, object.generation);
  const runs = invoices.value.flatMap((invoiceId) => {
    const input: RefreshInput = { invoiceId, quiet: false, object, ...(money ? { money } : {}) };
    const refresh = { ...runOf('refresh-invoice', invoiceId, object, input), slow: true };
    return PAID.has(object.kind)
      ? [runOf('show-invoice', invoiceId, object, { invoiceId, object } satisfies ShowInput), refresh]
      : [refresh];
  });
  return done(await handOver(deps, object, runs));
}

const runOf = (workflow: string, invoiceId: string, { kind, id, generation }: DirtyObject, input: object) => ({
  ...{ workflow, id: `${workflow}.${invoiceId}.${kind}.${id}.${generation}`, queueKey: invoiceQueue(invoiceId), input: input as Json },
});

/** The object knows the runs that settle it before the first of them can end; what only shows it settles nothing. */
async function handOver(
  { inbox, engine }: ObjectDeps,
  object: DirtyObject,
  runs: Parameters<typeof engine.enqueue>[0][],
): Promise<string[]> {
  const ids = runs.filter(({ workflow }) => workflow !== 'show-invoice').map(({ id }) => id);
  if (ids.length > 0) await inbox.handOver(object, ids, RUN_LEASE_MS);
  for (const run of runs) await engine.enqueue(run);
  return ids;
}

/** A payout belongs to no invoice: its own refresh, under the lease of the company's payouts. */
async function payout(deps: ObjectDeps, object: DirtyObject): Promise<Outcome<string[]>> {
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const run = {
    workflow: 'refresh-payout',
    id: `refresh-payout.${object.id}.${object.generation}`,
    queueKey: payoutQueue(read.value.company.key),
    input: { payoutId: object.id, object } as unknown as Json,
    slow: true,
  };
  return done(await handOver(deps, object, [run]));
}

/** A customer belongs to accounts: each is brought in step with it under its own lease. */
async function customerOf(
  deps: ObjectDeps,
  object: DirtyObject,
  { system, merged }: { system: 'stripe' | 'quickbooks'; merged: boolean },
): Promise<Outcome<string[]>> {
  const accounts = await followCustomer(deps, { system, merged, id: object.id });
  if (accounts.outcome !== 'done') return accounts;
  const runs = accounts.value.map((accountId) => ({
    workflow: 'settle-customer',
    id: `settle-customer.${accountId}.${object.kind}.${object.id}.${object.generation}`,
    queueKey: customerQueue(accountId),
    input: { accountId, systems: [system], object } satisfies SettleCustomerInput as unknown as Json,
    slow: true,
  }));
  return done(await handOver(deps, object, runs));
}

async function invoicesOf(deps: ObjectDeps, { kind, id }: DirtyObject): Promise<Outcome<string[]>> {
  const [system, type = ''] = kind.split(':');
  return system === 'stripe' ? invoicesOfStripe(deps, type.replace('refunded_', ''), id) : ofQuickbooks(deps, type, id);
}

/** Salesforce ids of the invoices a Stripe object belongs to; none when it is not ours. */
export async function invoicesOfStripe(deps: Pick<Deps, 'payments' | 'records'>, type: string, id: string): Promise<Outcome<string[]>> {
  const found = await deps.payments.findInvoicesOf({ type, id });
  if (found.outcome !== 'done') return found;
  const named = found.value.flatMap((each) => (each.invoiceId === null ? [] : [each.invoiceId]));
  return collect(
    named,
    found.value
      .filter((each) => each.invoiceId === null)
      .map(
        ({ stripeInvoiceId }) =>
          () =>
            deps.records.findInvoice({ stripeInvoiceId }),
      ),
  );
}

async function ofQuickbooks(deps: ObjectDeps, type: string, id: string): Promise<Outcome<string[]>> {
  const documents = type === 'invoice' ? done([id]) : await deps.ledger.findInvoicesOf({ type, id });
  if (documents.outcome !== 'done') return documents;
  return collect(
    [],
    documents.value.map((quickbooksInvoiceId) => () => deps.records.findInvoice({ quickbooksInvoiceId })),
  );
}

async function collect(known: string[], questions: (() => Promise<Outcome<{ invoiceId: string } | null>>)[]): Promise<Outcome<string[]>> {
  const ids = new Set(known);
  for (const ask of questions) {
    const answer = await ask();
    if (answer.outcome !== 'done') return answer;
    if (answer.value) ids.add(answer.value.invoiceId);
  }
  return done([...ids]);
}
