import { book, reverse } from './balance.ts';
import { DAY } from './days.ts';
import { display } from './currencies.ts';
import type { BalanceTransaction, Payout } from './entities.ts';
import { invalid } from './errors.ts';
import { newId } from './ids.ts';
import type { Metadata } from './metadata.ts';
import { planPayout } from './payout-plan.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

const HOUR = 3_600;
const LEAVES_AFTER = 6 * HOUR;

/** https://docs.stripe.com/api/payouts/failures */
const FAILURES: Record<string, string> = {
  account_closed: 'The bank account has been closed.',
  could_not_process: 'The bank could not process this payout.',
  debit_not_authorized: 'Debit transactions are not approved on the bank account.',
  insufficient_funds: 'The bank account has insufficient funds.',
  no_account: 'The bank account details on file are probably incorrect. No bank account could be located with those details.',
};

/** Automatic payouts of the day: per currency all that is available; a debt is collected once nothing pending covers it. */
export function runPayouts(world: World): void {
  const now = world.now();
  const unpaid = world.db.balanceTransactions.where({ payout: null });
  for (const currency of new Set(unpaid.map((row) => row.currency))) {
    const rows = unpaid.filter((row) => row.currency === currency);
    const ripe = rows.filter((row) => row.available_on <= now);
    const amount = net(ripe);
    const covered = amount < 0 && net(rows) >= 0;
    if (amount !== 0 && !covered) create(world, { amount, currency, automatic: true, rows: ripe });
  }
  const later = world.db.balanceTransactions.where({ payout: null }).filter((row) => row.available_on > now);
  if (later.length) planPayout(world, Math.min(...later.map((row) => row.available_on)));
}

const net = (rows: BalanceTransaction[]) => rows.reduce((sum, row) => sum + row.amount - row.fee, 0);

interface Wanted {
  amount: number;
  currency: string;
  automatic: boolean;
  rows: BalanceTransaction[];
  description?: string | null;
  metadata?: Metadata;
  statement_descriptor?: string | null;
}

function create(world: World, { rows, amount, currency, automatic, ...details }: Wanted): Payout {
  const now = world.now();
  const id = newId('po');
  const own = book(world, {
    amount: -amount,
    currency,
    source: id,
    type: 'payout',
    description: 'STRIPE PAYOUT',
    payout: automatic ? id : null,
  });
  for (const row of rows) world.db.balanceTransactions.put({ ...row, payout: id });
  const payout: Payout = {
    id,
    created: now,
    amount,
    arrival_date: businessDayAfter(now),
    automatic,
    balance_transaction: own.id,
    currency,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    metadata: {},
    reconciliation_status: automatic ? 'in_progress' : 'not_applicable',
    statement_descriptor: null,
    status: 'pending',
    description: automatic ? 'STRIPE PAYOUT' : null,
    ...details,
  };
  world.db.payouts.put(payout);
  world.emit('payout.created', view.payout(world, id));
  world.later('payout-leaves', now + LEAVES_AFTER, id);
  return payout;
}

/** Midnight of the next day that is neither Saturday nor Sunday; holidays are not known here. */
function businessDayAfter(seconds: number): number {
  let day = Math.floor(seconds / DAY) * DAY + DAY;
  while ([0, 6].includes(new Date(day * 1000).getUTCDay())) day += DAY;
  return day;
}

/** A payout of the caller's own, from what is available. */
export function createManualPayout(world: World, wanted: Omit<Wanted, 'automatic' | 'rows'>): Payout {
  const rows = world.db.balanceTransactions.where({ currency: wanted.currency }).filter((row) => row.available_on <= world.now());
  if (wanted.amount > net(rows))
    throw invalid(
      `You have insufficient funds in your Stripe account for this payout. Your card balance is too low. You can use the the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).`,
      { code: 'balance_insufficient', param: 'amount' },
    );
  if (wanted.amount <= 0) throw invalid(`Invalid positive integer: ${display(wanted.amount, wanted.currency)}`, { param: 'amount' });
  return create(world, { ...wanted, automatic: false, rows: [] });
}

/** The bank has it: from now on what it is made of can be listed. */
export function payoutLeaves(world: World, id: string): void {
  const payout = world.db.payouts.get(id);
  if (payout?.status !== 'pending') return;
  change(world, payout, { status: 'in_transit', ...(payout.automatic ? { reconciliation_status: 'completed' as const } : {}) });
  if (payout.automatic) world.emit('payout.reconciliation_completed', view.payout(world, id));
  world.later('payout-arrives', payout.arrival_date, id);
}

/** Expected to be there; the bank may still return it. */
export function payoutArrives(world: World, id: string): void {
  const payout = world.db.payouts.get(id);
  if (payout?.status !== 'in_transit') return;
  change(world, payout, { status: 'paid' });
  world.emit('payout.paid', view.payout(world, id));
}

/** The bank returns it, up to days after it counted as paid: the money is back in the balance. */
export function failPayout(world: World, id: string, code = 'account_closed'): void {
  const payout = need(world.db.payouts, 'payout', id);
  if (payout.status === 'failed' || payout.status === 'canceled') return;
  comeBack(world, payout, 'payout_failure', {
    status: 'failed',
    failure_code: code,
    failure_message: FAILURES[code] ?? 'The payout failed.',
  });
  world.emit('payout.failed', view.payout(world, id));
}

export function cancelPayout(world: World, payout: Payout): void {
  if (payout.status !== 'pending' || payout.automatic) throw invalid('Payouts can only be canceled while they are pending.');
  comeBack(world, payout, 'payout_cancel', { status: 'canceled' });
  world.emit('payout.canceled', view.payout(world, payout.id));
}

function comeBack(world: World, payout: Payout, type: 'payout_failure' | 'payout_cancel', changes: Partial<Payout>): void {
  world.noLater('payout-leaves', payout.id);
  world.noLater('payout-arrives', payout.id);
  const back = reverse(world, payout.balance_transaction, {
    type,
    source: payout.id,
    description: type === 'payout_failure' ? 'STRIPE PAYOUT (FAILED)' : 'STRIPE PAYOUT (CANCELED)',
  });
  change(world, payout, { ...changes, failure_balance_transaction: back.id });
}

function change(world: World, payout: Payout, changes: Partial<Payout>): void {
  const before = view.payout(world, payout.id);
  world.db.payouts.put({ ...payout, ...changes });
  world.emit('payout.updated', view.payout(world, payout.id), before);
}
