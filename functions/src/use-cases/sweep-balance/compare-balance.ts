import type { BalanceRow } from '../../domain/balance-row.ts';
import { clearingAccount, clearingAccountName } from '../../domain/clearing-account.ts';
import { totalOf, type FeeGroup } from '../../domain/fee-groups.ts';
import { moneyText, sum } from '../../domain/money.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { StripePayout } from '../../ports/balance.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { BooksOf } from '../record-money/enter.ts';
import type { SweepDeps } from './sweep-deps.ts';

/** What the clearing account of one currency holds, and what it should hold. */
interface Standing {
  currency: string;
  clearing: number;
  stripe: number;
  inTransit: number;
  /** Fees of days that are not over or could not be booked, and rows without an entry. */
  openFees: number;
  unbooked: number;
}

export interface Comparison {
  issues: SyncIssueWrite[];
  /** Keys of all that differs, told or not. */
  found: string[];
  report: string[];
}

/**
 * The invariant of the books: per currency the clearing account holds Stripe's balance and the payouts in transit, but for what
 * is known to be unbooked yet.
 */
export async function compareBalance(
  deps: SweepDeps,
  books: BooksOf,
  unbooked: BalanceRow[],
  openFees: FeeGroup[],
  newest: BalanceRow | undefined,
): Promise<Outcome<Comparison>> {
  const standings = await readStandings(deps, books, unbooked, openFees);
  if (standings.outcome !== 'done') return standings;
  const differing = standings.value.filter((each) => difference(each) !== 0);
  const found = differing.map((each) => keyOf(books, each));
  // Money that moved while we looked is no difference; the next sync sees it whole.
  if (differing.length > 0) {
    const later = await deps.balance.listRows({ createdFrom: newest?.createdAt ?? books.company.booksFrom, cursor: null });
    if (later.outcome !== 'done') return later;
    if (later.value.rows[0] && later.value.rows[0].id !== newest?.id)
      return done({ issues: [], found, report: ['Money moved in Stripe while the books were compared; the next sync compares them.'] });
  }
  return done({ issues: differing.map((each) => issueOf(books, each)), found, report: standings.value.map((each) => lineOf(books, each)) });
}

async function readStandings(
  deps: SweepDeps,
  { company, reference }: BooksOf,
  unbooked: BalanceRow[],
  openFees: FeeGroup[],
): Promise<Outcome<Standing[]>> {
  const totals = await deps.balance.readTotals();
  if (totals.outcome !== 'done') return totals;
  const underWay = await deps.balance.listPayoutsUnderWay();
  if (underWay.outcome !== 'done') return underWay;
  const accounts = totals.value.map(({ currency }) => clearingAccount(reference.accounts, company.clearingAccount, currency));
  const balances = await deps.bookings.readBalances(accounts.flatMap((account) => account?.id ?? []));
  if (balances.outcome !== 'done') return balances;
  const under = new Set(underWay.value.map(({ id }) => id));
  return done(
    totals.value.map(({ currency, amount }, index) => ({
      currency,
      clearing: balances.value.find(({ accountId }) => accountId === accounts[index]?.id)?.amount ?? 0,
      stripe: amount,
      inTransit: sum(underWay.value.filter(isOurs(company.booksFrom, currency)).map((payout) => payout.amount)),
      openFees: sum(openFees.filter((group) => group.currency === currency).map(({ parts }) => totalOf(parts))),
      // A payout on its way is counted as such.
      unbooked: sum(unbooked.filter((row) => row.currency === currency && !under.has(row.sourceId ?? '')).map((row) => row.amount)),
    })),
  );
}

const isOurs = (booksFrom: string, currency: string) => (payout: StripePayout) =>
  payout.currency === currency && payout.createdAt >= booksFrom;

/** An open fee lowered Stripe's balance and not the clearing account; a row without an entry moved Stripe's balance alone. */
const difference = ({ clearing, stripe, inTransit, openFees, unbooked }: Standing): number =>
  clearing - (stripe + inTransit + openFees - unbooked);

function lineOf({ company }: BooksOf, standing: Standing): string {
  const { currency, clearing, stripe, inTransit, openFees, unbooked } = standing;
  const show = (minor: number) => moneyText(minor, currency).display;
  return [
    `${clearingAccountName(company.clearingAccount, currency)} ${show(clearing)}`,
    `= Stripe ${show(stripe)} + in transit ${show(inTransit)}`,
    openFees === 0 ? '' : `+ fees not booked yet ${show(openFees)}`,
    unbooked === 0 ? '' : `- not booked ${show(unbooked)}`,
    difference(standing) === 0 ? '' : `(differs by ${show(difference(standing))})`,
  ]
    .filter(Boolean)
    .join(' ');
}

const keyOf = ({ company }: BooksOf, { currency }: Standing): string => `${company.key}.balance.${currency}`;

function issueOf(books: BooksOf, standing: Standing): SyncIssueWrite {
  return {
    key: keyOf(books, standing),
    cause: 'Balance Differs',
    invoiceId: null,
    recordId: null,
    message: `The clearing account does not hold what Stripe holds: ${lineOf(books, standing)}.`,
    fix: "Look for entries in the clearing account that are not Trueup's, or were changed. A Stripe balance from before Trueup is entered once as the account's opening balance.",
  };
}
