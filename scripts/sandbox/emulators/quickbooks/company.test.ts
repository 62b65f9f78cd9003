// What the company's people and Intuit's plans do around the API: merges, meters, payment links, automated tax, the end of a grant.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OAuthClient from 'intuit-oauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { createFaultPlan } from '../core/faults.ts';
import { startQuickbooks } from './index.ts';
import type { RunningQuickbooks } from './index.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of every kind
type Loose = Record<string, any>;
const clock = createClock();
const received: Loose[] = [];
let receiver: Server;
let server: RunningQuickbooks;

const send = async (method: string, url: string, body?: Loose) => {
  const answer = await fetch(server.baseUrl + url, {
    method,
    headers: {
      authorization: `Bearer ${server.accessToken}`,
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Loose, isMarked: answer.headers.get('x-sandbox-not-modelled') === 'true' };
};
const api = (method: string, resource: string, body?: Loose) => send(method, `/v3/company/${server.realmId}/${resource}`, body);
const customer = (name: string) => server.seeded!.customers[name]!;
const line = (amount: number, TaxCodeRef = { value: 'NON' }) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: server.seeded!.items['Consulting'] }, TaxCodeRef },
});
const invoice = (over: Loose = {}, name = 'Acme Inc') => ({ CustomerRef: { value: customer(name) }, Line: [line(10)], ...over });

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(text) as Loose);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  server = await startQuickbooks({
    clock,
    faults: createFaultPlan(),
    webhook: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, verifier: 'v' },
    seed: {
      items: [{ name: 'Consulting' }],
      customers: [{ displayName: 'Acme Inc' }, { displayName: 'ACME, Inc.' }, { displayName: 'Acme EU', currency: 'EUR' }],
    },
  });
});
afterAll(async () => {
  await server.stop();
  receiver.close();
  clock.stop();
});

describe('customers merged by another user', () => {
  it('take over every document, balance and link; the first one is gone', async () => {
    const since = new Date(clock.now() - 1000).toISOString();
    const [from, into] = [customer('ACME, Inc.'), customer('Acme Inc')];
    const made = (await api('POST', 'invoice', invoice({ Line: [line(100)] }, 'ACME, Inc.'))).body['Invoice'];
    await api('POST', 'payment', {
      CustomerRef: { value: from },
      TotalAmt: 70,
      Line: [{ Amount: 60, LinkedTxn: [{ TxnType: 'Invoice', TxnId: made.Id }] }],
    });
    const sub = (await api('POST', 'customer', { DisplayName: 'Branch', ParentRef: { value: from }, Job: true })).body['Customer'];
    const note = (await api('POST', 'attachable', { Note: 'n', AttachableRef: [{ EntityRef: { type: 'Customer', value: from } }] })).body;
    const before = (await api('GET', `invoice/${made.Id}`)).body['Invoice'];
    await clock.advance(1000);
    received.length = 0;

    const merged = await send('POST', '/__ctl/merge', { from, into });
    expect(merged.body).toMatchObject({ Id: into, Balance: 30 });
    expect((await api('GET', `customer/${from}`)).body['Fault'].Error[0].code).toBe('610');
    const after = (await api('GET', `invoice/${made.Id}`)).body['Invoice'];
    expect(after).toEqual({ ...before, CustomerRef: { value: into, name: 'Acme Inc' } });
    expect((await api('GET', `customer/${sub.Id}`)).body['Customer']).toMatchObject({
      ParentRef: { value: into },
      FullyQualifiedName: 'Acme Inc:Branch',
    });
    expect((await api('GET', `attachable/${note['Attachable'].Id}`)).body['Attachable'].AttachableRef[0].EntityRef.value).toBe(into);
    expect(server.engine.ledger.receivable(from, 'USD').amount).toBe(0);
    expect(server.engine.ledger.receivable(into, 'USD').amount).toBe(3000);
    const query = encodeURIComponent(`select * from Invoice where CustomerRef = '${into}'`);
    expect((await api('GET', `query?query=${query}`)).body['QueryResponse'].Invoice).toHaveLength(1);
    const changes = (await api('GET', `cdc?entities=Customer&changedSince=${since}`)).body['CDCResponse'][0].QueryResponse[0].Customer;
    expect(changes).toContainEqual(expect.objectContaining({ Id: from, status: 'Deleted' }));
    await clock.advance(1000);
    await send('POST', '/__ctl/deliver', {});
    const events = received.flat();
    expect(events.filter((event) => event['type'] === 'qbo.customer.merged.v1')).toMatchObject([
      { intuitentityid: into, data: { deletedid: from } },
    ]);
    expect(events.some((event) => event['type'] === 'qbo.customer.deleted.v1')).toBe(false);
    // The name is free again.
    expect((await api('POST', 'customer', { DisplayName: 'ACME, Inc.' })).status).toBe(200);
  });

  it('are refused across currencies', async () => {
    expect((await send('POST', '/__ctl/merge', { from: customer('Acme EU'), into: customer('Acme Inc') })).status).toBe(400);
  });
});

describe('the read meter', () => {
  it('answers 429 to reads once spent, lets writes through, and begins anew next month', async () => {
    await clock.advance(60_000);
    await send('POST', '/__ctl/read-meter', { allowance: 1, used: 0 });
    expect((await api('GET', 'companyinfo/1')).status).toBe(200);
    const spent = await api('GET', 'companyinfo/1');
    expect([spent.status, spent.body['Fault'].Error[0].code]).toEqual([429, '3001']);
    expect((await api('POST', 'invoice', invoice())).status).toBe(200);
    await clock.advance(32 * 86_400_000);
    server.engine.readMeter.set({ allowance: 500_000 });
    server.accessToken = server.engine.tokens.access(server.engine.tokens.find(server.clientId, server.realmId)!);
    expect((await api('GET', 'companyinfo/1')).status).toBe(200);
    expect((await send('GET', '/__ctl/company')).body['readMeter']).toMatchObject({ used: 1, allowance: 500_000 });
  });
});

describe('the payment link of an invoice', () => {
  it('is shown when asked for, with online payment and an e-mail address', async () => {
    const BillEmail = { Address: 'ap@acme.example' };
    const made = (await api('POST', 'invoice?include=invoiceLink', invoice({ BillEmail }))).body['Invoice'];
    expect(made.InvoiceLink).toContain('/t/scs-v1-');
    expect((await api('GET', `invoice/${made.Id}`)).body['Invoice'].InvoiceLink).toBeUndefined();
    expect((await api('GET', `invoice/${made.Id}?include=invoiceLink`)).body['Invoice'].InvoiceLink).toBe(made.InvoiceLink);
    const off = { AllowOnlineCreditCardPayment: false, AllowOnlineACHPayment: false };
    for (const over of [{}, { BillEmail, ...off }])
      expect((await api('POST', 'invoice?include=invoiceLink', invoice(over))).body['Invoice'].InvoiceLink).toBeUndefined();
    expect((await api('GET', `invoice/${made.Id}?include=enhancedAllCustomFields`)).isMarked).toBe(true);
  });
});

describe('automated sales tax', () => {
  it('is never made up: a taxable line needs its TotalTax', async () => {
    await clock.advance(60_000);
    await send('POST', '/__ctl/preferences', { automatedSalesTax: true });
    expect((await api('GET', 'preferences')).body['Preferences'].TaxPrefs).toMatchObject({ PartnerTaxEnabled: true });
    const taxed = { Line: [line(10, { value: 'TAX' })] };
    expect((await api('POST', 'invoice', invoice(taxed))).isMarked).toBe(true);
    const told = await api('POST', 'invoice', invoice({ ...taxed, TxnTaxDetail: { TotalTax: 0.83 } }));
    expect(told.body['Invoice'].TotalAmt).toBe(10.83);
    await send('POST', '/__ctl/preferences', { automatedSalesTax: false });
  });
});

describe('a grant', () => {
  it('ends for good after five years, however often it is refreshed', async () => {
    const client = new OAuthClient({
      clientId: server.clientId,
      clientSecret: server.clientSecret,
      environment: 'sandbox',
      redirectUri: 'http://localhost/cb',
      includeRefreshTokenHardExpiresIn: true,
    } as never);
    (OAuthClient as unknown as Loose)['tokenEndpoint'] = `${server.baseUrl}/oauth2/v1/tokens/bearer`;
    let token = server.refreshToken;
    const refresh = async () => (await client.refreshUsingToken(token)).getToken() as unknown as Loose;
    for (let turn = 0; turn < 20; turn += 1) {
      token = (await refresh())['refresh_token'] as string;
      await clock.advance(88 * 86_400_000);
    }
    const left = (await refresh())['x_refresh_token_hard_expires_in'] as number;
    expect(left).toBeLessThan(90 * 86_400);
    await clock.advance(left * 1000 + 1000);
    await expect(refresh()).rejects.toThrow();
  });
});
