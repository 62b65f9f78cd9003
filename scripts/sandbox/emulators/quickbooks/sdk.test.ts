// The real clients, unchanged, against the stand-in: node-quickbooks and intuit-oauth.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OAuthClient from 'intuit-oauth';
import QuickBooks from 'node-quickbooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { createFaultPlan } from '../core/faults.ts';
import { sign } from './hooks/event-body.ts';
import { startQuickbooks } from './index.ts';
import type { RunningQuickbooks } from './index.ts';

/** Both clients are untyped where it matters: callbacks and bodies. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the clients give nothing better
type Loose = Record<string, any>;

const clock = createClock();
const faults = createFaultPlan();
let server: RunningQuickbooks;
let received: { body: string; signature: string }[] = [];
let answerStatus = 200;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ body: Buffer.concat(chunks).toString(), signature: String(request.headers['intuit-signature']) });
    response.writeHead(answerStatus).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/quickbooks`;
  server = await startQuickbooks({
    clock,
    faults,
    limits: false,
    webhook: { url, verifier: 'verify-me' },
    seed: { items: [{ name: 'Consulting' }], customers: [{ displayName: "Amy's Bird Sanctuary" }, { displayName: 'Back\\slash' }] },
  });
});
afterAll(async () => {
  await server.stop();
  clock.stop();
  receiver.close();
});
beforeEach(() => {
  faults.clear();
  received = [];
  answerStatus = 200;
});

function client(token = server.accessToken): Loose {
  const Constructor = QuickBooks as unknown as new (...args: unknown[]) => Loose;
  const qbo = new Constructor(
    server.clientId,
    server.clientSecret,
    token,
    false,
    server.realmId,
    true,
    false,
    null,
    '2.0',
    server.refreshToken,
  );
  qbo['endpoint'] = `${server.baseUrl}/v3/company/`;
  return qbo;
}
const call = (qbo: Loose, method: string, ...args: unknown[]): Promise<Loose> =>
  new Promise((resolve, reject) => qbo[method](...args, (error: unknown, value: Loose) => (error ? reject(error) : resolve(value))));
const faultOf = async (promise: Promise<unknown>): Promise<Loose> => {
  const error = (await promise.then(
    () => {
      throw new Error('It was not refused.');
    },
    (reason: Loose) => reason,
  )) as Loose;
  return error['response'] ? { ...error['response'].data, status: error['response'].status, headers: error['response'].headers } : error;
};
const consulting = () => ({
  Amount: 100,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: server.seeded!.items['Consulting'] } },
});
const amy = () => ({ value: server.seeded!.customers["Amy's Bird Sanctuary"] });

describe('node-quickbooks', () => {
  it('reads company, preferences, terms and accounts', async () => {
    const qbo = client();
    expect((await call(qbo, 'getCompanyInfo', server.realmId))['CompanyName']).toBe('Trueup Sandbox Inc.');
    expect((await call(qbo, 'getPreferences'))['SalesFormsPrefs'].CustomTxnNumbers).toBe(true);
    const terms = await call(qbo, 'findTerms', '');
    expect(terms['QueryResponse'].Term.map((term: Loose) => term['Name'])).toEqual(['Due on receipt', 'Net 15', 'Net 30', 'Net 60']);
    const accounts = await call(qbo, 'findAccounts', " where AccountType = 'Bank' orderby Name startposition 1 maxresults 2");
    expect(accounts['QueryResponse']).toMatchObject({ startPosition: 1, maxResults: 2 });
  });

  it('takes an invoice from creation to paid, void and deletion', async () => {
    const qbo = client();
    const invoice = await call(qbo, 'createInvoice', { CustomerRef: amy(), DocNumber: 'SDK-1', Line: [consulting()], requestId: 'sdk-1' });
    const again = await call(qbo, 'createInvoice', { CustomerRef: amy(), DocNumber: 'SDK-1', Line: [consulting()], requestId: 'sdk-1' });
    expect(again).toEqual(invoice);
    const payment = await call(qbo, 'createPayment', {
      CustomerRef: amy(),
      TotalAmt: 100,
      Line: [{ Amount: 100, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] }],
    });
    expect((await call(qbo, 'getInvoice', invoice['Id']))['Balance']).toBe(0);
    expect((await call(qbo, 'voidPayment', { Id: payment['Id'], SyncToken: payment['SyncToken'] }))['TotalAmt']).toBe(0);
    const fresh = await call(qbo, 'getInvoice', invoice['Id']);
    const voided = await call(qbo, 'voidInvoice', fresh);
    expect(voided['Invoice']).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided' });
    const pdf = (await call(qbo, 'getInvoicePdf', invoice['Id'])) as unknown as Buffer;
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await call(qbo, 'deleteInvoice', voided['Invoice']))['Invoice'].status).toBe('Deleted');
    const changes = await call(qbo, 'changeDataCapture', ['Invoice', 'Payment'], new Date(Date.now() - 60_000).toISOString());
    expect(changes['CDCResponse'][0].QueryResponse[0].Invoice.at(-1).status).toBe('Deleted');
  });

  it('finds by criteria with quotes, and its injection hole yields a parse error here', async () => {
    const qbo = client();
    const found = await call(qbo, 'findCustomers', { DisplayName: "Amy's Bird Sanctuary" });
    expect(found['QueryResponse'].Customer[0].Id).toBe(amy().value);
    expect((await call(qbo, 'findCustomers', { DisplayName: "Amy's Bird Sanctuary", count: true }))['QueryResponse']).toEqual({
      totalCount: 1,
    });
    const injected = await faultOf(call(qbo, 'findCustomers', { DisplayName: "x\\' or Active = 'false" }));
    expect(injected['Fault'].Error[0].code).toBe('4000');
    const safe = await call(qbo, 'findCustomers', " where DisplayName = 'Back\\\\slash'");
    expect(safe['QueryResponse'].Customer).toHaveLength(1);
  });

  it('meets the recorded faults, statuses and headers', async () => {
    const qbo = client();
    expect(await faultOf(call(qbo, 'createInvoice', { BadJson: true }))).toMatchObject({
      status: 400,
      Fault: { Error: [{ code: '2010' }], type: 'ValidationFault' },
    });
    expect(await faultOf(call(qbo, 'createCustomer', { DisplayName: "Amy's Bird Sanctuary" }))).toMatchObject({
      status: 400,
      Fault: { Error: [{ code: '6240', Detail: 'The name supplied already exists. : null' }] },
    });
    expect(await faultOf(call(qbo, 'getInvoice', '999999'))).toMatchObject({ status: 400, Fault: { Error: [{ code: '610' }] } });
    const denied = await faultOf(call(client('nonsense'), 'getInvoice', '1'));
    expect(denied).toMatchObject({
      status: 401,
      fault: { error: [{ code: '3200' }], type: 'AUTHENTICATION' },
      headers: { 'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"' },
    });
    expect((await faultOf(call(qbo, 'getEstimate', '1')))['headers']).toMatchObject({
      'x-sandbox-not-modelled': 'true',
      intuit_tid: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    const items = await call(qbo, 'batch', [{ bId: 'a', operation: 'delete', Invoice: { Id: '424242', SyncToken: '0' } }]);
    expect(items['BatchItemResponse'][0].Fault.Error[0].code).toBe('610');
  });

  it('suffers the plan of faults: lost answers, throttling, outages', async () => {
    const qbo = client();
    faults.add({ point: 'quickbooks.request', match: { method: 'POST', path: '*/invoice' }, times: 1, fault: { kind: 'drop-answer' } });
    const draft = () => ({ CustomerRef: amy(), DocNumber: 'LOST-1', Line: [consulting()], requestId: 'lost-1' });
    await expect(call(qbo, 'createInvoice', draft())).rejects.toThrow();
    const found = await call(qbo, 'createInvoice', draft());
    const all = await call(qbo, 'findInvoices', " where DocNumber = 'LOST-1'");
    expect(all['QueryResponse'].Invoice.map((invoice: Loose) => invoice['Id'])).toEqual([found['Id']]);
    faults.add({ point: 'quickbooks.request', times: 1, fault: { kind: 'throttle' } });
    expect(await faultOf(call(qbo, 'getInvoice', found['Id']))).toMatchObject({ status: 429, Fault: { Error: [{ code: '3001' }] } });
    faults.add({ point: 'quickbooks.request', times: 1, fault: { kind: 'status', status: 503 } });
    expect(await faultOf(call(qbo, 'getInvoice', found['Id']))).toMatchObject({ status: 503, Fault: { type: 'SystemFault' } });
  });

  it('cannot read another company, or send what is not JSON', async () => {
    const headers = { authorization: `Bearer ${server.accessToken}`, accept: 'application/json', 'content-type': 'application/json' };
    const other = await fetch(`${server.baseUrl}/v3/company/1/companyinfo/1`, { headers });
    expect([other.status, ((await other.json()) as Loose)['Fault'].Error[0].code]).toEqual([403, '3100']);
    const broken = await fetch(`${server.baseUrl}/v3/company/${server.realmId}/invoice`, { method: 'POST', headers, body: '{"a":' });
    expect([broken.status, ((await broken.json()) as Loose)['Fault'].type]).toEqual([400, 'ValidationFault']);
  });
});

describe('webhooks', () => {
  const wait = async (count: number) => {
    for (let turn = 0; turn < 100 && received.length < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 30));
  };

  beforeAll(async () => {
    server.notifier.flush();
    await server.notifier.deliverer.idle();
  });

  it('are CloudEvents signed over the raw body, and the older form by switch', async () => {
    const made = await call(client(), 'createCustomer', { DisplayName: 'Webhook GmbH' });
    await wait(1);
    expect(received[0]!.signature).toBe(sign(received[0]!.body, 'verify-me'));
    expect(JSON.parse(received[0]!.body)).toMatchObject([
      { specversion: '1.0', type: 'qbo.customer.created.v1', intuitentityid: made['Id'], intuitaccountid: server.realmId, data: {} },
    ]);
    server.notifier.format = 'legacy';
    await call(client(), 'createCustomer', { DisplayName: 'Legacy GmbH' });
    await wait(2);
    server.notifier.format = 'cloudevents';
    expect(JSON.parse(received[1]!.body)).toMatchObject({
      eventNotifications: [
        {
          realmId: server.realmId,
          dataChangeEvent: {
            entities: [{ name: 'Customer', operation: 'Create', lastUpdated: expect.stringMatching(/^\d{4}-.*[+-]\d{4}$/) }],
          },
        },
      ],
    });
  });

  it('are tried again on the clock, later ones wait behind, and some are never made', async () => {
    answerStatus = 500;
    await call(client(), 'createCustomer', { DisplayName: 'Retry One' });
    await wait(1);
    await call(client(), 'createCustomer', { DisplayName: 'Retry Two' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(received).toHaveLength(1);
    answerStatus = 200;
    await clock.advance(10_000);
    await wait(3);
    expect(received).toHaveLength(3);
    expect(received[1]!.body).toBe(received[0]!.body);
    faults.add({ point: 'quickbooks.event', match: { entity: 'Customer' }, times: 1, fault: { kind: 'never-generate' } });
    await call(client(), 'createCustomer', { DisplayName: 'Silent AG' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(received).toHaveLength(3);
  });
});

describe('intuit-oauth', () => {
  const redirectUri = 'http://localhost:9/callback';
  const oauth = (): Loose => {
    const made = new (OAuthClient as unknown as new (config: object) => Loose)({
      clientId: server.clientId,
      clientSecret: server.clientSecret,
      environment: 'sandbox',
      redirectUri,
    });
    made['setAuthorizeURLs']({
      authorizeEndpoint: `${server.baseUrl}/connect/oauth2`,
      tokenEndpoint: `${server.baseUrl}/oauth2/v1/tokens/bearer`,
      revokeEndpoint: `${server.baseUrl}/v2/oauth2/tokens/revoke`,
      userInfoEndpoint: `${server.baseUrl}/v1/openid_connect/userinfo`,
    });
    return made;
  };
  const consent = async (made: Loose) => {
    const page = String(made['authorizeUri']({ scope: ['com.intuit.quickbooks.accounting'], state: 'st' }));
    const answer = await fetch(page.replace('/connect/oauth2?', '/connect/oauth2/approve?'), { redirect: 'manual' });
    return String(answer.headers.get('location'));
  };

  it('connects: consent, code once, refresh, revoke', async () => {
    const made = oauth();
    const location = await consent(made);
    expect(new URL(location).searchParams.get('realmId')).toBe(server.realmId);
    const token = (await made['createToken'](location))['getJson']();
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 3600, x_refresh_token_expires_in: 8_726_400 });
    expect((await call(client(token.access_token), 'getCompanyInfo', server.realmId))['Country']).toBe('US');
    await expect(made['createToken'](location)).rejects.toThrow();
    await expect(call(client(token.access_token), 'getCompanyInfo', server.realmId)).rejects.toThrow();
  });

  it('rotates after a day: the previous refresh token is dead, access tokens end after an hour', async () => {
    const made = oauth();
    const token = (await made['createToken'](await consent(made)))['getJson']();
    const sameDay = (await made['refreshUsingToken'](token.refresh_token))['getJson']();
    expect(sameDay.refresh_token).toBe(token.refresh_token);
    await clock.advance(3_600_001);
    expect(await faultOf(call(client(sameDay.access_token), 'getCompanyInfo', server.realmId))).toMatchObject({
      status: 401,
      fault: { error: [{ detail: expect.stringContaining('Token expired') }] },
    });
    await clock.advance(24 * 3_600_000);
    const next = (await made['refreshUsingToken'](token.refresh_token))['getJson']();
    expect(next.refresh_token).not.toBe(token.refresh_token);
    const dead = await faultOf(made['refreshUsingToken'](token.refresh_token));
    expect(dead).toMatchObject({ error: 'invalid_grant' });
    await made['revoke']({ access_token: next.access_token, refresh_token: next.refresh_token });
    await expect(call(client(next.access_token), 'getCompanyInfo', server.realmId)).rejects.toThrow();
  });
});
