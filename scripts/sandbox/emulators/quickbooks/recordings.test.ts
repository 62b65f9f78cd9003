// Real traffic, replayed: each recorded request goes to the stand-in, prepared as the company was, and the answers are compared.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { openStore } from '../core/store.ts';
import { createQuickbooksEngine } from './engine.ts';
import type { QuickbooksEngine } from './engine.ts';
import type { Draft, EntityName } from './entities.ts';
import { checkShape, hasMember } from './schema/check.ts';

const FIXTURES = process.env['TRUEUP_FIXTURES'] ?? path.resolve(import.meta.dirname, '../../../../../shared/fixtures');
const SAMPLES = path.join(FIXTURES, 'quickbooks/samples');
const isThere = existsSync(SAMPLES);
if (!isThere) process.stdout.write(`Recordings are not at ${SAMPLES}: replaying them is not done.\n`);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- recorded bodies have every shape
type Loose = Record<string, any>;
interface Interaction {
  request: { method: string; uri: string; json?: Draft };
  response: { status: number; headers: Record<string, string>; json?: Loose };
}
const recording = (name: string) =>
  JSON.parse(readFileSync(path.join(SAMPLES, 'qbo_api-vcr', `${name}.json`), 'utf8')).interactions as Interaction[];
const sample = (name: string) => JSON.parse(readFileSync(path.join(SAMPLES, name), 'utf8')) as Loose;

/** Times, ids that a sequence gives, and versions differ from day to day. */
const VOLATILE = new Set(['time', 'CreateTime', 'LastUpdatedTime', 'TxnDate', 'DueDate', 'DocNumber']);
const steady = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, VOLATILE.has(name) ? `<${typeof part}>` : steady(part)]));
};

let engine: QuickbooksEngine;

/** Puts a recorded body into the books under its own id. */
function put(entity: EntityName, body: Draft): void {
  engine.books.insert(entity, body);
  const row = engine.books.row(entity, String(body['Id']))!;
  const lineIds = Math.max(0, ...((body['Line'] ?? []) as Draft[]).map((line) => Number(line['Id'] ?? 0)));
  engine.books.rows(entity).put({ ...row, lineIds, body: { ...row.body, SyncToken: String(body['SyncToken'] ?? '0') } });
}

/** Sends a recorded request to the stand-in's company. */
function replay({ request }: Interaction) {
  const url = new URL(request.uri);
  const resource = url.pathname.replace(/^\/v3\/(company\/-COMPANY_ID-\/)?/, '');
  return engine.request(
    request.method,
    `/v3/company/${engine.realmId}/${resource}`,
    Object.fromEntries(url.searchParams),
    request.json,
  ) as { status: number; body: Loose };
}

function expectSame(interaction: Interaction, alsoVolatile: string[] = []): void {
  for (const name of alsoVolatile) VOLATILE.add(name);
  const answer = replay(interaction);
  const [ours, theirs] = [steady(answer.body), steady(interaction.response.json)];
  for (const name of alsoVolatile) VOLATILE.delete(name);
  expect(answer.status).toBe(interaction.response.status);
  expect(ours).toEqual(theirs);
}

describe.skipIf(!isThere)('recorded traffic', () => {
  beforeEach(() => {
    engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
    // The recorded company: one currency, its own numbers, online payment off.
    engine.books.saveSettings({
      multiCurrency: false,
      customTxnNumbers: false,
      onlineAch: false,
      onlineCreditCard: false,
      lastUser: 'Christian Pelczarski',
    });
    const account = (Id: string, Name: string, AccountType: string, Classification: string) =>
      put('Account', { Id, Name, FullyQualifiedName: Name, AccountType, Classification, Active: true, CurrencyRef: { value: 'USD' } });
    account('4', 'Undeposited Funds', 'Other Current Asset', 'Asset');
    account('82', 'Design income', 'Income', 'Revenue');
    put('Item', {
      Id: '1',
      Name: 'Services',
      FullyQualifiedName: 'Services',
      Type: 'Service',
      Active: true,
      IncomeAccountRef: { value: '82' },
    });
    put('Item', {
      Id: '4',
      Name: 'Design',
      FullyQualifiedName: 'Design',
      Type: 'Service',
      Active: true,
      IncomeAccountRef: { value: '82' },
    });
    put('Customer', sample('qbo_api-vcr/get__display_name.json')['interactions'][0].response.json.QueryResponse.Customer[0]);
  });

  it('creates an invoice, apart from the custom field of that company', () => {
    const [made] = recording('create__invoice');
    expectSame(
      {
        ...made!,
        response: { ...made!.response, json: { ...made!.response.json, Invoice: { ...made!.response.json!['Invoice'], CustomField: [] } } },
      },
      ['Id'],
    );
  });

  it('creates a customer', () => expectSame(recording('create__customer')[0]!, ['Id']));

  it('refuses a taken name, an unknown property, an odd path, an odd id and a misspelt entity', () => {
    put('Customer', { Id: '29', DisplayName: 'Weiskopf Consulting', Active: true, CurrencyRef: { value: 'USD' } });
    expectSame(recording('error__validation')[0]!);
    const unknown = replay(recording('error__400_json')[0]!);
    expect(unknown.status).toBe(400);
    expect(unknown.body['Fault'].Error[0]).toMatchObject({
      Message: 'Request has invalid or unsupported property',
      code: '2010',
      Detail: expect.stringMatching(
        /^Property Name:Unrecognized field "BadJson" \(class com\.intuit\.schema\.finance\.v3\.Invoice\), not marked as ignorable/,
      ),
    });
    const [oddPath, oddId] = recording('error__500');
    expect(replay(oddPath!)).toMatchObject({
      status: 400,
      body: { Fault: { Error: [{ Message: 'Unsupported Operation', code: '500' }] } },
    });
    expectSame(oddId!);
    expectSame(recording('error__400')[1]!);
  });

  it('updates a customer in full, and an account not at all', () => {
    const [before, after] = recording('update__customer');
    put('Customer', before!.response.json!['Customer']);
    expectSame(after!);
    const [account, same] = recording('deactivate__account');
    put('Account', account!.response.json!['Account']);
    expectSame(same!);
  });

  it('updates a sales receipt in full: replaced lines get new ids', () => {
    const [before, after] = recording('update__sales_receipt');
    put('SalesReceipt', before!.response.json!['SalesReceipt']);
    const theirs = { ...after!.response.json!, SalesReceipt: { ...after!.response.json!['SalesReceipt'], CustomField: [] } };
    expectSame({ ...after!, response: { ...after!.response, json: theirs } });
  });

  it('voids and deletes an invoice', () => {
    const [before, voided] = recording('void__invoice');
    put('Invoice', before!.response.json!['Invoice']);
    expectSame(voided!);
    const [read, gone] = recording('delete__invoice');
    put('Invoice', read!.response.json!['Invoice']);
    expectSame(read!);
    expectSame(gone!);
  });

  it('runs a batch', () => {
    const [made] = recording('batch__basic');
    const theirs = made!.response.json!['BatchItemResponse'] as Loose[];
    put('SalesReceipt', { ...theirs[3]!['QueryResponse'].SalesReceipt[0] });
    put('SalesReceipt', { ...theirs[3]!['QueryResponse'].SalesReceipt[1], Id: '11' });
    const ours = replay(made!).body['BatchItemResponse'] as Loose[];
    VOLATILE.add('Id');
    expect(steady(ours[0])).toEqual(steady(theirs[0]));
    VOLATILE.delete('Id');
    expect(ours[1]).toEqual(theirs[1]);
    expect(ours[2]).toEqual(theirs[2]);
    expect(ours[3]!['bId']).toBe('bid4');
  });

  it('pages vendors in the recorded order', () => {
    const pages = recording('all__vendors_by_5');
    for (const page of pages.slice(1)) for (const vendor of page.response.json!['QueryResponse'].Vendor) put('Vendor', vendor);
    for (const page of pages) expectSame(page);
    expectSame(recording('misc__ampersand')[0]!);
  });

  it('answers customers and employees in the recorded order, inactive ones on demand', () => {
    const customers = recording('error__400')[0]!;
    for (const customer of customers.response.json!['QueryResponse'].Customer) if (customer.Id !== '1') put('Customer', customer);
    const ours = replay({ ...customers, request: { ...customers.request, uri: `${customers.request.uri}%20MAXRESULTS%201000` } });
    expect(ours.body['QueryResponse'].Customer.map((customer: Loose) => customer['Id'])).toEqual(
      customers.response.json!['QueryResponse'].Customer.map((customer: Loose) => customer['Id']),
    );
    const employees = recording('all__employees_including_active');
    for (const interaction of employees)
      for (const employee of interaction.response.json!['QueryResponse'].Employee ?? [])
        if (!engine.books.get('Employee', employee.Id)) put('Employee', employee);
    expectSame(employees.at(-1)!);
  });

  it('knows every member of every recorded body', () => {
    const bodies: [EntityName, Draft][] = [
      ...(recording('error__400')[0]!.response.json!['QueryResponse'].Customer as Draft[]).map((body): [EntityName, Draft] => [
        'Customer',
        body,
      ]),
      ...(recording('all__sales_receipts')[0]!.response.json!['QueryResponse'].SalesReceipt as Draft[]).map((body): [EntityName, Draft] => [
        'SalesReceipt',
        body,
      ]),
      ...(sample('exquickbooks/api__query.json')['QueryResponse'].Item as Draft[]).map((body): [EntityName, Draft] => ['Item', body]),
      ['Preferences', sample('exquickbooks/preferences__read_preferences.json')['Preferences']],
      ['Invoice', recording('create__invoice')[0]!.response.json!['Invoice']],
    ];
    for (const [entity, body] of bodies) expect(() => checkShape(entity, body)).not.toThrow();
    expect(hasMember('Invoice', 'AllowOnlineACHPayment')).toBe(true);
    for (const group of Object.keys(sample('exquickbooks/preferences__read_preferences.json')['Preferences']))
      expect(hasMember('Preferences', group) || ['domain', 'sparse'].includes(group)).toBe(true);
  });

  it('names faults as recorded: stale, not found, missing', () => {
    engine.books.saveSettings({ lastUser: 'Leo Nikkilä' });
    const stale = engine.request('POST', `/v3/company/${engine.realmId}/item`, {}, { Id: '4', SyncToken: '9', Name: 'Design' })
      .body as Loose;
    expect(steady(stale)).toEqual(steady(sample('exquickbooks/item__update_item_error.json')));
    expect(steady(engine.request('GET', `/v3/company/${engine.realmId}/item/999`).body)).toEqual(
      steady(sample('exquickbooks/item__read_item_error.json')),
    );
    expect(steady(engine.request('POST', `/v3/company/${engine.realmId}/item`, {}, { Type: 'Service' }).body)).toEqual(
      steady(sample('exquickbooks/item__create_item_error.json')),
    );
    const parsed = engine.request('GET', `/v3/company/${engine.realmId}/query`, { query: 'SELECT * FROM null' }).body as Loose;
    expect(parsed['Fault'].Error[0]).toMatchObject({
      Message: 'Error parsing query',
      code: '4000',
      Detail: expect.stringMatching(/^QueryParserError: Encountered ".*at line 1, column 15\./),
    });
  });
});
