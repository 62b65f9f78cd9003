import path from 'node:path';
import { createClock } from '../../emulators/core/clock.ts';
import { openStore } from '../../emulators/core/store.ts';
import { createQuickbooksEngine, seedQuickbooks } from '../../emulators/quickbooks/index.ts';
import type { EngineReply, QuickbooksEngine } from '../../emulators/quickbooks/index.ts';
import type { Draft } from '../../emulators/quickbooks/entities.ts';
import { differences } from '../compare.ts';
import { readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';

interface IndexedFault {
  code: string;
  http: number | string;
  source: string;
  body?: { Fault: { Error: Record<string, string>[]; type: string } };
  detail?: string;
}

interface Books {
  engine: QuickbooksEngine;
  customer: string;
  item: string;
  send(method: string, resource: string, body?: Draft | Buffer, query?: Record<string, string>): EngineReply;
  invoice(values?: Draft): Draft;
}

/** What brings each fault about. */
const PROVOKE: Record<string, (books: Books) => EngineReply> = {
  '5010': ({ send, customer }) => send('POST', 'customer', { Id: customer, SyncToken: '9', sparse: true, Notes: 'x' }),
  '6240': ({ send }) => send('POST', 'customer', { DisplayName: 'Acme' }),
  '2010': ({ send }) => send('POST', 'invoice', { BadJson: true }),
  '500': ({ send }) => send('GET', 'customer/1/5'),
  '3200': ({ engine }) => engine.request('GET', `/v3/company/${engine.realmId}/customer/1`, {}, undefined, { authorization: 'Bearer x' }),
  '610': ({ send }) => send('GET', 'item/999'),
  '4000': ({ send }) => send('GET', 'query', undefined, { query: 'SELECT * FROM null' }),
  '4001': ({ send }) => send('GET', 'query', undefined, { query: 'SELECT * FROM Custmoer' }),
  '6140': ({ send, invoice }) => {
    send('POST', 'invoice', { ...invoice(), DocNumber: 'INV-0002' });
    return send('POST', 'invoice', { ...invoice(), DocNumber: 'INV-0002' });
  },
  '2020': ({ send }) => send('POST', 'purchase', { AccountRef: { value: '5' } }),
  '2500': ({ send }) => send('POST', 'item', { Name: 'New', Type: 'Service', IncomeAccountRef: { value: '7777' } }),
  '6210': ({ engine, send, invoice }) => {
    engine.books.saveSettings({ bookCloseDate: '2026-06-30' });
    return send('POST', 'invoice', { ...invoice(), TxnDate: '2026-06-30' });
  },
  '6540': ({ send, engine, customer }) => {
    const paid = send('POST', 'payment', { CustomerRef: { value: customer }, TotalAmt: 10 }).body as { Payment: Draft };
    const bank = engine.books.rows('Account').where({ name: 'checking' })[0]!.id;
    const line = { Amount: 10, LinkedTxn: [{ TxnId: paid.Payment['Id'], TxnType: 'Payment', TxnLineId: '0' }] };
    send('POST', 'deposit', { DepositToAccountRef: { value: bank }, Line: [line] });
    return send('POST', 'payment', { Id: paid.Payment['Id'], SyncToken: paid.Payment['SyncToken'] }, { operation: 'delete' });
  },
  '2050': ({ send, invoice }) => send('POST', 'invoice', { ...invoice(), CustomerMemo: { value: 'x'.repeat(1001) } }),
  '2040': ({ send }) => send('POST', 'customer', { DisplayName: 'A:B' }),
  '620': ({ send, invoice }) => {
    const { Invoice } = send('POST', 'invoice', invoice()).body as { Invoice: Draft };
    const { Customer } = send('POST', 'customer', { DisplayName: 'Other' }).body as { Customer: Draft };
    const line = { Amount: 10, LinkedTxn: [{ TxnId: Invoice['Id'], TxnType: 'Invoice' }] };
    return send('POST', 'payment', { CustomerRef: { value: Customer['Id'] }, TotalAmt: 10, Line: [line] });
  },
  '2210': ({ send }) => send('POST', 'customer', { DisplayName: 'New', PrimaryEmailAddr: { Address: 'nobody' } }),
  '3100': ({ engine }) => {
    const grant = engine.tokens.grant({ clientId: 'app', realmId: engine.realmId, scope: 'com.intuit.quickbooks.accounting' });
    return engine.request('GET', '/v3/company/1/customer/1', {}, undefined, { authorization: `Bearer ${grant.access_token}` });
  },
  '6000': ({ send }) => {
    const metadata = JSON.stringify({ FileName: 'a.txt', AttachableRef: [{ EntityRef: { type: 'Estimate', value: '75' } }] });
    const part = (name: string, text: string) => `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    const answer = send('POST', 'upload', Buffer.from(`${part('file_metadata_01', metadata)}${part('file_content_01', 'x')}--part--\r\n`));
    const [body] = (answer.body as { AttachableResponse: object[] }).AttachableResponse;
    return { ...answer, body };
  },
  '2030': ({ send }) => send('GET', 'customer/1.5'),
  '3001': ({ engine }) => {
    const ask = () => engine.request('GET', `/v3/company/${engine.realmId}/customer/1`, {}, undefined, headersOf(engine));
    return Array.from({ length: 12 }, ask).at(-1)!;
  },
};

const NOT_APPLICABLE: Record<string, string> = {
  '10000': 'edited by hand at its origin; HTTP status not recorded',
  '6190': 'a lapsed subscription is not modelled: the company is never suspended',
  '120': 'documented for accounts without rights; the app of the sandbox has all of its scope',
};

const headersOf = (engine: QuickbooksEngine) => ({
  authorization: `Bearer ${engine.tokens.access(engine.tokens.find('app', engine.realmId)!)}`,
});

/** A small company with one customer, one service, and a token of its own. */
function openBooks(limits: boolean): Books {
  const engine = createQuickbooksEngine({ clock: createClock(), store: openStore({}), limits });
  const seeded = seedQuickbooks(engine, {
    items: [{ name: 'Consulting', unitPrice: 10 }],
    customers: [{ displayName: 'Acme', email: 'ap@acme.example' }],
    settings: { multiCurrency: false },
  });
  engine.tokens.grant({ clientId: 'app', realmId: engine.realmId, scope: 'com.intuit.quickbooks.accounting' });
  const item = seeded.items['Consulting']!;
  const customer = seeded.customers['Acme']!;
  const line = { Amount: 10, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: item } } };
  return {
    engine,
    customer,
    item,
    send: (method, resource, body, query = {}) =>
      engine.request(method, `/v3/company/${engine.realmId}/${resource}`, query, body, headersOf(engine)),
    invoice: (values = {}) => ({ CustomerRef: { value: customer }, Line: [line], ...values }),
  };
}

/** Every fault of the index is brought about; status and code must agree, and text where one is given. */
export function compareFaultIndex(folder: string): Finding[] {
  const { faults } = readJson<{ faults: IndexedFault[] }>(path.join(folder, 'quickbooks/samples'), 'faults-index.json');
  return faults.map((fault) => {
    const reason = NOT_APPLICABLE[fault.code];
    if (reason) return notApplicable(fault.code, reason);
    const provoke = PROVOKE[fault.code];
    return provoke
      ? judge(fault.code, faultDifferences(fault, provoke(openBooks(fault.code === '3001'))))
      : judge(fault.code, ['nothing is known to bring it about']);
  });
}

function faultDifferences(fault: IndexedFault, answer: EngineReply): string[] {
  const body = answer.body as { Fault?: { Error: Record<string, string>[] }; fault?: { error: Record<string, string>[] } };
  const error = body.Fault?.Error[0] ?? body.fault?.error[0];
  const wanted: string[] = String(fault.http).match(/\d{3}/g) ?? [];
  const status = wanted.includes(String(answer.status)) ? [] : [`status: here ${String(answer.status)}, indexed ${String(fault.http)}`];
  if (!error) return [...status, `no fault: ${JSON.stringify(answer.body).slice(0, 80)}`];
  const code = error['code'] === fault.code ? [] : [`code: here ${String(error['code'])}`];
  const text = fault.detail === undefined || error['Detail'] === fault.detail ? [] : [`Detail: here ${String(error['Detail'])}`];
  return [...status, ...code, ...text, ...(fault.body ? bodyDifferences(body, fault.body) : [])];
}

/** The ids in a text are the company's own. */
const steady = (text: unknown) => String(text).replaceAll(/TxnId=\d+/g, 'TxnId=id');

const bodyDifferences = (ours: object, theirs: object): string[] =>
  differences(
    { ...ours, time: undefined },
    { ...theirs, time: undefined },
    { special: { Detail: (one, other) => steady(one) === steady(other), time: () => true } },
  );
