import type { Draft, Entity } from '../entities.ts';
import { refId } from '../entities.ts';
import { periodOf } from './period.ts';
import { columnSet, dimensionsOf } from './profit-columns.ts';
import { dataRow, money, reportBody, section } from './report.ts';
import type { Cell, ReportSource, Row } from './report.ts';

/** Amounts by column, the total last. */
type Amounts = number[];

const GROUPS = {
  Income: { title: 'Income', accountType: 'Income', sign: -1 },
  COGS: { title: 'Cost of Goods Sold', accountType: 'Cost of Goods Sold', sign: 1 },
  Expenses: { title: 'Expenses', accountType: 'Expense', sign: 1 },
  OtherIncome: { title: 'Other Income', accountType: 'Other Income', sign: -1 },
  OtherExpenses: { title: 'Other Expenses', accountType: 'Other Expense', sign: 1 },
} as const;
type Group = keyof typeof GROUPS;

const FILTERS = { customer: 'Customer', class: 'Class', department: 'Department' } as const;

/** Income, expenses and what is left, by account; accrual only. Shape as recorded and documented. */
export function profitAndLoss(source: ReportSource): Draft {
  const period = periodOf(source.query, source.now, 'this fiscal year-to-date');
  const set = columnSet(source, period);
  const wanted = Object.keys(FILTERS).map((name) => [name as keyof typeof FILTERS, source.query[name]?.split(',')] as const);
  const accounts = new Map(
    source.books
      .rows('Account')
      .all()
      .map(({ body }) => [body.Id, body]),
  );
  const types: string[] = Object.values(GROUPS).map(({ accountType }) => accountType);
  const sums = new Map<string, Map<string, number>>();
  const keys = new Set<string>();
  for (const entry of source.ledger.entries()) {
    if (entry.date < period.start || entry.date > period.end) continue;
    for (const posting of entry.postings) {
      if (posting.home === 0 || !types.includes(String(accounts.get(posting.account)?.['AccountType']))) continue;
      const ids = dimensionsOf(entry, posting);
      if (wanted.some(([name, list]) => list && !list.includes(ids[name] ?? ''))) continue;
      const key = set.keyOf(entry, posting);
      keys.add(key);
      const perKey = sums.get(posting.account) ?? new Map<string, number>();
      sums.set(posting.account, perKey.set(key, (perKey.get(key) ?? 0) + posting.home));
    }
  }
  const columns = keys.size === 0 ? [] : set.columns(keys);
  const amountsOf = (account: Entity, sign: 1 | -1): Amounts | undefined => {
    const perKey = sums.get(account.Id);
    if (!perKey) return undefined;
    const byColumn = columns.map(({ key }) => sign * (perKey.get(key) ?? 0) || 0);
    return [...byColumn, [...perKey.values()].reduce((total, amount) => total + sign * amount, 0) || 0];
  };
  return reportBody(source, {
    name: 'ProfitAndLoss',
    period,
    head: { ReportBasis: 'Accrual', SummarizeColumnsBy: set.by },
    filters: Object.fromEntries(Object.entries(FILTERS).map(([name, title]) => [title, source.query[name]])),
    options: { AccountingStandard: 'GAAP' },
    isEmpty: keys.size === 0,
    columns: [
      { title: '', type: 'Account', metaData: { ColKey: 'account' } },
      ...columns.map(({ column }) => column),
      { title: set.totalTitle, type: 'Money', metaData: { ColKey: 'total' } },
    ],
    rows: profitRows([...accounts.values()], amountsOf, columns.length + 1),
  });
}

function profitRows(accounts: Entity[], amountsOf: (account: Entity, sign: 1 | -1) => Amounts | undefined, width: number): Row[] {
  const cells = (title: string, amounts: Amounts | undefined): Cell[] => [
    { value: title },
    ...Array.from({ length: width }, (_, index) => ({ value: money(amounts?.[index]) })),
  ];
  const groups = Object.fromEntries(
    Object.entries(GROUPS).map(([name, group]) => {
      const own = accounts.filter((account) => account['AccountType'] === group.accountType);
      return [name, accountRows(own, undefined, (account) => amountsOf(account, group.sign), cells)];
    }),
  ) as Record<Group, ReturnType<typeof accountRows>>;
  const group = (name: Group): Row =>
    section({
      header: cells(GROUPS[name].title, undefined),
      rows: groups[name].rows,
      summary: cells(`Total ${GROUPS[name].title}`, groups[name].total),
      group: name,
    });
  const result = (title: string, name: string, amounts: Amounts | undefined): Row =>
    section({ summary: cells(title, amounts), group: name });
  const has = (name: Group) => groups[name].total !== undefined;
  const gross = minus(groups.Income.total, groups.COGS.total);
  const operating = minus(gross, groups.Expenses.total);
  const other = minus(groups.OtherIncome.total, groups.OtherExpenses.total);
  return [
    group('Income'),
    ...(has('COGS') ? [group('COGS')] : []),
    result('Gross Profit', 'GrossProfit', gross),
    group('Expenses'),
    result('Net Operating Income', 'NetOperatingIncome', operating),
    ...(has('OtherIncome') ? [group('OtherIncome')] : []),
    ...(has('OtherExpenses') ? [group('OtherExpenses')] : []),
    ...(other ? [result('Net Other Income', 'NetOtherIncome', other)] : []),
    result('Net Income', 'NetIncome', plus(operating, other)),
  ];
}

const plus = (a: Amounts | undefined, b: Amounts | undefined): Amounts | undefined =>
  a && b ? a.map((amount, index) => amount + b[index]!) : (a ?? b);
const minus = (a: Amounts | undefined, b: Amounts | undefined): Amounts | undefined =>
  plus(
    a,
    b?.map((amount) => -amount || 0),
  );

/** The accounts below `parent` with their amounts; those that have accounts below them are sections of their own. */
function accountRows(
  accounts: Entity[],
  parent: string | undefined,
  amountsOf: (account: Entity) => Amounts | undefined,
  cells: (title: string, amounts: Amounts | undefined) => Cell[],
): { rows: Row[]; total: Amounts | undefined } {
  const rows: Row[] = [];
  let total: Amounts | undefined;
  const ids = new Set(accounts.map(({ Id }) => Id));
  const parentOf = (account: Entity) => (ids.has(refId(account['ParentRef']) ?? '') ? refId(account['ParentRef']) : undefined);
  const name = (account: Entity) => String(account['Name']);
  for (const account of accounts.filter((each) => parentOf(each) === parent).sort((a, b) => (name(a) < name(b) ? -1 : 1))) {
    const own = amountsOf(account);
    const below = accountRows(accounts, account.Id, amountsOf, cells);
    const [title, ...values] = cells(name(account), own);
    const head = [{ ...title!, id: account.Id }, ...values];
    if (below.total)
      rows.push(section({ header: head, rows: below.rows, summary: cells(`Total ${name(account)}`, plus(own, below.total)) }));
    else if (own?.some((amount) => amount !== 0)) rows.push(dataRow(head, 'Data'));
    total = plus(total, plus(own, below.total));
  }
  return { rows, total };
}
