// What the server adds to the engine: limits, control, pages, state that outlives a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { createFaultPlan } from '../core/faults.ts';
import { startQuickbooks } from './index.ts';
import type { RunningQuickbooks } from './index.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of every kind
type Loose = Record<string, any>;
const clock = createClock();
const dataDir = mkdtempSync(path.join(tmpdir(), 'trueup-quickbooks-'));
const start = () =>
  startQuickbooks({
    clock,
    faults: createFaultPlan(),
    dataDir,
    seed: { items: [{ name: 'Consulting' }], customers: [{ displayName: 'Northwind <b>Ltd</b>' }] },
  });
let server: RunningQuickbooks;
const api = async (method: string, resource: string, body?: unknown) => {
  const answer = await fetch(`${server.baseUrl}/v3/company/${server.realmId}/${resource}`, {
    method,
    headers: { authorization: `Bearer ${server.accessToken}`, accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Loose };
};
const control = async (method: string, route: string, body?: unknown) =>
  (await (
    await fetch(`${server.baseUrl}/__ctl/${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).json()) as Loose;
const invoice = () => ({
  CustomerRef: { value: '1' },
  Line: [{ Amount: 10, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } }],
});

beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  await server.stop();
  clock.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the server', () => {
  it('refuses more than ten requests a second, 500 a minute and 40 batches a minute', async () => {
    const statuses = async (count: number, resource: string) => {
      const seen: number[] = [];
      for (let turn = 0; turn < count; turn += 1) seen.push((await api('GET', resource)).status);
      return seen;
    };
    // At once, so that they fall into one second on a slow machine too.
    const first = (await Promise.all(Array.from({ length: 12 }, () => api('GET', 'companyinfo/1')))).map(({ status }) => status);
    expect(first.filter((status) => status === 200)).toHaveLength(10);
    expect(first).toContain(429);
    let allowed = 0;
    for (let second = 0; second < 52; second += 1) {
      await clock.advance(1_001);
      allowed += (await statuses(10, 'companyinfo/1')).filter((status) => status === 200).length;
    }
    expect(allowed).toBe(490);
    await clock.advance(60_000);
    let batches = 0;
    for (let turn = 0; turn < 42; turn += 1) {
      if (turn % 9 === 0) await clock.advance(1_001);
      batches += (await api('POST', 'batch', { BatchItemRequest: [{ bId: '1', Query: 'select * from Term' }] })).status === 200 ? 1 : 0;
    }
    expect(batches).toBe(40);
    await clock.advance(60_000);
  });

  it('refuses to answer in XML, which QuickBooks does when JSON is not asked for', async () => {
    const answer = await fetch(`${server.baseUrl}/v3/company/${server.realmId}/companyinfo/1`, {
      headers: { authorization: `Bearer ${server.accessToken}` },
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Accept: application/json')]);
  });

  it('lets another user edit, close the books and expire tokens', async () => {
    const made = (await api('POST', 'invoice', invoice())).body['Invoice'];
    await control('POST', 'edit', { entity: 'Invoice', id: made.Id, values: { PrivateNote: 'by hand' }, user: 'Mia Books' });
    const stale = await api('POST', 'invoice', { Id: made.Id, SyncToken: made.SyncToken, sparse: true, PrivateNote: 'x' });
    expect(stale.body['Fault'].Error[0].Detail).toContain('You and Mia Books were working');
    await control('POST', 'preferences', { bookCloseDate: '2099-12-31' });
    expect((await api('POST', 'invoice', invoice())).body['Fault'].Error[0].code).toBe('6210');
    expect((await api('GET', 'preferences')).body['Preferences'].AccountingInfoPrefs.BookCloseDate).toBe('2099-12-31');
    await control('POST', 'preferences', { bookCloseDate: null });
    expect(await control('POST', 'preferences', { bookclosedate: 'x' })).toHaveProperty('error');
    await control('POST', 'expire-tokens');
    expect((await api('GET', 'companyinfo/1')).status).toBe(401);
    server.accessToken = server.engine.tokens.access(server.engine.tokens.find(server.clientId, server.realmId)!);
    await clock.advance(1_001);
  });

  it('shows every page without a script, escaped, and answers unknown ones', async () => {
    const made = (await api('POST', 'invoice', { ...invoice(), DocNumber: 'P-1' })).body['Invoice'];
    const payment = (
      await api('POST', 'payment', {
        CustomerRef: { value: '1' },
        TotalAmt: 4,
        Line: [{ Amount: 4, LinkedTxn: [{ TxnId: made.Id, TxnType: 'Invoice' }] }],
      })
    ).body['Payment'];
    const pages = [
      '/sandbox',
      '/sandbox/invoices',
      '/sandbox/payments',
      '/sandbox/customers',
      '/sandbox/accounts',
      '/sandbox/accounts/3',
      '/sandbox/trial-balance',
      '/sandbox/webhooks',
      '/sandbox/coverage',
      `/app/invoice?txnId=${made.Id}`,
      `/app/recvpayment?txnId=${payment.Id}`,
      '/app/customerdetail?nameId=1',
      '/connect/oauth2',
    ];
    for (const page of pages) {
      const answer = await fetch(server.baseUrl + page);
      const text = await answer.text();
      expect([page, answer.status, answer.headers.get('content-security-policy')?.startsWith("default-src 'none'")]).toEqual([
        page,
        page === '/connect/oauth2' ? 400 : 200,
        true,
      ]);
      expect(text).not.toContain('<b>Ltd');
      expect(text).not.toMatch(/<script|undefined|NaN|\[object/);
    }
    expect(await (await fetch(`${server.baseUrl}/app/invoice?txnId=${made.Id}`)).text()).toContain('Partially paid');
    expect((await fetch(`${server.baseUrl}/app/invoice?txnId=nope`)).status).toBe(404);
    expect((await fetch(`${server.baseUrl}/v4/anything`)).status).toBe(404);
    expect((await control('GET', 'company'))['refused']).toContainEqual({ item: 'GET /v4/anything', count: 1 });
  });

  it('keeps its state over a restart, a restore and a reset, and the app connected', async () => {
    const image = await (await fetch(`${server.baseUrl}/__ctl/snapshot`)).arrayBuffer();
    const before = server.engine.books.rows('Invoice').count();
    await api('POST', 'invoice', invoice());
    await fetch(`${server.baseUrl}/__ctl/restore`, { method: 'PUT', body: image, headers: { 'content-type': 'application/octet-stream' } });
    expect(server.engine.books.rows('Invoice').count()).toBe(before);
    const { refreshToken } = server;
    await server.stop();
    server = await start();
    expect([server.seeded, server.refreshToken, server.engine.books.rows('Invoice').count()]).toEqual([undefined, refreshToken, before]);
    await control('POST', 'reset');
    expect((await api('GET', 'query?query=select count(*) from Invoice')).body['QueryResponse']).toEqual({ totalCount: 0 });
    expect((await api('POST', 'invoice', invoice())).status).toBe(200);
    expect((await control('GET', 'trial-balance'))['difference']).toBe(0);
  });
});
