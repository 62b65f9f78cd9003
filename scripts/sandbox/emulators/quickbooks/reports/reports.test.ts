import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../core/clock.ts';
import { openStore } from '../../core/store.ts';
import { createQuickbooksEngine } from '../engine.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { plusDays, today } from '../pacific-time.ts';
import { seedQuickbooks } from '../seed.ts';
import type { Seeded } from '../seed.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- reports nest freely
type Loose = Record<string, any>;
let engine: QuickbooksEngine;
let seeded: Seeded;
const clock = createClock();
const day = today(clock.now());
const ago = (days: number) => plusDays(day, -days);

const report = (name: string, query: Record<string, string> = {}) =>
  engine.request('GET', `/v3/company/${engine.realmId}/reports/${name}`, query) as {
    status: number;
    body: Loose;
    headers: Record<string, string>;
  };
const values = (row: Loose) => (row['ColData'] ?? row['Summary']?.ColData).map((cell: Loose) => cell['value']);
const invoice = (customer: string, amount: number, over: Loose = {}) =>
  engine.write('Invoice', {
    CustomerRef: { value: seeded.customers[customer] },
    Line: [{ Amount: amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] } } }],
    ...over,
  });

beforeEach(() => {
  engine = createQuickbooksEngine({ clock, store: openStore(), auth: false, limits: false });
  seeded = seedQuickbooks(engine, {
    items: [{ name: 'Consulting', incomeAccount: 'Services' }],
    customers: [{ displayName: 'Northwind' }, { displayName: 'Berlin AG', currency: 'EUR' }],
    settings: { classTrackingPerTxn: true, trackDepartments: true },
  });
});

describe('the trial balance', () => {
  it('lists every account with debit or credit, equal in total', () => {
    invoice('Northwind', 100);
    invoice('Berlin AG', 10, { CurrencyRef: { value: 'EUR' }, ExchangeRate: 1.1 });
    const { body } = report('TrialBalance');
    expect(Object.keys(body)).toEqual(['Header', 'Columns', 'Rows']);
    expect(body['Header']).toMatchObject({
      ReportName: 'TrialBalance',
      DateMacro: 'this month-to-date',
      ReportBasis: 'Accrual',
      EndPeriod: day,
      Currency: 'USD',
      Option: [{ Name: 'NoReportData', Value: 'false' }],
    });
    expect(body['Rows'].Row.map(values)).toEqual([
      ['Accounts Receivable (A/R)', '100.00', ''],
      ['Accounts Receivable (A/R) - EUR', '11.00', ''],
      ['Services', '', '111.00'],
      ['TOTAL', '111.00', '111.00'],
    ]);
    expect(body['Rows'].Row.at(-1)).toMatchObject({ group: 'GrandTotal', type: 'Section' });
  });

  it('closes earlier years into retained earnings', () => {
    invoice('Northwind', 40, { TxnDate: `${Number(day.slice(0, 4)) - 1}-05-01` });
    expect(report('TrialBalance').body['Rows'].Row.map(values)).toEqual([
      ['Accounts Receivable (A/R)', '40.00', ''],
      ['Retained Earnings', '', '40.00'],
      ['TOTAL', '40.00', '40.00'],
    ]);
  });
});

describe('the profit and loss report', () => {
  const expense = (amount: number) =>
    engine.write('Purchase', {
      PaymentType: 'Cash',
      AccountRef: { value: seeded.accounts['Checking'] },
      Line: [
        {
          Amount: amount,
          DetailType: 'AccountBasedExpenseLineDetail',
          AccountBasedExpenseLineDetail: { AccountRef: { value: seeded.accounts['Stripe Fees'] } },
        },
      ],
    });
  const totals = (body: Loose) =>
    Object.fromEntries(
      body['Rows'].Row.map((row: Loose) => [row['group'], row['Summary'].ColData.slice(1).map((cell: Loose) => cell['value'])]),
    );

  it('groups income and expenses, with what is left', () => {
    invoice('Northwind', 100);
    expense(30);
    const { body } = report('ProfitAndLoss', { date_macro: 'This Month' });
    expect(totals(body)).toEqual({
      Income: ['100.00'],
      GrossProfit: ['100.00'],
      Expenses: ['30.00'],
      NetOperatingIncome: ['70.00'],
      NetIncome: ['70.00'],
    });
    expect(body['Rows'].Row[0].Rows.Row).toEqual([
      { ColData: [{ value: 'Services', id: seeded.accounts['Services'] }, { value: '100.00' }], type: 'Data' },
    ]);
    expect(report('ProfitAndLoss', { start_date: '2015-01-01', end_date: '2015-07-31' }).body['Header'].Option).toContainEqual({
      Name: 'NoReportData',
      Value: 'true',
    });
  });

  it('splits and filters by customer, class and location', () => {
    const east = engine.write('Class', { Name: 'East' }).Id;
    const shop = engine.write('Department', { Name: 'Shop' }).Id;
    invoice('Northwind', 100, { ClassRef: { value: east } });
    invoice('Berlin AG', 10, { CurrencyRef: { value: 'EUR' }, ExchangeRate: 1, DepartmentRef: { value: shop } });
    const byClass = report('ProfitAndLoss', { date_macro: 'This Year', summarize_column_by: 'Classes' });
    expect(byClass.headers['x-sandbox-not-modelled']).toBe('true');
    const titles = (body: Loose) => body['Columns'].Column.map((column: Loose) => column['ColTitle']);
    const split = report('ProfitAndLoss', { summarize_column_by: 'Classes' }).body;
    expect(titles(split)).toEqual(['', 'East', 'Not Specified', 'TOTAL']);
    expect(totals(split)['NetIncome']).toEqual(['100.00', '10.00', '110.00']);
    expect(totals(report('ProfitAndLoss', { summarize_column_by: 'Departments' }).body)['NetIncome']).toEqual([
      '10.00',
      '100.00',
      '110.00',
    ]);
    expect(totals(report('ProfitAndLoss', { customer: seeded.customers['Northwind']! }).body)['NetIncome']).toEqual(['100.00']);
    expect(titles(report('ProfitAndLoss', { summarize_column_by: 'Month' }).body).at(-2)).toMatch(/^[A-Z][a-z]{2} \d{4}$/);
  });
});

describe('the A/R ageing summary', () => {
  it('ages what is open by due date, with credits and sub-customers', () => {
    const sub = engine.write('Customer', {
      DisplayName: 'Northwind North',
      ParentRef: { value: seeded.customers['Northwind'] },
      Job: true,
    }).Id;
    const old = invoice('Northwind', 100, { TxnDate: ago(60), DueDate: ago(45) });
    invoice('Northwind', 50);
    engine.write('Invoice', {
      CustomerRef: { value: sub },
      TxnDate: ago(200),
      DueDate: ago(100),
      Line: [{ Amount: 7, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] } } }],
    });
    engine.write('Payment', {
      CustomerRef: { value: seeded.customers['Northwind'] },
      TotalAmt: 65,
      TxnDate: ago(10),
      Line: [{ Amount: 60, LinkedTxn: [{ TxnId: old.Id, TxnType: 'Invoice' }] }],
    });
    const { body } = report('AgedReceivables');
    expect(body['Columns'].Column.map((column: Loose) => column['ColTitle'])).toEqual([
      '',
      'Current',
      '1 - 30',
      '31 - 60',
      '61 - 90',
      '91 and over',
      'Total',
    ]);
    const [family, total] = body['Rows'].Row;
    expect(family.Header.ColData.map((cell: Loose) => cell['value'])).toEqual(['Northwind', '50.00', '-5.00', '40.00', '', '', '85.00']);
    expect(values(family.Rows.Row[0])).toEqual(['Northwind North', '', '', '', '', '7.00', '7.00']);
    expect(values(family)).toEqual(['Total Northwind', '50.00', '-5.00', '40.00', '', '7.00', '92.00']);
    expect(values(total)).toEqual(['TOTAL', '50.00', '-5.00', '40.00', '0.00', '7.00', '92.00']);
    // As of a day before the payment, all of it was open.
    expect(values(report('AgedReceivables', { report_date: ago(20) }).body['Rows'].Row.at(-1)).at(-1)).toBe('107.00');
    expect(report('AgedReceivables', { report_date: ago(400) }).body['Header'].Option).toContainEqual({
      Name: 'NoReportData',
      Value: 'true',
    });
  });

  it('refuses what is not modelled', () => {
    for (const [name, query] of [
      ['GeneralLedger', {}],
      ['ProfitAndLoss', { accounting_method: 'Cash' }],
      ['ProfitAndLoss', { item: '1' }],
      ['TrialBalance', { date_macro: 'Next 4 Weeks' }],
    ] as const)
      expect(report(name, query).headers['x-sandbox-not-modelled']).toBe('true');
  });
});
