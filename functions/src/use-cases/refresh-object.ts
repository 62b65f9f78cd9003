import type { Link } from '../domain/link.ts';
import { done, mapOutcome, type Outcome } from '../domain/outcome.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Job } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from './deps.ts';
import { followCustomer } from './follow-customer.ts';
import { followProducts } from './follow-products.ts';
import { invoiceQueue } from './issue-invoice.ts';
import type { RefreshInput } from './refresh-invoice.ts';
import { type PayoutInput, payoutQueue } from './refresh-payout.ts';
import { customerQueue, type SettleCustomerInput } from './settle-customer.ts';
import type { ShowInput } from './show-invoice.ts';
import { lineOf } from './refresh-invoice/in-line.ts';

/** A change to these is a change to money after payment: the refresh looks for it, whatever the payments show. */
const MONEY = new Set(['salesforce:invoice', 'stripe:refund', 'stripe:dispute', 'stripe:credit_note', 'stripe:refunded_charge']);

/**
 * A change to these may be new money: Salesforce shows it before QuickBooks, which may have to wait its turn, is asked. A charge is
 * not among them: its invoice or payment intent changes with it.
 */
const PAID = new Set(['stripe:invoice', 'stripe:invoice_payment', 'stripe:payment_intent']);

/** Customers belong to links, not to invoices. */
const CUSTOMER: Record<string, { system: 'stripe' | 'quickbooks'; merged: boolean }> = {
  'stripe:customer': { system: 'stripe', merged: false },
  'quickbooks:customer': { system: 'quickbooks', merged: false },
  'quickbooks:merged_customer': { system: 'quickbooks', merged: true },
};

/** An account that somebody wants brought in step with all its customers. */
const ACCOUNT = 'salesforce:account';

const systemsOf = (kind: string): Link['system'][] => (kind === ACCOUNT ? ['stripe', 'quickbooks'] : [CUSTOMER[kind]?.system ?? []].flat());

type ObjectDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'inbox'>;

/** An object whose lines are known. */
type Placed = DirtyObject & { lines: string[] };

/** Runs that the engine has not ended after so long may be lost: what they were for is asked for again, which those that are not do not mind. */
const RUN_LEASE_MS = 300_000;

export const mayBeNewMoney = ({ kind }: DirtyObject): boolean => PAID.has(kind);

/**
 * A provider's object changed: finds the invoices it belongs to and puts a refresh in the line of each. The state itself is
 * read by the refresh, after it holds the invoice's lease. Answers with the runs that settle the object; none where it is not ours.
 */
export async function refreshObject(deps: ObjectDeps, object: DirtyObject): Promise<Outcome<string[]>> {
  const lines = await linesOf(deps, object);
  if (lines.outcome !== 'done') return lines;
  const placed = [{ ...object, lines: lines.value }];
  await showNews(deps, placed);
  return done(await refreshLines(deps, placed));
}

/** What the object belongs to: invoices or accounts by their ids in Salesforce, or the line of all payouts. None: nothing of ours, or done with. */
export async function linesOf(deps: ObjectDeps, object: DirtyObject): Promise<Outcome<string[]>> {
  if (object.kind === 'stripe:payout') {
    return mapOutcome(await deps.records.readCompany({ asking: null }), ({ company }) => [payoutQueue(company.key)]);
  }
  if (object.kind === ACCOUNT) return done([object.id]);
  const customer = CUSTOMER[object.kind];
  if (customer) return followCustomer(deps, { ...customer, id: object.id });
  if (object.kind === 'stripe:product') return mapOutcome(await followProducts(deps, [object.id]), () => []);
  const known = knownLine(deps, object);
  return known === null ? invoicesOf(deps, object) : done([known]);
}

/** The invoice it belongs to where that is known without asking anybody. */
export const knownLine = ({ records }: Pick<Deps, 'records'>, { kind, id, invoiceId }: DirtyObject): string | null =>
  invoiceId ?? lineOf(records).ownerOf(`${kind}:${id}`);

/** What may be new money is shown, whatever else waits for its turn: one run for each invoice. */
export async function showNews({ records, engine }: Pick<Deps, 'records' | 'engine'>, objects: readonly Placed[]): Promise<void> {
  for (const { lines, generation } of objects) for (const invoiceId of lines) lineOf(records).report(invoiceId, generation);
  for (const [invoiceId, { newest }] of byLine(objects.filter(mayBeNewMoney))) {
    const input: ShowInput = { invoiceId, generation: newest };
    await engine.enqueue(jobOf('show-invoice', invoiceId, String(newest), input));
  }
}

/** Puts one refresh in each line for all objects in it, which settles them. Answers with the runs. */
export async function refreshLines({ inbox, records, engine }: ObjectDeps, objects: readonly Placed[]): Promise<string[]> {
  for (const { lines, generation } of objects) for (const line of lines) lineOf(records).report(line, generation);
  const jobs = [...byLine(objects)].flatMap(([line, { objects: inLine, generations }]) =>
    inLine.some(({ kind }) => kind === 'stripe:payout')
      ? inLine.map((object) => payoutJob(line, object))
      : inLine.some(({ kind }) => systemsOf(kind).length > 0)
        ? customerJob(line, inLine, generations)
        : invoiceJob(line, inLine, generations),
  );
  const handed = objects.map((object) => ({ ...object, runs: jobs.filter(({ of }) => of.includes(object)).map(({ id }) => id) }));
  // Each knows the runs that settle it before the first of them can end.
  await inbox.handOver(handed, RUN_LEASE_MS);
  for (const { of: _, ...job } of jobs) await engine.enqueue(job);
  return jobs.map(({ id }) => id);
}

/** A job, and the objects it settles. */
type RefreshJob = Job & { of: readonly Placed[] };

function invoiceJob(invoiceId: string, of: readonly Placed[], generations: string): RefreshJob {
  const money = of.some(({ kind }) => MONEY.has(kind));
  // Most that QuickBooks tells of are our own bookings, and a flow may ask for thousands: where nothing is new, nobody is told.
  const quiet = of.every(({ kind }) => !kind.startsWith('stripe:'));
  const input: RefreshInput = { invoiceId, quiet, objects: of.map(asDirty), ...(money ? { money } : {}) };
  return { ...jobOf('refresh-invoice', invoiceId, generations, input), of };
}

/** A payout belongs to no invoice: its own refresh, under the lease of the company's payouts. */
function payoutJob(queueKey: string, object: Placed): RefreshJob {
  const input: PayoutInput = { payoutId: object.id, objects: [asDirty(object)] };
  return { ...jobOf('refresh-payout', object.id, String(object.generation), input), queueKey, of: [object] };
}

/** A customer belongs to accounts: each is brought in step with it under its own lease. */
function customerJob(accountId: string, of: readonly Placed[], generations: string): RefreshJob {
  const systems = [...new Set(of.flatMap(({ kind }) => systemsOf(kind)))];
  const input: SettleCustomerInput = { accountId, systems, objects: of.map(asDirty) };
  return { ...jobOf('settle-customer', accountId, generations, input), queueKey: customerQueue(accountId), of };
}

const jobOf = (workflow: string, subject: string, generations: string, input: object): Job => ({
  ...{ workflow, id: `${workflow}.${subject}.${generations}`, queueKey: invoiceQueue(subject), input: input as Json },
});

const asDirty = ({ kind, id, invoiceId, generation, attempts }: Placed): DirtyObject => ({ kind, id, invoiceId, generation, attempts });

interface InLine {
  objects: Placed[];
  newest: number;
  /** Says which objects: another set of them is another run. */
  generations: string;
}

function byLine(objects: readonly Placed[]): Map<string, InLine> {
  const found = new Map<string, Placed[]>();
  for (const object of objects) for (const line of object.lines) found.set(line, [...(found.get(line) ?? []), object]);
  return new Map(
    [...found].map(([line, inLine]) => {
      const [oldest, newest] = [Math.min, Math.max].map((pick) => pick(...inLine.map(({ generation }) => generation))) as [number, number];
      return [line, { objects: inLine, newest, generations: inLine.length === 1 ? `${newest}` : `${oldest}-${newest}.${inLine.length}` }];
    }),
  );
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
