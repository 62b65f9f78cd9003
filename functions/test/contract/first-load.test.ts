import { afterAll, beforeAll, expect, it } from 'vitest';
import { addUp, type Load } from '../../src/domain/first-load/load.ts';
import { refreshInvoice } from '../../src/use-cases/refresh-invoice.ts';
import { forecastFirstLoad } from '../../src/use-cases/forecast-load.ts';
import { sendInvoice } from '../../src/use-cases/send-invoice.ts';
import { startLoad } from '../../src/use-cases/start-load.ts';
import { voidInvoice } from '../../src/use-cases/void-invoice.ts';
import { registerWorkflows } from '../../src/use-cases/workflows.ts';
import { type PastCompany, startPastCompany } from '../first-load/company.ts';
import { must } from './must.ts';

// The first load through the real SDKs, at an org with the package and both stand-ins; how it is killed, paused and refused is told by
// the tests of load-history, whose fakes are held to the same outcomes.

const admin = () => ({
  userId: company.adminId,
  correlationId: 'test',
  permissions: ['Trueup_Administer', 'Trueup_Issue_Invoice', 'Trueup_Void_Invoice'],
});
const FIELDS = 'Name, Number__c, Loaded_From__c, Status__c, Total__c, Amount_Due__c, Loaded_Balance__c, Account__r.Name, OwnerId';
let company: PastCompany;

async function load(createAccounts = false): Promise<Load> {
  must(await startLoad(company.ports, { createAccounts, since: null }, admin()));
  await company.ports.engine.idle();
  const latest = await company.ports.loads.latest('main');
  if (!latest) throw new Error('no load');
  return latest;
}

beforeAll(async () => {
  company = await startPastCompany([{ name: 'Acme Rockets LLC', phone: '+1 415 555 0100', email: 'ann@acme.example' }]);
  // Ours is a day behind the clock by which they say when a record was created.
  const { clock } = company.ports;
  Object.assign(company.ports, { clock: { ...clock, now: () => clock.now() - 86_400_000 } });
  const { quickbooks, stripe } = company;
  const acme = await quickbooks.create('Customer', {
    DisplayName: 'Acme Rockets',
    CompanyName: 'Acme Rockets',
    PrimaryEmailAddr: { Address: 'ann@acme.example' },
    PrimaryPhone: { FreeFormNumber: '(415) 555-0100' },
  });
  const stranger = await quickbooks.create('Customer', { DisplayName: 'Stranger & Daughters' });
  const invoice = (DocNumber: string, amount: number, customer = acme) =>
    quickbooks.create('Invoice', {
      DocNumber,
      ...{ TxnDate: '2026-03-01', DueDate: '2026-03-31', CustomerRef: { value: customer } },
      BillEmail: { Address: 'books@acme.example' },
      Line: [{ DetailType: 'SalesItemLineDetail', Amount: amount, SalesItemLineDetail: { ItemRef: { value: '1' } } }],
    });
  const first = await invoice('1001', 250.5);
  const copy = await invoice('ST-1', 300);
  await invoice('1003', 70, stranger);
  const pay = (id: string, amount: number) =>
    quickbooks.create('Payment', {
      ...{ CustomerRef: { value: acme }, TotalAmt: amount, TxnDate: '2026-03-15' },
      Line: [{ Amount: amount, LinkedTxn: [{ TxnId: id, TxnType: 'Invoice' }] }],
    });
  await pay(first, 100);
  await pay(copy, 300);
  const customer = await stripe.customer('Acme Rockets', 'ann@acme.example');
  await stripe.invoice(customer, 30_000, { number: 'ST-1', then: 'paid' });
  await stripe.invoice(customer, 1_000, { number: 'ST-2', then: 'void' });
  await stripe.invoice(customer, 2_000, { number: 'ST-3', then: 'uncollectible' });
  await stripe.invoice(customer, 3_000, { number: 'ST-4', then: 'draft' });
  registerWorkflows(company.ports);
});
afterAll(() => company?.stop());

it('forecasts what there is', async () => {
  const forecast = must(await forecastFirstLoad(company.ports, { since: null }, admin()));
  expect(forecast.objects).toEqual([
    { object: 'quickbooks-customers', records: 2, estimated: false },
    { object: 'stripe-customers', records: 1, estimated: false },
    { object: 'quickbooks-invoices', records: 3, estimated: false },
    { object: 'stripe-invoices', records: 4, estimated: false },
    { object: 'stripe-payments', records: expect.any(Number) as number, estimated: false },
    { object: 'quickbooks-payments', records: 2, estimated: false },
  ]);
  expect(forecast.salesforceShare).toBeGreaterThan(0);
  expect(forecast.seconds).toBeGreaterThan(0);
});

it('shows each invoice and payment once, owes what its own system says, and asks about whom nobody knows', async () => {
  const done = await load();
  expect(done.problems).toEqual([]);
  expect(done.state).toBe('completed');
  expect(done.causes.map(({ object, code, count }) => `${object} ${code} ${count}`)).toEqual([
    'quickbooks-customers no-account 1',
    'quickbooks-invoices customer-waits 1',
    'stripe-invoices draft 1',
    'stripe-payments never-paid 2',
  ]);
  const invoices = await company.rows(`SELECT ${FIELDS} FROM Trueup_Invoice__c ORDER BY Name`);
  expect(
    invoices.map((row) => [
      row.Name,
      row.Loaded_From__c,
      row.Status__c,
      row.Total__c,
      row.Amount_Due__c,
      (row.Account__r as { Name: string }).Name,
    ]),
  ).toEqual([
    ['1001', 'QuickBooks', 'Partially Paid', 250.5, 150.5, 'Acme Rockets LLC'],
    ['ST-1', 'Stripe and QuickBooks', 'Paid', 300, 0, 'Acme Rockets LLC'],
    ['ST-2', 'Stripe', 'Void', 10, 0, 'Acme Rockets LLC'],
    ['ST-3', 'Stripe', 'Uncollectible', 20, 20, 'Acme Rockets LLC'],
  ]);
  expect(
    await company.rows("SELECT Name, Bill_To_Email__c FROM Trueup_Invoice__c WHERE Name IN ('1001', 'ST-1') ORDER BY Name"),
  ).toMatchObject([
    { Name: '1001', Bill_To_Email__c: 'books@acme.example' },
    { Name: 'ST-1', Bill_To_Email__c: 'ann@acme.example' },
  ]);
  const payments = await company.rows(
    'SELECT Loaded_From__c, Source_System__c, Amount__c, Status__c, QuickBooks_Payment_Id__c, Stripe_Payment_Id__c FROM Trueup_Payment__c ORDER BY Amount__c',
  );
  expect(payments.map((row) => [row.Loaded_From__c, row.Source_System__c, row.Amount__c, row.Status__c])).toEqual([
    ['QuickBooks', 'QuickBooks', 100, 'Succeeded'],
    ['Stripe and QuickBooks', 'Stripe', 300, 'Succeeded'],
  ]);
  const [review] = await company.rows('SELECT Reason__c, Status__c, Account__c FROM Trueup_Match_Review__c');
  expect(review).toMatchObject({ Reason__c: 'No account matches Stranger & Daughters.', Status__c: 'Open', Account__c: null });
  const [run] = await company.rows(
    'SELECT Kind__c, State__c, Records_Read__c, Records_Waiting__c, Records_Refused__c, Calls_Stripe__c, Report__c FROM Trueup_Sync_Run__c',
  );
  expect(run).toMatchObject({ Kind__c: 'First Load', State__c: 'Completed With Issues', Records_Waiting__c: 2 });
  expect(run?.Report__c).toContain('No account matches the customer.');
});

it('run again it writes nothing', async () => {
  const again = await load();
  expect(addUp(again.objects)).toMatchObject({ written: 0, waiting: 2 });
});

it('follows what its own system says now', async () => {
  const { quickbooks } = company;
  await quickbooks.changeInvoice('1001', { DueDate: '2026-04-15', amount: 300 });
  expect(addUp((await load()).objects)).toMatchObject({ written: 1 });
  const [row] = await company.rows("SELECT Status__c, Total__c, Amount_Due__c, Due_Date__c FROM Trueup_Invoice__c WHERE Name = '1001'");
  expect(row).toMatchObject({ Status__c: 'Partially Paid', Total__c: 300, Amount_Due__c: 200, Due_Date__c: '2026-04-15' });
});

it('counts a payment that was moved to another invoice where QuickBooks says', async () => {
  const { quickbooks, standIns } = company;
  const payment = standIns.quickbooks.engine.books
    .rows('Payment')
    .all()
    .map(({ body }) => body as unknown as { Id: string; SyncToken: string; TotalAmt: number; CustomerRef: object })
    .find(({ TotalAmt }) => TotalAmt === 100);
  const other = await quickbooks.create('Invoice', {
    ...{ DocNumber: '1004', TxnDate: '2026-03-01', DueDate: '2026-03-31', CustomerRef: payment?.CustomerRef },
    Line: [{ DetailType: 'SalesItemLineDetail', Amount: 100, SalesItemLineDetail: { ItemRef: { value: '1' } } }],
  });
  const Line = [{ Amount: 100, LinkedTxn: [{ TxnId: other, TxnType: 'Invoice' }] }];
  await quickbooks.create('Payment', { ...payment, TxnDate: '2026-03-15', Line });
  await load();
  const due = await company.rows("SELECT Name, Amount_Due__c FROM Trueup_Invoice__c WHERE Name IN ('1001', '1004') ORDER BY Name");
  expect(due.map((row) => [row.Name, row.Amount_Due__c])).toEqual([
    ['1001', 300],
    ['1004', 0],
  ]);
  const counts = await company.rows(
    "SELECT Invoice__r.Name, Kind__c, Effective_Amount__c FROM Trueup_Allocation__c WHERE Invoice__r.Name IN ('1001', '1004') AND Effective_Amount__c != 0",
  );
  expect(counts).toMatchObject([{ Invoice__r: { Name: '1004' }, Kind__c: 'Payment', Effective_Amount__c: 100 }]);
  expect(addUp((await load()).objects)).toMatchObject({ written: 0 });
});

it('creates no account unless the customer has given the integration user the right to', async () => {
  const { causes } = await load(true);
  expect(causes).toContainEqual(expect.objectContaining({ object: 'quickbooks-customers', code: 'no-right-to-create-accounts', count: 1 }));
});

it('creates an account for whom nobody knows where it may, once, and shows the documents that waited', async () => {
  await company.allowAccounts();
  expect(addUp((await load(true)).objects)).toMatchObject({ written: 2, waiting: 0 });
  await load(true);
  const accounts = await company.rows("SELECT Trueup_Loaded_Key__c FROM Account WHERE Name = 'Stranger & Daughters'");
  expect(accounts).toMatchObject([{ Trueup_Loaded_Key__c: expect.stringContaining('main:quickbooks:customer:') as string }]);
  expect(await company.rows("SELECT Id FROM Trueup_Invoice__c WHERE Name = '1003'")).toHaveLength(1);
  expect(await company.rows('SELECT Account__r.Name, Status__c FROM Trueup_Match_Review__c')).toMatchObject([
    { Account__r: { Name: 'Stranger & Daughters' }, Status__c: 'Resolved' },
  ]);
});

it('nothing that Trueup does with its own invoices is done with a loaded one', async () => {
  const { ports } = company;
  const rows = await company.rows("SELECT Id, Stripe_Invoice_Id__c FROM Trueup_Invoice__c WHERE Name = 'ST-3'");
  const [invoiceId, stripeInvoiceId] = [String(rows[0]?.Id), String(rows[0]?.Stripe_Invoice_Id__c)];
  const refused = { outcome: 'rejected', problems: [{ code: 'invoice-loaded' }] };
  expect(must(await voidInvoice(ports, { invoiceId, reason: '', waitMs: 0 }, admin()))).toMatchObject(refused);
  expect(must(await sendInvoice(ports, { invoiceId, waitMs: 0 }, admin()))).toMatchObject(refused);
  expect(must(await ports.records.findInvoice({ stripeInvoiceId }))).toBeNull();
  expect(must(await ports.records.listOpenInvoices({ cursor: null, paidSince: '2020-01-01T00:00:00.000Z' })).invoices).toEqual([]);
  expect(must(await ports.records.listBriefly({ cursor: null })).invoices).toEqual([]);
  const run = {
    id: 'run',
    step: async <T>(_name: string, act: () => Promise<T>) => act(),
    sleep: async () => undefined,
    lost: () => false,
  };
  expect(await refreshInvoice(ports, { invoiceId, quiet: true }, run)).toMatchObject({ paymentsBooked: 0, differences: [] });
});
