import {
  type Cause,
  COPY_DIFFERS,
  FOREIGN_CURRENCY,
  fromSalesforce,
  MARKED_ELSEWHERE,
  NOT_ISSUED,
  unreadable,
  UNKNOWN_STATUS,
} from '../../domain/first-load/causes.ts';
import { type Load, type LoadedObject, systemOf } from '../../domain/first-load/load.ts';
import {
  findTwin,
  type HeldInvoice,
  isHeldAs,
  type MirrorInvoice,
  mirrorInvoice,
  mirrorStatus,
  settledOf,
} from '../../domain/first-load/mirror.ts';
import type { PastInvoice } from '../../domain/first-load/past.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { LoadOwner, Saved } from '../../ports/load-records.ts';
import { accountOf } from './account-of.ts';
import { type OwnedLoad, ownerOfLoad } from './owner-of-load.ts';
import { readChunk } from './read-chunk.ts';
import { savePart } from './save-part.ts';
import { historyOf, type PartDeps } from './part-deps.ts';

type Fate = 'unchanged' | { cause: Cause } | { mirror: MirrorInvoice; held: HeldInvoice | null };

/** One part of a system's invoices: read, given to their accounts, written where anything differs. */
export async function loadInvoices(deps: PartDeps, load: Load, object: LoadedObject): Promise<Outcome<null>> {
  const owned = await ownerOfLoad(deps, load);
  if (owned.outcome !== 'done') return owned;
  const { owner } = owned.value;
  const chunk = await readChunk(load, object, (page) => historyOf(deps, object).listInvoices(page));
  if (chunk.outcome !== 'done') return chunk;
  const { records, unreadable: bad, next } = chunk.value;
  const fates = await fatesOf(deps, load, object, owned.value, records);
  if (fates.outcome !== 'done') return fates;
  const toWrite = records.flatMap((past, index) => {
    const fate = fates.value[index];
    return typeof fate === 'object' && 'mirror' in fate ? [{ past, ...fate }] : [];
  });
  const saved = await write(deps, owner, toWrite);
  if (saved.outcome !== 'done') return saved;

  const causes = [
    ...bad.map(({ id, why }) => ({ id, cause: unreadable(why) })),
    ...records.flatMap(({ id, number }, index) => {
      const fate = fates.value[index];
      return typeof fate === 'object' && 'cause' in fate ? [{ id, name: number, cause: fate.cause }] : [];
    }),
    ...toWrite.flatMap(({ past }, index) => {
      const each = saved.value[index];
      return each && 'problem' in each ? [{ id: past.id, name: past.number, cause: fromSalesforce(each.problem) }] : [];
    }),
  ];
  await savePart(deps, load, object, {
    counts: {
      read: records.length + bad.length,
      written: saved.value.filter((each) => 'id' in each).length,
      unchanged: fates.value.filter((fate) => fate === 'unchanged').length,
    },
    causes,
    position: { cursor: next, listed: next === null, state: next === null ? 'done' : 'running' },
    learned: { parts: records.flatMap(({ id, paidBy }) => paidBy.map((part) => ({ ...part, invoiceId: id }))) },
  });
  return done(null);
}

async function fatesOf(
  deps: PartDeps,
  load: Load,
  { object }: LoadedObject,
  { owner, onlyCurrency }: OwnedLoad,
  records: readonly PastInvoice[],
): Promise<Outcome<Fate[]>> {
  if (records.length === 0) return done([]);
  const system = systemOf(object);
  const standings = await deps.loads.customersOf(load.key, system, [...new Set(records.map(({ customerId }) => customerId))]);
  const numbers = [...new Set(records.flatMap(({ number }) => (number === null ? [] : [number])))];
  const held = await deps.loadRecords.heldInvoices({ system, ids: records.map(({ id }) => id), numbers }, owner);
  if (held.outcome !== 'done') return held;
  const known = new Known(system, held.value);
  const accounts = new Set(
    records.flatMap((past) => {
      const account = accountOf(standings, past.customerId);
      return 'accountId' in account && !known.own(past) ? [account.accountId] : [];
    }),
  );
  const owners = accounts.size === 0 ? done(new Map<string, string>()) : await deps.loadRecords.ownersOf([...accounts]);
  if (owners.outcome !== 'done') return owners;
  const ownerOf = (accountId: string): string | null => owners.value.get(accountId) ?? null;
  const taken = new Set<string>();
  return done(records.map((past) => fateOf(past, accountOf(standings, past.customerId), { known, ownerOf, taken, onlyCurrency })));
}

/** What Salesforce holds of some invoices. */
class Known {
  readonly #own: Map<string, HeldInvoice>;
  readonly #byNumber = new Map<string, HeldInvoice[]>();
  constructor(system: 'stripe' | 'quickbooks', held: readonly HeldInvoice[]) {
    const idOf = (each: HeldInvoice) => (system === 'stripe' ? each.stripeInvoiceId : each.quickbooksInvoiceId);
    this.#own = new Map(held.flatMap((each) => (idOf(each) === null ? [] : [[idOf(each) ?? '', each] as const])));
    for (const each of held) if (each.number !== null) this.#byNumber.set(each.number, [...(this.#byNumber.get(each.number) ?? []), each]);
  }
  own({ id }: PastInvoice): HeldInvoice | null {
    return this.#own.get(id) ?? null;
  }
  ofNumber(number: string | null): HeldInvoice[] {
    return this.#byNumber.get(number ?? '') ?? [];
  }
}

interface Ground {
  known: Known;
  ownerOf(accountId: string): string | null;
  /** Invoices that another one of the same part was found to be a copy of. */
  taken: Set<string>;
  onlyCurrency: string | null;
}

function fateOf(
  past: PastInvoice,
  account: { accountId: string } | { cause: Cause },
  { known, ownerOf, taken, onlyCurrency }: Ground,
): Fate {
  const own = known.own(past);
  // What Trueup issued is followed by its own road, and nothing of it is touched here.
  if (own && own.loadedFrom === null) return 'unchanged';
  if (past.invoiceId !== null) return { cause: MARKED_ELSEWHERE };
  const status = mirrorStatus(past);
  if (status === null) return { cause: past.status === 'draft' ? NOT_ISSUED : UNKNOWN_STATUS };
  if (onlyCurrency !== null && past.currency !== onlyCurrency) return { cause: FOREIGN_CURRENCY };
  if ('cause' in account) return account;
  const { accountId } = account;
  const twin = own ? null : findTwin(past, accountId, known.ofNumber(past.number));
  const held = own ?? (twin && !taken.has(twin.id) ? twin : null);
  if (held && !own) taken.add(held.id);
  if (
    past.system === 'quickbooks' &&
    held?.loadedFrom === 'Stripe and QuickBooks' &&
    (held.total !== past.total || held.currency !== past.currency)
  )
    return { cause: COPY_DIFFERS };
  const mirror = mirrorInvoice(past, { accountId, ownerId: ownerOf(accountId), held, status });
  return held && isHeldAs(mirror, held) ? 'unchanged' : { mirror, held };
}

/** Writes invoices, then what of them is settled by no payment that Salesforce holds: so that paid and due are those of their own system. */
async function write(
  deps: PartDeps,
  owner: LoadOwner,
  some: readonly { mirror: MirrorInvoice; held: HeldInvoice | null }[],
): Promise<Outcome<Saved[]>> {
  if (some.length === 0) return done([]);
  const saved = await deps.loadRecords.writeInvoices(
    some.map(({ mirror }) => mirror),
    owner,
  );
  if (saved.outcome !== 'done') return saved;
  const rests = some.flatMap(({ mirror, held }, index) => {
    const each = saved.value[index];
    if (!each || !('id' in each)) return [];
    const byPayments = (held?.allocations ?? [])
      .filter(({ paymentKey }) => paymentKey !== null)
      .reduce((sum, { amount }) => sum + amount, 0);
    const before = held?.allocations.find(({ paymentKey }) => paymentKey === null)?.amount ?? 0;
    const rest = settledOf(mirror) - byPayments;
    return rest === before ? [] : [{ index, write: { invoiceId: each.id, payment: null, amount: rest, currency: mirror.currency } }];
  });
  const allocated = rests.length === 0 ? done([]) : await deps.loadRecords.writeAllocations(rests.map((rest) => rest.write));
  if (allocated.outcome !== 'done') return allocated;
  const all = [...saved.value];
  rests.forEach(({ index }, at) => {
    const each = allocated.value[at];
    if (each && 'problem' in each) all[index] = each;
  });
  return done(all);
}
