import type { Draft, Entity } from '../entities.ts';
import { periodOf } from './period.ts';
import { dataRow, money, reportBody, section } from './report.ts';
import type { ReportSource } from './report.ts';

/** Accounts are listed by type, as in the chart of accounts, then by name. */
const TYPES = [
  'Bank',
  'Accounts Receivable',
  'Other Current Asset',
  'Fixed Asset',
  'Other Asset',
  'Accounts Payable',
  'Credit Card',
  'Other Current Liability',
  'Long Term Liability',
  'Equity',
  'Income',
  'Cost of Goods Sold',
  'Expense',
  'Other Income',
  'Other Expense',
];
const YEARLY = ['Income', 'Cost of Goods Sold', 'Expense', 'Other Income', 'Other Expense'];

/** Debit and credit of every account at the end of the period. Income and expenses count from the fiscal year's first day; earlier years are in retained earnings (assumed). */
export function trialBalance(source: ReportSource): Draft {
  const period = periodOf(source.query, source.now, 'this month-to-date');
  const yearStart = `${period.end.slice(0, 4)}-01-01`;
  const accounts = new Map(
    source.books
      .rows('Account')
      .all()
      .map(({ body }) => [body.Id, body]),
  );
  const retained = [...accounts.values()].find((account) => account['AccountSubType'] === 'RetainedEarnings');
  const sums = new Map<string, number>();
  for (const entry of source.ledger.entries()) {
    if (entry.date > period.end) continue;
    for (const { account, home } of entry.postings) {
      const isEarlier = entry.date < yearStart && YEARLY.includes(String(accounts.get(account)?.['AccountType']));
      const target = isEarlier ? (retained?.Id ?? account) : account;
      sums.set(target, (sums.get(target) ?? 0) + home);
    }
  }
  const rank = (account: Entity) => TYPES.indexOf(String(account['AccountType']));
  const name = (account: Entity) => String(account['FullyQualifiedName']);
  const shown = [...sums]
    .flatMap(([id, sum]) => (sum === 0 ? [] : [{ account: accounts.get(id)!, sum }]))
    .sort((a, b) => rank(a.account) - rank(b.account) || (name(a.account) < name(b.account) ? -1 : 1));
  const debits = shown.reduce((total, { sum }) => total + Math.max(sum, 0), 0);
  const credits = shown.reduce((total, { sum }) => total + Math.max(-sum, 0), 0);
  return reportBody(source, {
    name: 'TrialBalance',
    period,
    head: { ReportBasis: 'Accrual' },
    isEmpty: shown.length === 0,
    columns: [
      { title: '', type: 'Account' },
      { title: 'Debit', type: 'Money' },
      { title: 'Credit', type: 'Money' },
    ],
    rows: [
      ...shown.map(({ account, sum }) =>
        dataRow([{ value: name(account), id: account.Id }, { value: sum > 0 ? money(sum) : '' }, { value: sum < 0 ? money(-sum) : '' }]),
      ),
      section({
        group: 'GrandTotal',
        summary: [
          { value: 'TOTAL' },
          { value: money(shown.length ? debits : undefined) },
          { value: money(shown.length ? credits : undefined) },
        ],
      }),
    ],
  });
}
