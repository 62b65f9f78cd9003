import {
  byNoAccount,
  type Cause,
  FOREIGN_CURRENCY,
  fromSalesforce,
  NEVER_PAID,
  PAYMENT_MARKED_ELSEWHERE,
  PAYMENT_NOT_HELD,
  unreadable,
} from '../../domain/first-load/causes.ts';
import { type Load, type LoadedObject, type LoadSystem, systemOf } from '../../domain/first-load/load.ts';
import {
  type CopiedPayment,
  type HeldInvoice,
  type HeldPayment,
  isPaymentHeldAs,
  type MirrorPayment,
  mirrorPayment,
} from '../../domain/first-load/mirror.ts';
import type { PastPayment } from '../../domain/first-load/past.ts';
import { type Counting, type Pays, Settling } from '../../domain/first-load/settling.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { paymentKey } from '../../domain/payment.ts';
import { accountOf } from './account-of.ts';
import { type OwnedLoad, ownerOfLoad } from './owner-of-load.ts';
import { readChunk } from './read-chunk.ts';
import { savePart } from './save-part.ts';
import { historyOf, type PartDeps } from './part-deps.ts';
import { writePayments } from './write-payments.ts';

type Fate = 'unchanged' | { cause: Cause } | { mirror: MirrorPayment | CopiedPayment; counting: Counting | null };

interface Ground {
  settling: Settling;
  held: Map<string, HeldPayment>;
  paysOf(past: PastPayment): Pays;
  accountOf(past: PastPayment): { accountId: string } | { cause: Cause };
  ownerOf(accountId: string): string | null;
  onlyCurrency: string | null;
}

/** One part of a system's payments: read, written where anything differs, and counted against the loaded invoices that they paid. */
export async function loadPayments(deps: PartDeps, load: Load, object: LoadedObject): Promise<Outcome<null>> {
  const owned = await ownerOfLoad(deps, load);
  if (owned.outcome !== 'done') return owned;
  const { owner } = owned.value;
  const chunk = await readChunk(load, object, (page) => historyOf(deps, object).listPayments(page));
  if (chunk.outcome !== 'done') return chunk;
  const { records, unreadable: bad, next } = chunk.value;
  const ground = await readGround(deps, load, object, owned.value, records);
  if (ground.outcome !== 'done') return ground;
  const fates = records.map((past) => fateOf(past, ground.value));
  const toWrite = records.flatMap((past, index) => {
    const fate = fates[index];
    return typeof fate === 'object' && 'mirror' in fate ? [{ past, ...fate }] : [];
  });
  const saved = await writePayments(deps, owner, ground.value.settling, toWrite);
  if (saved.outcome !== 'done') return saved;

  await savePart(deps, load, object, {
    counts: {
      read: records.length + bad.length,
      written: saved.value.filter((each) => 'id' in each).length,
      unchanged: fates.filter((fate) => fate === 'unchanged').length,
    },
    causes: [
      ...bad.map(({ id, why }) => ({ id, cause: unreadable(why) })),
      ...records.flatMap(({ id, name }, index) => {
        const fate = fates[index];
        return typeof fate === 'object' && 'cause' in fate ? [{ id, name, cause: fate.cause }] : [];
      }),
      ...toWrite.flatMap(({ past }, index) => {
        const each = saved.value[index];
        return each && 'problem' in each ? [{ id: past.id, name: past.name, cause: fromSalesforce(each.problem) }] : [];
      }),
    ],
    position: { cursor: next, listed: next === null, state: next === null ? 'done' : 'running' },
  });
  return done(null);
}

async function readGround(
  deps: PartDeps,
  load: Load,
  { object }: LoadedObject,
  { owner, onlyCurrency }: OwnedLoad,
  records: readonly PastPayment[],
): Promise<Outcome<Ground>> {
  const system = systemOf(object);
  const customerIds = [...new Set(records.flatMap(({ customerId }) => customerId ?? []))];
  const standings = await deps.loads.customersOf(load.key, system, customerIds);
  const parts =
    system === 'stripe'
      ? await deps.loads.partsOf(
          load.key,
          records.map(({ id }) => id),
        )
      : [];
  const paysOf = ({ id, pays }: PastPayment): Pays => byInvoice([...pays, ...parts.filter(({ paymentId }) => paymentId === id)]);
  const invoiceIds = [...new Set(records.flatMap((past) => paysOf(past).map(({ invoiceId }) => invoiceId)))];
  const paid = invoiceIds.length === 0 ? done<HeldInvoice[]>([]) : await deps.loadRecords.heldInvoices({ system, ids: invoiceIds }, owner);
  if (paid.outcome !== 'done') return paid;
  const payments =
    records.length === 0
      ? done<HeldPayment[]>([])
      : await deps.loadRecords.heldPayments({ system, ids: records.map(({ id }) => id) }, owner);
  if (payments.outcome !== 'done') return payments;
  const held = new Map(payments.value.map((each) => [(system === 'stripe' ? each.stripePaymentId : each.quickbooksPaymentId) ?? '', each]));
  const seen = new Set(paid.value.map(({ id }) => id));
  const left = [...new Set(payments.value.flatMap((each) => heldOf(each, system)))].filter((id) => !seen.has(id));
  const noLongerPaid =
    left.length === 0 ? done<HeldInvoice[]>([]) : await deps.loadRecords.heldInvoices({ system, ids: [], records: left }, owner);
  if (noLongerPaid.outcome !== 'done') return noLongerPaid;
  const accountIds = [...new Set([...standings.values()].flatMap(({ accountId }) => accountId ?? []))];
  const owners = accountIds.length === 0 ? done(new Map<string, string>()) : await deps.loadRecords.ownersOf(accountIds);
  if (owners.outcome !== 'done') return owners;
  return done({
    held,
    onlyCurrency,
    paysOf,
    settling: new Settling(system, [...paid.value, ...noLongerPaid.value]),
    accountOf: ({ customerId }) => (customerId === null ? { cause: byNoAccount } : accountOf(standings, customerId)),
    ownerOf: (accountId) => owners.value.get(accountId) ?? null,
  });
}

/** Only a payment of QuickBooks tells all that it pays: what pays what in Stripe is told by invoices, of which not all may be listed. */
const heldOf = (held: HeldPayment | null, system: LoadSystem): string[] => (system === 'quickbooks' ? (held?.countsFor ?? []) : []);

/** Several lines of a payment may pay one invoice. */
function byInvoice(pays: Pays): Pays {
  const sums = new Map<string, number>();
  for (const { invoiceId, amount } of pays) sums.set(invoiceId, (sums.get(invoiceId) ?? 0) + amount);
  return [...sums].map(([invoiceId, amount]) => ({ invoiceId, amount }));
}

function fateOf(past: PastPayment, { settling, held, paysOf, accountOf: account, ownerOf, onlyCurrency }: Ground): Fate {
  const known = held.get(past.id) ?? null;
  // What belongs to an invoice that Trueup issued comes by its own road.
  if (known && known.loadedFrom === null) return 'unchanged';
  const pays = paysOf(past);
  // An entry without money applies a credit: Salesforce holds the credit, and no payment.
  if (pays.length > 0 && pays.every(({ invoiceId }) => settling.isIssued(invoiceId)))
    return past.amount === 0 ? 'unchanged' : { cause: PAYMENT_NOT_HELD };
  if (past.status === 'never-paid') return { cause: NEVER_PAID };
  if (past.ours) return { cause: PAYMENT_MARKED_ELSEWHERE };
  if (onlyCurrency !== null && past.currency !== onlyCurrency) return { cause: FOREIGN_CURRENCY };
  const belongs = account(past);
  if ('cause' in belongs) return belongs;
  const copy = known ? null : settling.findCopied(past, pays);
  if (copy !== null) return { mirror: copyOf(past, copy), counting: null };
  if (known && known.sourceSystem === 'Stripe' && past.system === 'quickbooks') return 'unchanged';
  const mirror = mirrorPayment(past, {
    accountId: belongs.accountId,
    ownerId: ownerOf(belongs.accountId),
    held: known,
    status: past.status,
  });
  const counts = past.status !== 'Failed' && past.status !== 'Processing';
  const counting = {
    key: paymentKey(mirror),
    pays: counts ? pays : pays.map((each) => ({ ...each, amount: 0 })),
    heldOf: heldOf(known, past.system),
  };
  return known && isPaymentHeldAs(mirror, known) && settling.isAllocated(counting) ? 'unchanged' : { mirror, counting };
}

const copyOf = (past: PastPayment, stripePaymentId: string): CopiedPayment => ({
  ...{ key: 'stripe', loadedFrom: 'Stripe and QuickBooks', stripePaymentId },
  ...{ quickbooksPaymentId: past.id, quickbooksUrl: past.url },
});
