import { type Row, type Simulation, books } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { entryMarkOf, heldInvoices, isVoided, stripeMarkOf, unbookedIsTold } from './look.ts';
import { hundredths, isClearing } from './sums.ts';

type BalanceRow = ReturnType<Simulation['stripe']['db']['balanceTransactions']['all']>[number];

/** A row of Stripe's balance with what QuickBooks holds for it. */
export interface Moved {
  row: BalanceRow;
  entries: { type: string; document: Row }[];
  /** Money on its way to the bank, and what came back before it arrived, is not booked. */
  needed: boolean;
  /** Stripe's invoices that it is about. */
  invoices: string[];
  /** Somebody is told that it is not booked. */
  listed: boolean;
}

const ENTITIES = ['Payment', 'RefundReceipt', 'CreditMemo', 'JournalEntry', 'Transfer', 'Purchase'] as const;
const moved = new WeakMap<Simulation, Moved[]>();

/** All rows but those that are nothing but a fee; looked at once, when the checks begin. */
export function movedMoney(simulation: Simulation): Moved[] {
  const known = moved.get(simulation);
  if (known) return known;
  const { db } = simulation.stripe;
  const entries = Map.groupBy(allEntries(simulation), ({ mark }) => mark);
  const isTold = unbookedIsTold(simulation);
  const differing = new Set(heldInvoices(simulation).flatMap((held) => (held.listed ? held.stripe.map((each) => String(each['id'])) : [])));
  const found = db.balanceTransactions
    .all()
    .filter((row) => row.type !== 'stripe_fee' && row.amount !== 0)
    .map((row): Moved => {
      const source = row.source ?? '';
      const paymentId = (db.charges.get(source) ?? db.refunds.get(source) ?? db.disputes.get(source))?.payment_intent ?? null;
      const isCharge = row.type === 'charge' || row.type === 'payment';
      const invoices = paymentId === null ? [] : db.invoicePayments.where({ payment_intent: paymentId }).map(({ invoice }) => invoice);
      return {
        row,
        entries: entries.get(isCharge ? (paymentId ?? '') : row.id) ?? [],
        needed: !/^payout/.test(row.type) || hasArrived(simulation, source),
        invoices,
        listed: invoices.some((id) => differing.has(id)) || isTold(row.id, source),
      };
    });
  moved.set(simulation, found);
  return found;
}

function allEntries(simulation: Simulation) {
  return ENTITIES.flatMap((type) =>
    books(simulation, type)
      .filter((document) => !isVoided(document))
      .map((document) => ({ type, document, mark: entryMarkOf(document) ?? stripeMarkOf(document) })),
  );
}

/** On the bank account, or it was there before the bank sent it back. */
function hasArrived({ stripe: { db } }: Simulation, payoutId: string): boolean {
  const payout = db.payouts.get(payoutId);
  if (payout?.status !== 'failed') return payout?.status === 'paid';
  return (db.balanceTransactions.get(payout.failure_balance_transaction ?? '')?.created ?? 0) >= payout.arrival_date;
}

/** Whatever moved in Stripe is in QuickBooks once and moved the clearing account by as much; what is not there is listed for a person. */
export const oneEntryPerRow: Invariant = {
  name: 'one entry per row of the balance',
  check(simulation) {
    const clearing = new Set(
      books(simulation, 'Account')
        .filter(isClearing)
        .map((account) => account['Id']),
    );
    const known = new Set(movedMoney(simulation).map(({ row }) => row.id));
    return [
      ...movedMoney(simulation).flatMap(({ row, entries, needed, listed }) => {
        const called = `${row.id} (${row.reporting_category ?? row.type} of ${row.amount} ${row.currency}, ${String(row.source)})`;
        if (entries.length === 0) return needed && !listed ? [`${called} is not booked and nobody is told`] : [];
        if (!needed) return [`${called} is booked, but moved nothing yet`];
        if (entries.length > 1) return [`${called} is booked ${entries.length} times`];
        const amount = entries
          .flatMap(({ type, document }) => simulation.quickbooks.ledger.entry(`${type}:${String(document['Id'])}`)?.postings ?? [])
          .filter(({ account }) => clearing.has(account))
          .reduce((sum, posting) => sum + posting.amount, 0);
        const wanted = hundredths(row.amount, row.currency.toUpperCase());
        return amount === wanted ? [] : [`${called} moved the clearing account by ${amount}, not ${wanted} hundredths`];
      }),
      ...allEntries(simulation)
        .filter(({ mark }) => mark?.startsWith('txn_') && !known.has(mark))
        .map(({ type, document, mark }) => `${type} ${String(document['Id'])} is booked for ${mark}, which Stripe does not have`),
    ];
  },
};
