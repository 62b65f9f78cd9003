import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmlError, SaveResult } from '../../data.ts';
import { ALL, openTestOrg, SYSTEM } from '../../testing/test-org.ts';
import type { TestOrg } from '../../testing/test-org.ts';

let org: TestOrg;
type Fields = Record<string, unknown>;
const insert = (type: string, fields: Fields): SaveResult =>
  org.data.insert([{ attributes: { type }, ...fields }], org.as('rep'), SYSTEM)[0] as SaveResult;
const add = (type: string, fields: Fields): string => {
  const result = insert(type, fields);
  if (!result.success) throw new Error(JSON.stringify(result));
  return result.id ?? '';
};
const change = (type: string, Id: string, fields: Fields): SaveResult =>
  org.data.update([{ attributes: { type }, Id, ...fields }], org.as('rep'), ALL)[0] as SaveResult;
const read = (type: string, id: string, fields: string): Fields =>
  org.data.query(`SELECT ${fields} FROM ${type} WHERE Id = :id`, org.as('rep', 'system'), { id })[0] ?? {};
const refusal = (result: SaveResult): DmlError | undefined => result.errors[0];
let standard = '';
let entry = '';
let product = '';
const deal = (fields: Fields = {}): string =>
  add('Opportunity', { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', ...fields });

beforeEach(() => {
  org = openTestOrg();
  standard = String(org.data.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true', org.as('rep'))[0]?.['Id']);
  product = add('Product2', { Name: 'Widget', IsActive: true, ProductCode: 'W' });
  entry = add('PricebookEntry', { Pricebook2Id: standard, Product2Id: product, UnitPrice: 12.5, IsActive: true });
});
afterEach(() => org.close());

describe('price books', () => {
  it('need a standard price before a custom one, and hold one price per product', () => {
    const book = add('Pricebook2', { Name: 'Custom', IsActive: true });
    const other = add('Product2', { Name: 'Gadget', IsActive: true });
    expect(refusal(insert('PricebookEntry', { Pricebook2Id: book, Product2Id: other, UnitPrice: 1 }))).toMatchObject({
      statusCode: 'STANDARD_PRICE_NOT_DEFINED',
    });
    expect(insert('PricebookEntry', { Pricebook2Id: book, Product2Id: product, UnitPrice: 1 })).toMatchObject({ success: true });
    expect(refusal(insert('PricebookEntry', { Pricebook2Id: book, Product2Id: product, UnitPrice: 2 }))).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
    });
    expect(read('PricebookEntry', entry, 'Name, ProductCode')).toMatchObject({ Name: 'Widget', ProductCode: 'W' });
  });
});

describe('opportunities', () => {
  it('follow their stage', () => {
    const id = deal();
    expect(read('Opportunity', id, 'IsClosed, IsWon, Probability, ForecastCategory')).toMatchObject({
      IsClosed: false,
      IsWon: false,
      Probability: 10,
      ForecastCategory: 'Pipeline',
    });
    change('Opportunity', id, { StageName: 'Closed Won', Amount: 200 });
    expect(read('Opportunity', id, 'IsClosed, IsWon, Probability, ExpectedRevenue')).toMatchObject({
      IsClosed: true,
      IsWon: true,
      Probability: 100,
      ExpectedRevenue: 200,
    });
    change('Opportunity', id, { StageName: 'Prospecting', Probability: 33 });
    expect(read('Opportunity', id, 'Probability, ExpectedRevenue')).toMatchObject({ Probability: 33, ExpectedRevenue: 66 });
  });

  it('sum their lines, and keep Amount and price book to them', () => {
    const id = deal();
    const line = add('OpportunityLineItem', { OpportunityId: id, PricebookEntryId: entry, Quantity: 3, UnitPrice: 9.99, Discount: 10 });
    expect(read('OpportunityLineItem', line, 'TotalPrice, ListPrice, Product2Id, ProductCode, Name, Subtotal')).toMatchObject({
      TotalPrice: 26.97,
      ListPrice: 12.5,
      Product2Id: product,
      ProductCode: 'W',
      Name: 'Deal Widget',
      Subtotal: 29.97,
    });
    expect(read('Opportunity', id, 'Amount, HasOpportunityLineItem, Pricebook2Id')).toMatchObject({
      Amount: 26.97,
      HasOpportunityLineItem: true,
      Pricebook2Id: standard,
    });
    expect(change('Opportunity', id, { Amount: 1, Name: 'Renamed' })).toMatchObject({ success: true });
    expect(read('Opportunity', id, 'Amount, Name')).toMatchObject({ Amount: 26.97, Name: 'Renamed' });
    const book = add('Pricebook2', { Name: 'Other', IsActive: true });
    expect(refusal(change('Opportunity', id, { Pricebook2Id: book }))).toMatchObject({
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      fields: ['Pricebook2Id'],
    });
    org.data.delete([{ attributes: { type: 'OpportunityLineItem' }, Id: line }], org.as('rep'), ALL);
    expect(read('Opportunity', id, 'HasOpportunityLineItem')).toMatchObject({ HasOpportunityLineItem: false });
  });

  it('refuse lines of another price book and lines without a price', () => {
    const book = add('Pricebook2', { Name: 'Other', IsActive: true });
    expect(
      refusal(
        insert('OpportunityLineItem', { OpportunityId: deal({ Pricebook2Id: book }), PricebookEntryId: entry, Quantity: 1, UnitPrice: 1 }),
      ),
    ).toMatchObject({ statusCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['PricebookEntryId'] });
    expect(refusal(insert('OpportunityLineItem', { OpportunityId: deal(), PricebookEntryId: entry, Quantity: 1 }))).toMatchObject({
      statusCode: 'REQUIRED_FIELD_MISSING',
      fields: ['UnitPrice'],
    });
    expect(
      refusal(insert('OpportunityLineItem', { OpportunityId: deal(), PricebookEntryId: entry, Quantity: 2, UnitPrice: 1, TotalPrice: 2 })),
    ).toMatchObject({ statusCode: 'FIELD_INTEGRITY_EXCEPTION' });
    const byTotal = add('OpportunityLineItem', { OpportunityId: deal(), PricebookEntryId: entry, Quantity: 4, TotalPrice: 10 });
    expect(read('OpportunityLineItem', byTotal, 'UnitPrice')).toMatchObject({ UnitPrice: 2.5 });
  });
});

describe('orders', () => {
  it('start as drafts, are numbered, and are activated with a product', () => {
    const accountId = add('Account', { Name: 'Acme' });
    expect(refusal(insert('Order', { AccountId: accountId, EffectiveDate: '2026-11-24', Status: 'Activated' }))).toMatchObject({
      statusCode: 'FAILED_ACTIVATION',
    });
    const id = add('Order', { AccountId: accountId, EffectiveDate: '2026-11-24', Status: 'Draft', Pricebook2Id: standard });
    expect(refusal(change('Order', id, { Status: 'Activated' }))).toMatchObject({ statusCode: 'FAILED_ACTIVATION' });
    add('OrderItem', { OrderId: id, PricebookEntryId: entry, Quantity: 2, UnitPrice: 12.5 });
    expect(change('Order', id, { Status: 'Activated' })).toMatchObject({ success: true });
    expect(read('Order', id, 'OrderNumber, StatusCode, TotalAmount, ActivatedById')).toMatchObject({
      OrderNumber: expect.stringMatching(/^\d{8}$/) as string,
      StatusCode: 'Activated',
      TotalAmount: 25,
      ActivatedById: org.users.rep,
    });
    expect(refusal(insert('OrderItem', { OrderId: id, PricebookEntryId: entry, Quantity: 1, UnitPrice: 1 }))).toMatchObject({
      statusCode: 'FAILED_ACTIVATION',
    });
  });
});

describe('people and currencies', () => {
  it('names a contact by first and last name', () => {
    const id = add('Contact', { FirstName: 'Ann', LastName: 'Lee' });
    change('Contact', id, { FirstName: null });
    expect(read('Contact', id, 'Name')).toMatchObject({ Name: 'Lee' });
  });

  it('makes a person of an account with a last name when person accounts are on', () => {
    const people = openTestOrg({ features: { personAccounts: true } });
    const [made] = people.data.insert(
      [{ attributes: { type: 'Account' }, FirstName: 'Ann', LastName: 'Lee', PersonEmail: 'ann@lee.example' }],
      people.as('rep'),
      ALL,
    );
    expect(
      people.data.query('SELECT Name, IsPersonAccount, (SELECT Name, Email FROM Contacts) FROM Account WHERE Id = :id', people.as('rep'), {
        id: made?.id,
      }),
    ).toMatchObject([{ Name: 'Ann Lee', IsPersonAccount: true, Contacts: { records: [{ Name: 'Ann Lee', Email: 'ann@lee.example' }] } }]);
    const renamed = { attributes: { type: 'Account' }, Id: made?.id ?? '', Name: 'Ann Young' };
    expect(refusal(people.data.update([renamed], people.as('rep'), ALL)[0] as SaveResult)).toMatchObject({
      statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['Name'],
    });
    const [twin] = people.data.query('SELECT PersonContactId FROM Account WHERE Id = :id', people.as('rep'), {
      id: made?.id,
    });
    people.data.update(
      [{ attributes: { type: 'Contact' }, Id: String(twin?.['PersonContactId']), Email: 'ann@new.example' }],
      people.as('rep'),
      ALL,
    );
    expect(people.data.query('SELECT Name, PersonEmail FROM Account WHERE Id = :id', people.as('rep'), { id: made?.id })).toMatchObject([
      { Name: 'Ann Lee', PersonEmail: 'ann@new.example' },
    ]);
    people.close();
  });

  it('keeps lines to the currency of their deal when there are several', () => {
    const many = openTestOrg({ features: { multiCurrency: true } });
    const context = many.as('rep', 'system');
    const save = (type: string, fields: Fields): SaveResult =>
      many.data.insert([{ attributes: { type }, ...fields }], context, SYSTEM)[0] as SaveResult;
    const book = many.data.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true', context)[0]?.['Id'];
    const made = save('Product2', { Name: 'Widget', IsActive: true }).id;
    const usd = save('PricebookEntry', { Pricebook2Id: book, Product2Id: made, UnitPrice: 1, IsActive: true, CurrencyIsoCode: 'USD' }).id;
    const jpy = save('PricebookEntry', { Pricebook2Id: book, Product2Id: made, UnitPrice: 150, IsActive: true, CurrencyIsoCode: 'JPY' }).id;
    const yen = save('Opportunity', { Name: 'Yen', StageName: 'Prospecting', CloseDate: '2026-12-31', CurrencyIsoCode: 'JPY' }).id;
    expect(refusal(save('OpportunityLineItem', { OpportunityId: yen, PricebookEntryId: usd, Quantity: 1, UnitPrice: 1 }))).toMatchObject({
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
    });
    const line = save('OpportunityLineItem', { OpportunityId: yen, PricebookEntryId: jpy, Quantity: 1, UnitPrice: 150 });
    expect(many.data.query('SELECT CurrencyIsoCode FROM OpportunityLineItem WHERE Id = :id', context, { id: line.id })[0]).toMatchObject({
      CurrencyIsoCode: 'JPY',
    });
    expect(refusal(save('Account', { Name: 'x', CurrencyIsoCode: 'XXX' }))).toMatchObject({
      statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    });
    many.close();
  });
});
