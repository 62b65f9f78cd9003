import type { Draft, Entity } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { today } from '../pacific-time.ts';
import { openItems } from './open-items.ts';
import { daysBetween, periodOf } from './period.ts';
import { dataRow, money, reportBody, section } from './report.ts';
import type { Cell, ReportSource, Row } from './report.ts';

const BUCKETS = ['Current', '1 - 30', '31 - 60', '61 - 90', '91 and over'];
const DAYS = 30;

/** Hundredths of the home currency per bucket. */
type Ages = number[];

/** What customers owe by age (A/R ageing summary), in the home currency. `aging_method=Current` ages to today, `Report_Date` to the report's day. */
export function agedReceivables(source: ReportSource): Draft {
  const { query, now } = source;
  const method = query['aging_method'] ?? 'Report_Date';
  if (method !== 'Report_Date' && method !== 'Current') throw faults.unsupported(`report with aging_method=${method}`);
  const period = query['report_date'] ? undefined : periodOf(query, now, 'today');
  const day = query['report_date'] ?? period!.end;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw faults.invalidDate('report_date', day);
  const agedTo = method === 'Current' ? today(now) : day;
  const [customers, departments] = [query['customer']?.split(','), query['department']?.split(',')];
  const ages = new Map<string, Ages>();
  for (const { customer, due, department, home } of openItems(source, day)) {
    if (customers && !customers.includes(customer)) continue;
    if (departments && !departments.includes(department ?? '')) continue;
    const bucket = Math.min(Math.max(Math.ceil(daysBetween(due, agedTo) / DAYS), 0), BUCKETS.length - 1);
    const own = ages.get(customer) ?? BUCKETS.map(() => 0);
    own[bucket]! += home;
    ages.set(customer, own);
  }
  for (const [customer, own] of ages) if (own.every((amount) => amount === 0)) ages.delete(customer);
  const total = [...ages.values()].reduce(
    (sum, own) => add(sum, own),
    BUCKETS.map(() => 0),
  );
  return reportBody(source, {
    name: 'AgedReceivables',
    period: { start: day, end: day, macro: period?.macro ?? 'today' },
    filters: { Customer: query['customer'], Department: query['department'] },
    options: { report_date: day },
    isEmpty: ages.size === 0,
    columns: [{ title: '', type: 'Customer' }, ...[...BUCKETS, 'Total'].map((title) => ({ title, type: 'Money' as const }))],
    rows: [
      ...customerRows(ages, undefined, people(source, ages)),
      section({
        group: 'GrandTotal',
        summary: [{ value: 'TOTAL' }, ...[...total, sum(total)].map((amount) => ({ value: money(amount) }))],
      }),
    ],
  });
}

const add = (a: Ages, b: Ages): Ages => a.map((amount, index) => amount + b[index]!);
const sum = (ages: Ages): number => ages.reduce((total, amount) => total + amount, 0);
const cells = (title: Cell, ages: Ages | undefined): Cell[] => [
  title,
  ...(ages ?? BUCKETS.map(() => 0)).map((amount) => ({ value: amount === 0 ? '' : money(amount) })),
  { value: money(ages ? sum(ages) : 0) },
];

/** Customers with a balance, and those above them. */
function people(source: ReportSource, ages: Map<string, Ages>): Map<string, Entity> {
  const found = new Map<string, Entity>();
  for (const id of ages.keys())
    for (let next: string | undefined = id; next !== undefined && !found.has(next);) {
      const body: Entity | undefined = source.books.get('Customer', next);
      if (body) found.set(next, body);
      next = refId(body?.['ParentRef']);
    }
  return found;
}

/** Sub-customers are rows of their parent's section. */
function customerRows(ages: Map<string, Ages>, parent: string | undefined, customers: Map<string, Entity>): Row[] {
  const name = (customer: Entity) => String(customer['DisplayName']);
  return [...customers.values()]
    .filter((customer) => refId(customer['ParentRef']) === parent)
    .sort((a, b) => (name(a) < name(b) ? -1 : 1))
    .map((customer) => {
      const title = { value: name(customer), id: customer.Id };
      const rows = customerRows(ages, customer.Id, customers);
      if (rows.length === 0) return dataRow(cells(title, ages.get(customer.Id)));
      const all = family(customer.Id, customers).flatMap((id) => ages.get(id) ?? []);
      const whole = BUCKETS.map((_, bucket) => sum(all.filter((_amount, index) => index % BUCKETS.length === bucket)));
      return section({ header: cells(title, ages.get(customer.Id)), rows, summary: cells({ value: `Total ${name(customer)}` }, whole) });
    });
}

const family = (id: string, customers: Map<string, Entity>): string[] => [
  id,
  ...[...customers.values()]
    .filter((customer) => refId(customer['ParentRef']) === id)
    .flatMap((customer) => family(customer.Id, customers)),
];
