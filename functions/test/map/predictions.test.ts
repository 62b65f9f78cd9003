import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryMapping, type MemoryMappings } from '../../src/adapters/memory/mappings.ts';
import type { FieldMapping } from '../../src/domain/map-fields/mapping.ts';
import type { MappedValue } from '../../src/domain/map-fields/mapped-values.ts';
import { issueInvoice } from '../../src/use-cases/issue-invoice.ts';
import { previewInvoice } from '../../src/use-cases/preview-invoice.ts';
import { previewMapping } from '../../src/use-cases/preview-mapping.ts';
import { type Company, openCompany, REP } from '../money/company.ts';
import { askStripe } from '../money/stripe-in-process.ts';

// What preflight says of a mapped value, the stand-in confirms: sent all the same, past preflight, each is refused.

let company: Company;
let mappings: MemoryMappings;
let opportunity: string;
const ids: Record<string, string> = {};

const quickbooks = (method: 'GET' | 'POST', path: string, body?: object): Record<string, unknown> => {
  const { status, body: answer } = company.quickbooks.request(method, `/v3/company/${company.quickbooks.realmId}/${path}`, {}, body);
  if (status !== 200) throw new Error(JSON.stringify(answer));
  return answer as Record<string, unknown>;
};
const create = (entity: string, body: object): string => (quickbooks('POST', entity.toLowerCase(), body)[entity] as { Id: string }).Id;
const retire = (entity: string, id: string, name: string) =>
  quickbooks('POST', entity.toLowerCase(), { Id: id, SyncToken: '0', sparse: true, Active: false, Name: name });

beforeAll(() => {
  company = openCompany();
  mappings = (company.deps as unknown as { mappings: MemoryMappings }).mappings;
  company.quickbooks.books.saveSettings({
    classTrackingPerTxn: true,
    classTrackingPerTxnLine: true,
    trackDepartments: true,
    customFields: ['Project', 'Region'],
  });
  ids['Hardware'] = create('Class', { Name: 'Hardware' });
  ids['Old'] = create('Class', { Name: 'Old' });
  retire('Class', ids['Old'], 'Old');
  const income = company.quickbooks.books.rows('Account').where({ name: 'services' })[0]?.id;
  ids['Consulting'] = create('Item', { Name: 'Consulting', Type: 'Service', IncomeAccountRef: { value: income } });
  ids['Gone'] = create('Item', { Name: 'Gone', Type: 'Service', IncomeAccountRef: { value: income } });
  retire('Item', ids['Gone'], 'Gone');
  ids['West'] = create('Department', { Name: 'West' });
  ids['Net 7'] = create('Term', { Name: 'Net 7', DueDays: 7 });
  retire('Term', ids['Net 7'], 'Net 7');
  opportunity = company.sell(sale(1));
});
afterAll(() => company.close());

const sale = (serial: number) =>
  ({
    serial,
    currency: 'USD',
    balance: 0,
    stripeTax: false,
    taxRate: null,
    lines: [{ quantity: '1', unitPrice: '100', discountPercent: null, hasProduct: true }],
  }) as Parameters<Company['sell']>[0];

const constant = (targetObject: FieldMapping['targetObject'], targetField: string, value: string): FieldMapping =>
  memoryMapping({
    ...{ name: `To_${targetField.replace(/\W/g, '_')}`, label: `To ${targetField}`, targetObject, targetField },
    ...{ sourceKind: 'Constant', sourceField: null, constant: value },
  });
const predict = async (...all: FieldMapping[]): Promise<string[]> => {
  mappings.all = all;
  const preview = await previewInvoice(company.deps, { sourceId: opportunity, draft: { delivery: 'do-not-send' } }, REP);
  if (preview.outcome !== 'done') throw new Error(JSON.stringify(preview));
  return preview.value.problems.filter((each) => each.field?.includes('mapping')).map((each) => each.code);
};

let serial = 0;
const customerId = () =>
  [...company.org.links.values()].find((link) => link.system === 'quickbooks' && link.currency === 'USD')?.externalId ?? '';
/** What QuickBooks says to an invoice or customer with this value, sent as the adapter would. */
const sent = async (object: FieldMapping['targetObject'], value: MappedValue): Promise<string> => {
  const key = `predict-${(serial += 1)}`;
  const { ledger } = company.deps;
  const item = [...company.org.links.values()].find((link) => link.externalType === 'Item')?.externalId ?? null;
  const line = {
    lineKey: 'a',
    itemId: item,
    description: 'x',
    amount: 100,
    taxable: false,
    quantity: null,
    unitPrice: null,
    serviceDate: null,
  };
  const outcome =
    object === 'QuickBooks Customer'
      ? await ledger.createCustomer(
          {
            accountId: '001000000000099AAA',
            companyKey: 'main',
            displayName: key,
            companyName: key,
            email: null,
            phone: null,
            address: null,
            currency: 'USD',
            multicurrency: true,
            mapped: [value],
          },
          key,
        )
      : await ledger.createInvoice(
          {
            invoiceId: 'a00000000000099AAA',
            companyKey: 'main',
            customerId: customerId(),
            currency: 'USD',
            multicurrency: true,
            number: `P-${serial}`,
            invoiceDate: '2026-11-24',
            dueDate: '2026-12-24',
            termId: null,
            memo: null,
            poNumber: null,
            billEmail: null,
            totalTax: 0,
            marksTaxableLines: true,
            lines: [object === 'QuickBooks Invoice Line' ? { ...line, mapped: [value] } : line],
            ...(object === 'QuickBooks Invoice' ? { mapped: [value] } : {}),
          },
          key,
        );
  return outcome.outcome === 'done' ? 'taken' : (outcome.problem.provider?.code ?? outcome.outcome);
};

describe('QuickBooks', () => {
  const LONG = 'x'.repeat(32);
  test.each([
    ['an unknown class', 'mapped-value-unknown', '2500', 'QuickBooks Invoice', 'ClassRef', 'Nope', () => '999999'],
    ['an inactive class', 'mapped-value-inactive', '2500', 'QuickBooks Invoice', 'ClassRef', 'Old', () => ids['Old']],
    ['an inactive class of a line', 'mapped-value-inactive', '2500', 'QuickBooks Invoice Line', 'ClassRef', 'Old', () => ids['Old']],
    ['an inactive item', 'mapped-value-inactive', '2500', 'QuickBooks Invoice Line', 'ItemRef', 'Gone', () => ids['Gone']],
    ['an unknown item', 'mapped-value-unknown', '2500', 'QuickBooks Invoice Line', 'ItemRef', 'Nothing', () => '999999'],
    ['an unknown location', 'mapped-value-unknown', '2500', 'QuickBooks Invoice', 'DepartmentRef', 'Mars', () => '999999'],
    ['a long custom field', 'mapped-value-too-long', '2050', 'QuickBooks Invoice', 'CustomField[Project]', LONG, () => '1'],
    ['a tax code that lines do not take', 'mapped-value-unknown', '6100', 'QuickBooks Invoice Line', 'TaxCodeRef', 'California', () => '2'],
    ['an inactive term', 'mapped-value-inactive', '2500', 'QuickBooks Customer', 'SalesTermRef', 'Net 7', () => ids['Net 7']],
    ['an unknown payment method', 'mapped-value-unknown', '2500', 'QuickBooks Customer', 'PaymentMethodRef', 'Barter', () => '999999'],
    ['a long title', 'mapped-value-too-long', '2050', 'QuickBooks Customer', 'Title', LONG, () => null],
    [
      'a delivery method that is none',
      'mapped-value-unknown',
      '2170',
      'QuickBooks Customer',
      'PreferredDeliveryMethod',
      'Pigeon',
      () => null,
    ],
  ] as [string, string, string, FieldMapping['targetObject'], string, string, () => string | null][])(
    '%s: %s, confirmed with %s',
    async (_title, code, confirmed, object, field, value, id) => {
      company.org.company.taxEngine = field === 'TaxCodeRef' ? 'QuickBooks' : 'None';
      const links = new Map(company.org.links);
      if (object === 'QuickBooks Customer')
        for (const [key, link] of links) if (link.recordType === 'Account') company.org.links.delete(key);
      const predicted = await predict(constant(object, field, value));
      for (const [key, link] of links) company.org.links.set(key, link);
      company.org.company.taxEngine = 'None';
      expect(predicted).toEqual([code]);
      expect(await sent(object, { field, value, id: id() ?? null })).toBe(confirmed);
    },
  );

  test('classes, locations and custom fields that the company does not use have nowhere to go, and are refused', async () => {
    const fresh = openCompany();
    fresh.quickbooks.books.saveSettings({ classTrackingPerTxn: false });
    const targets = await fresh.deps.ledger.readTargets({ taxEngine: 'None', withItems: false });
    fresh.close();
    const all = targets.outcome === 'done' ? targets.value : [];
    expect(all.filter(({ name }) => ['ClassRef', 'DepartmentRef'].includes(name)).map(({ writable }) => writable)).toEqual([
      false,
      false,
      false,
    ]);
    company.quickbooks.books.saveSettings({ classTrackingPerTxn: false, trackDepartments: false });
    const answers = [
      await sent('QuickBooks Invoice', { field: 'ClassRef', value: 'Hardware', id: ids['Hardware'] ?? '' }),
      await sent('QuickBooks Invoice', { field: 'DepartmentRef', value: 'West', id: ids['West'] ?? '' }),
      await sent('QuickBooks Invoice', { field: 'CustomField[Gone]', value: 'x', id: '3' }),
    ];
    company.quickbooks.books.saveSettings({ classTrackingPerTxn: true, trackDepartments: true });
    expect(answers).toEqual(['500', '500', '500']);
  });
});

describe('Stripe', () => {
  const draft = (change: object) => () => {
    const customer = askStripe(company.stripe, 'POST', '/v1/customers', { name: 'Predicted' });
    return askStripe(company.stripe, 'POST', '/v1/invoices', { customer: customer['id'], ...change });
  };
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
  test('values that are too long', async () => {
    expect(await predict(constant('Stripe Invoice', 'metadata[a]', 'v'.repeat(501)))).toEqual(['mapped-value-too-long']);
    expect(draft({ metadata: { a: 'v'.repeat(501) } })).toThrow(/500 characters/);
    expect(await predict(constant('Stripe Invoice', 'custom_fields[Project]', 'v'.repeat(141)))).toEqual(['mapped-value-too-long']);
    expect(draft({ custom_fields: [{ name: 'Project', value: 'v'.repeat(141) }] })).toThrow(/140 characters/);
  });

  test('names that are too long, and more of them than fit', async () => {
    const named = (family: string, names: string[]) => names.map((name) => constant('Stripe Invoice', `${family}[${name}]`, 'v'));
    const names = (count: number) => Object.keys(many(count));
    expect(await predict(...named('metadata', ['k'.repeat(41)]))).toEqual(['target-name-too-long']);
    expect(draft({ metadata: { ['k'.repeat(41)]: 'v' } })).toThrow(/40 characters/);
    expect(new Set(await predict(...named('metadata', names(47))))).toEqual(new Set(['target-too-many']));
    expect(draft({ metadata: many(51) })).toThrow(/50 metadata keys/);
    expect(new Set(await predict(...named('custom_fields', names(4))))).toEqual(new Set(['target-too-many']));
    expect(draft({ custom_fields: names(5).map((name) => ({ name, value: 'v' })) })).toThrow(/up to 4/);
  });
});

test('what fits arrives in both books, and the invoice ties out', async () => {
  mappings.all = [
    constant('QuickBooks Invoice', 'ClassRef', 'hardware'),
    constant('QuickBooks Invoice', 'DepartmentRef', 'West'),
    constant('QuickBooks Invoice', 'CustomField[Region]', 'Pacific'),
    constant('QuickBooks Invoice Line', 'ClassRef', 'Hardware'),
    constant('QuickBooks Invoice Line', 'ItemRef', 'Consulting'),
    constant('Stripe Invoice', 'metadata[region]', 'Pacific'),
    constant('Stripe Invoice', 'custom_fields[Project]', 'Moon'),
    constant('Stripe Invoice', 'footer', 'Thank you.'),
  ];
  const issued = await issueInvoice(company.deps, { sourceId: opportunity, draft: { delivery: 'do-not-send' }, waitMs: 5000 }, REP);
  expect(issued).toMatchObject({ value: { outcome: 'done', problems: [] } });
  const [record] = [...company.org.invoices.values()];
  const { Invoice: held } = quickbooks('GET', `invoice/${record?.quickbooksInvoiceId}`) as { Invoice: Record<string, unknown> };
  expect(held).toMatchObject({
    ClassRef: { value: ids['Hardware'], name: 'Hardware' },
    DepartmentRef: { value: ids['West'], name: 'West' },
    CustomField: [{ Name: 'Project' }, { Name: 'Region', StringValue: 'Pacific' }],
    Line: [{ SalesItemLineDetail: { ClassRef: { name: 'Hardware' }, ItemRef: { value: ids['Consulting'], name: 'Consulting' } } }, {}],
  });
  expect(askStripe(company.stripe, 'GET', `/v1/invoices/${record?.stripeInvoiceId}`, {})).toMatchObject({
    metadata: { region: 'Pacific', salesforce_invoice_id: record?.id },
    custom_fields: [{ name: 'Project', value: 'Moon' }],
    footer: 'Thank you.',
  });
});

test('the preview shows what that invoice would send with another mapping, value by value', async () => {
  const [record] = [...company.org.invoices.values()];
  const admin = { ...REP, permissions: ['Trueup_Administer'] };
  const request = {
    mappings: [{ ...constant('QuickBooks Invoice Line', 'ClassRef', 'Hardware'), name: 'Class_Of_Line' }],
    invoiceId: record?.id ?? '',
  };
  const saved = mappings.all;
  mappings.all = [constant('QuickBooks Invoice', 'ClassRef', 'Hardware'), constant('Stripe Invoice', 'metadata[region]', 'Pacific')];
  const previewed = await previewMapping(company.deps, request, admin);
  mappings.all = saved;
  const payloads = previewed.outcome === 'done' ? (previewed.value.preview?.payloads ?? []) : [];
  const rowsOf = (object: string) => payloads.find((each) => each.object === object)?.rows ?? [];
  const at = (object: string, path: string) => rowsOf(object).find((each) => each.path === path);
  const id = ids['Hardware'];
  expect(at('QuickBooks Invoice', 'ClassRef.value')).toEqual({ path: 'ClassRef.value', before: id, after: id, changed: false });
  expect(rowsOf('QuickBooks Invoice').filter((each) => each.changed)).toEqual([
    { path: 'Line[0].SalesItemLineDetail.ClassRef.value', after: id, changed: true },
    { path: 'Line[0].SalesItemLineDetail.ClassRef.name', after: 'Hardware', changed: true },
  ]);
  expect(at('QuickBooks Invoice', 'DocNumber')?.after).toBe(record?.number);
  expect(at('Stripe Invoice', 'metadata.region')).toMatchObject({ before: 'Pacific', after: 'Pacific' });
});

test('a product without an item in QuickBooks is sold as what a mapping says', async () => {
  const links = [...company.org.links].filter(([, link]) => link.externalType === 'Item');
  for (const [key] of links) company.org.links.delete(key);
  for (const item of company.quickbooks.books.rows('Item').where({ name: 'inspection robot' }))
    quickbooks('POST', 'item', { Id: item.id, SyncToken: '0', sparse: true, Name: 'Robot of another name' });
  const without = company.sell(sale(7));
  mappings.all = [];
  const asked = { sourceId: without, draft: { delivery: 'do-not-send' as const }, waitMs: 5000 };
  expect(await issueInvoice(company.deps, asked, REP)).toMatchObject({
    value: { outcome: 'rejected', problems: [{ code: 'product-not-mapped' }] },
  });
  mappings.all = [constant('QuickBooks Invoice Line', 'ItemRef', 'Consulting')];
  expect(await issueInvoice(company.deps, asked, REP)).toMatchObject({ value: { outcome: 'done', problems: [] } });
});

test('a class beyond the first thousand is one like any other', async () => {
  for (let count = 1; count <= 1001; count += 1) create('Class', { Name: `Site ${count}` });
  mappings.all = [constant('QuickBooks Invoice', 'ClassRef', 'Site 1001')];
  const { ledger } = company.deps;
  const read = await ledger.readTargets({ taxEngine: 'None', withItems: false, believeMs: 0 });
  if (read.outcome !== 'done') throw new Error(JSON.stringify(read));
  const field = read.value.find(({ object, name }) => object === 'QuickBooks Invoice' && name === 'ClassRef');
  expect(field?.options?.map(({ value }) => value)).toContain('Site 1001');
  expect(await predict(...mappings.all)).toEqual([]);
});
