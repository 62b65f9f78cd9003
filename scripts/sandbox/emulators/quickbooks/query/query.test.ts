import { beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../core/clock.ts';
import { openStore } from '../../core/store.ts';
import { createQuickbooksEngine } from '../engine.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { seedQuickbooks } from '../seed.ts';
import { parseQuery } from './parse.ts';

let engine: QuickbooksEngine;
const NAMES = ["Amy's Bird Sanctuary", 'a%b', 'back\\slash', '株式会社', 'Zed & Co', 'amber', '50% off'];
const ask = (query: string) =>
  engine.request('GET', '/v3/company/9341450000000001/query', { query }).body as {
    QueryResponse?: Record<string, unknown>;
    Fault?: { Error: { code: string; Detail: string }[] };
  };
const names = (query: string) =>
  ((ask(query).QueryResponse?.['Customer'] ?? []) as { DisplayName: string }[]).map((customer) => customer.DisplayName);
const fault = (query: string) => ask(query).Fault?.Error[0];

beforeAll(() => {
  engine = createQuickbooksEngine({ clock: createClock(), store: openStore(), auth: false, limits: false });
  const seeded = seedQuickbooks(engine, {
    items: [{ name: 'Consulting' }],
    customers: NAMES.map((displayName, index) => ({ displayName, ...(index === 0 ? { email: 'amy@birds.example' } : {}) })),
  });
  engine.write('Customer', { Id: seeded.customers['amber'], SyncToken: '0', sparse: true, Active: false });
  for (const [number, amount] of [
    ['Q-1', 100],
    ['Q-2', 300],
    ['Q-3', 9.5],
  ] as const) {
    engine.write('Invoice', {
      DocNumber: number,
      CustomerRef: { value: seeded.customers['Zed & Co'] },
      Line: [
        { Amount: amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: seeded.items['Consulting'] } } },
      ],
    });
  }
});

describe('the query language', () => {
  it('escapes with a backslash, and nothing else', () => {
    const literal = (name: string) => `'${name.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
    for (const name of NAMES.filter((each) => each !== 'amber'))
      expect(names(`select * from Customer where DisplayName = ${literal(name)}`)).toEqual([name]);
    expect(names("select * from Customer where DisplayName LIKE '%b'")).toEqual(['a%b']);
    expect(names("select * from Customer where DisplayName LIKE 'a%'")).toEqual(["Amy's Bird Sanctuary", 'a%b']);
  });

  it('sorts names in ASCII order and transactions by last change, latest first', () => {
    expect(names('SELECT * FROM Customer')).toEqual(['50% off', "Amy's Bird Sanctuary", 'Zed & Co', 'a%b', 'back\\slash', '株式会社']);
    const invoices = (query: string) =>
      (ask(query).QueryResponse!['Invoice'] as { DocNumber: string }[]).map((invoice) => invoice.DocNumber);
    expect(invoices('select * from invoice')).toEqual(['Q-3', 'Q-2', 'Q-1']);
    expect(invoices("select * from Invoice where TotalAmt > '9.50' ORDERBY TotalAmt DESC")).toEqual(['Q-2', 'Q-1']);
    expect(invoices("select DocNumber from Invoice where DocNumber in ('Q-1','Q-3') order by Id STARTPOSITION 2 MAXRESULTS 5")).toEqual([
      'Q-3',
    ]);
    expect(ask('select DocNumber from Invoice maxresults 1').QueryResponse!['Invoice']).toEqual([
      { domain: 'QBO', sparse: true, DocNumber: 'Q-3' },
    ]);
  });

  it('hides the inactive unless Active is named, counts, and answers nothing with nothing', () => {
    expect(names('select * from Customer where Active IN ( true, false )')).toContain('amber (deleted)');
    expect(names('select * from Customer where Active = false')).toEqual(['amber (deleted)']);
    expect(ask('select count(*) from Customer').QueryResponse).toEqual({ totalCount: 6 });
    expect(ask("select * from Customer where Id = '4711'").QueryResponse).toEqual({});
    expect(names("select * from Customer where PrimaryEmailAddr = 'amy@birds.example'")).toHaveLength(1);
  });

  it('pages by key: what comes after an id, in the order of ids, also when that one is gone', () => {
    const ids = (query: string) => ((ask(query).QueryResponse?.['Customer'] ?? []) as { Id: string }[]).map(({ Id }) => Number(Id));
    const all = ids('select * from Customer where Active IN (true, false) ORDERBY Id');
    const page = (after: number) => ids(`select * from Customer where Active IN (true, false) AND Id > '${after}' ORDERBY Id MAXRESULTS 3`);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    expect(page(0)).toEqual(all.slice(0, 3));
    expect(page(all[2] ?? 0)).toEqual(all.slice(3, 6));
    expect(page(999_999)).toEqual([]);
  });

  it('refuses what it cannot parse (4000) in the recorded words', () => {
    const injections = [
      "select * from Customer where DisplayName = 'x\\' or Active = 'false'",
      "select * from Customer where DisplayName = 'x' or Active = false",
      "select * from Customer where DisplayName = 'x'; delete from Customer",
      "select * from Customer where DisplayName = 'x' union select * from Invoice",
      "select * from Customer where DisplayName = 'x",
      'select * from Customer where DisplayName = "x"',
      'select * from Invoice where Balance > 0',
      'select * from Customer where',
      'select * from',
      'update Customer set Active = false',
      "select * from Customer where (DisplayName = 'x')",
      "select * from Customer where DisplayName != 'x'",
    ];
    for (const query of injections) expect([query, fault(query)?.code]).toEqual([query, '4000']);
    expect(fault('select * from NULL')?.Detail).toContain('at line 1, column 15.');
    expect(fault('select * from Purchase where TxnDate TxnDate')?.Detail).toBe(
      'QueryParserError: Encountered " <IDENTIFIER> "TxnDate "" at line 1, column 38.',
    );
  });

  it('refuses what makes no sense (4001) in the recorded words', () => {
    expect(fault('SELECT * FROM Custmoer')).toMatchObject({
      code: '4001',
      Detail: 'QueryValidationError: invalid context declaration: Custmoer',
    });
    expect(fault('select * from Customer startposition 0')).toMatchObject({
      code: '4001',
      Detail: 'QueryValidationError: value 0 is too small. Min allowed value is 1',
    });
    expect(fault('select * from Customer maxresults 1001')?.code).toBe('4001');
    expect(fault("select * from Purchase where NoSuchField = 'x'")?.Detail).toBe(
      'QueryValidationError: Property NoSuchField not found for Entity Purchase',
    );
    expect(fault("select * from Invoice where DepartmentRef = '1'")?.Detail).toBe(
      "QueryValidationError: property 'DepartmentRef' is not queryable",
    );
    expect(fault('select BillAddr from Customer')?.Detail).toBe('QueryValidationError: Property BillAddr not found for Entity Customer');
    expect(fault("select * from Invoice where PrivateNote = 'x'")?.code).toBe('4001');
  });

  it('keeps what was written', () => {
    expect(parseQuery("Select Id , DocNumber FROM Invoice WHERE DocNumber = 'a' AND Active IN (true) ORDERBY Id DESC, DocNumber")).toEqual({
      select: ['Id', 'DocNumber'],
      from: 'Invoice',
      where: [
        { field: 'DocNumber', operator: '=', values: ['a'] },
        { field: 'Active', operator: 'IN', values: [true] },
      ],
      orderBy: [
        { field: 'Id', descending: true },
        { field: 'DocNumber', descending: false },
      ],
      startPosition: 1,
      maxResults: 100,
    });
  });
});
