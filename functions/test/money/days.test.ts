import { afterEach, expect, test } from 'vitest';
import { addDays, dayInZone, startOfDay } from '../../src/domain/dates.ts';
import { issueInvoice } from '../../src/use-cases/issue-invoice.ts';
import { type Company, openCompany, REP } from './company.ts';
import type { MoneyCase } from './generate.ts';
import { readQuickbooks } from './quickbooks-in-process.ts';
import { askStripe } from './stripe-in-process.ts';

// A document's day is a day of the company's, whatever the clocks of the three systems count in.

const ZONES = [
  'Pacific/Pago_Pago',
  'America/New_York',
  'America/St_Johns',
  'UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];
/** An ordinary day, the days on which clocks change in the north and the south, the end of a year, a leap day. */
const DAYS = ['2027-01-15', '2027-03-14', '2027-03-28', '2027-04-04', '2027-10-03', '2027-10-31', '2027-11-07', '2027-12-31', '2028-02-29'];

const CASE: Omit<MoneyCase, 'serial'> = {
  aim: 'any',
  currency: 'USD',
  taxRate: null,
  stripeTax: false,
  balance: 0,
  send: false,
  lines: [{ quantity: '2', unitPrice: '125', discountPercent: null, hasProduct: true }],
};

let company: Company | undefined;
afterEach(() => company?.close());

test.each(ZONES)('a minute after and before midnight in %s: one day in all three systems', async (timeZone) => {
  const opened = openCompany();
  company = opened;
  opened.org.company.timeZone = timeZone;
  for (const [serial, day] of DAYS.entries())
    for (const [side, at] of [startOfDay(day, timeZone) + 60_000, startOfDay(addDays(day, 1), timeZone) - 60_000].entries()) {
      await opened.deps.clock.sleep(at - opened.deps.clock.now());
      const sourceId = opened.sell({ ...CASE, serial: serial * 2 + side });
      const reply = await issueInvoice(opened.deps, { sourceId, draft: { delivery: 'do-not-send', terms: 'Net 30' }, waitMs: 1 }, REP);
      expect(reply).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
      const invoice = [...opened.org.invoices.values()].at(-1);
      const order = opened.org.orders.get(invoice?.id ?? '');
      const inStripe = askStripe(opened.stripe, 'GET', `/v1/invoices/${String(invoice?.stripeInvoiceId)}`);
      const inBooks = readQuickbooks(opened.quickbooks, `invoice/${String(invoice?.quickbooksInvoiceId)}`)['Invoice'] as Record<
        string,
        unknown
      >;
      const due = addDays(day, 30);
      expect({
        salesforce: [order?.invoiceDate, order?.dueDate],
        quickbooks: [inBooks['TxnDate'], inBooks['DueDate']],
        stripe: dayInZone(Number(inStripe['due_date']) * 1000, timeZone),
      }).toEqual({ salesforce: [day, due], quickbooks: [day, due], stripe: due });
    }
});
