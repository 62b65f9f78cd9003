import { exponentOf } from './currencies.ts';
import { DAY, midnightFrom } from './days.ts';
import type { BalanceTransaction } from './entities.ts';
import { newId } from './ids.ts';
import { planPayout } from './payout-plan.ts';
import type { World } from './world.ts';

const FUNDS_AVAILABLE_AFTER = 2 * DAY;

/** When the money of a payment that succeeds now can be paid out. */
export const availableOn = (world: World): number => midnightFrom(world.now() + FUNDS_AVAILABLE_AFTER);

type Entry = Pick<BalanceTransaction, 'amount' | 'currency' | 'source' | 'type'> &
  Partial<Pick<BalanceTransaction, 'available_on' | 'description' | 'fee_description' | 'payout' | 'reporting_category'>> & {
    /** Of the amount as settled, in the settled currency. */
    fee?: (amount: number, currency: string) => number;
  };

/** Writes one row of the balance, in the account's settlement currency, and has it paid out in its time. */
export function book(world: World, entry: Entry): BalanceTransaction {
  const now = world.now();
  const { fee, ...rest } = entry;
  const settled = settle(world, entry.amount, entry.currency);
  const row: BalanceTransaction = {
    id: newId('txn').replace('_1', '_3'),
    created: now,
    available_on: now,
    description: null,
    payout: null,
    ...rest,
    ...settled,
    fee: fee ? fee(settled.amount, settled.currency) : 0,
  };
  world.db.balanceTransactions.put(row);
  if (row.payout === null) planPayout(world, row.available_on);
  return row;
}

/** Converts to the settlement currency where the account has one and a rate is known. https://docs.stripe.com/currencies/conversions */
function settle(world: World, amount: number, currency: string): Pick<BalanceTransaction, 'amount' | 'currency' | 'exchange_rate'> {
  const settlement = world.settlement;
  const rate = settlement?.rates[currency];
  if (!settlement || rate === undefined || currency === settlement.currency) return { amount, currency, exchange_rate: null };
  const scale = 10 ** (exponentOf(settlement.currency) - exponentOf(currency));
  return { amount: Math.round(amount * rate * scale), currency: settlement.currency, exchange_rate: rate };
}

/** The opposite of a row: what it moved comes back, fees do not. */
export function reverse(
  world: World,
  id: string,
  entry: Pick<Entry, 'type' | 'source' | 'description' | 'reporting_category'>,
): BalanceTransaction {
  const row = world.db.balanceTransactions.get(id)!;
  const back = book(world, { ...entry, amount: -row.amount, currency: row.currency });
  const kept = { ...back, exchange_rate: row.exchange_rate };
  world.db.balanceTransactions.put(kept);
  return kept;
}

/** A fee of its own that Stripe takes from the balance (Invoicing, Radar, …). */
export function chargeFee(world: World, amount: number, currency: string, description: string): BalanceTransaction {
  return book(world, { amount: -amount, currency, source: null, type: 'stripe_fee', description });
}
