import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, startTestDatabase } from './contract/database.ts';

// The doors alone: the process as deployed, with a database and no provider behind it. Nothing here reaches a ledger.
const root = path.resolve(import.meta.dirname, '../..');
const secret = 'the-secret-of-the-door';
const orgId = '00D000000000001AAA';
const headers = {
  authorization: `Bearer ${secret}`,
  'x-trueup-org-id': orgId,
  'x-trueup-user-id': '005000000000001AAA',
  'content-type': 'application/json',
};

let database: TestDatabase;
let functions: ChildProcess;
let baseUrl: string;
let output = '';

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

const env = (change: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? '',
  HOST: '127.0.0.1',
  DATABASE_URL: database.url.reveal(),
  TRUEUP_FUNCTION_SECRETS: `another-secret-of-16,${secret}`,
  TRUEUP_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
  TRUEUP_ORG_ID: orgId,
  STRIPE_SECRET_KEY: 'sk_test_doors',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef',
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  QUICKBOOKS_CLIENT_ID: 'client',
  QUICKBOOKS_CLIENT_SECRET: 'hidden-secret',
  QUICKBOOKS_REALM_ID: '9130347',
  QUICKBOOKS_REFRESH_TOKEN: 'hidden-refresh',
  QUICKBOOKS_WEBHOOK_VERIFIER: 'verifier',
  QUICKBOOKS_API_BASE: 'http://127.0.0.1:9',
  QUICKBOOKS_TOKEN_URL: 'http://127.0.0.1:9/token',
  HEROKU_APPLINK_API_URL: 'http://127.0.0.1:9',
  HEROKU_APPLINK_TOKEN: 'hidden-token',
  HEROKU_APP_ID: 'app',
  ...change,
});

beforeAll(async () => {
  database = await startTestDatabase();
  const port = await freePort();
  baseUrl = `http://127.0.0.1:${port}`;
  functions = spawn(process.execPath, [path.join(root, 'functions/src/main.ts')], {
    env: env({ PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  functions.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  functions.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (let tries = 0; tries < 1_200; tries += 1) {
    const up = await fetch(`${baseUrl}/health/live`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the functions did not start: ${output}`);
});
afterAll(async () => {
  functions?.kill('SIGTERM');
  await new Promise((resolve) => functions?.once('exit', resolve));
  await database?.stop();
});

const post = async (where: string, body: string, change: Record<string, string> = {}) => {
  const answer = await fetch(`${baseUrl}${where}`, { method: 'POST', headers: { ...headers, ...change }, body });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

describe('the named-credential door', () => {
  it.each([
    ['a wrong secret', '{}', { authorization: 'Bearer wrong' }, 401, 'unknown-secret'],
    ['another org', '{}', { 'x-trueup-org-id': '00D000000000009AAA' }, 403, 'wrong-org'],
    ['no user', '{}', { 'x-trueup-user-id': '' }, 400, 'no-user'],
    ['malformed JSON', '{"sourceId":', {}, 400, 'malformed-json'],
    ['no object', '[1]', {}, 400, 'malformed-json'],
    ['a missing field', '{}', {}, 400, 'malformed-request'],
    ['10 MB', `{"x":"${'a'.repeat(10_000_000)}"}`, {}, 413, 'body-too-large'],
  ])('refuses %s with what to do', async (_name, body, change, status, code) => {
    const answer = await post('/v1/issue-invoice', body, change as Record<string, string>);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.message).toBeTruthy();
    expect(answer.body.action).toBeTruthy();
    expect(answer.body.correlationId).toBeTruthy();
  });

  it('knows no other operation', async () => {
    expect(await post('/v1/delete-everything', '{}')).toMatchObject({ status: 404, body: { code: 'unknown-operation' } });
    expect(await post('/v2/issue-invoice', '{}')).toMatchObject({ status: 404 });
  });

  it('says that Salesforce is away, and keeps the correlation id of the click', async () => {
    const answer = await post('/v1/preview-invoice', '{"sourceId":"006000000000001AAA"}', { 'x-trueup-correlation-id': 'click-7' });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'unavailable' } });
    await expect.poll(() => output, { timeout: 5000 }).toContain('"correlationId":"click-7"');
  });
});

describe('the AppLink door', () => {
  it('refuses a missing and a forged x-client-context', async () => {
    expect(await post('/applink/v1/issue-invoice', '{}')).toMatchObject({ status: 401, body: { code: 'caller-not-proved' } });
    const forged = Buffer.from(
      JSON.stringify({
        requestId: 'r',
        accessToken: 'stolen',
        apiVersion: '66.0',
        orgId,
        orgDomainUrl: 'http://127.0.0.1:9',
        userContext: { userId: '005000000000001AAA', username: 'x' },
      }),
    ).toString('base64');
    const answer = await post('/applink/v1/issue-invoice', '{}', { 'x-client-context': forged });
    expect([401, 503]).toContain(answer.status);
    expect(await post('/v1/issue-invoice', '{}', { authorization: '', 'x-client-context': forged })).toMatchObject({ status: 401 });
  });
});

describe('webhooks', () => {
  const event = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'invoice.paid',
    data: { object: { id: 'in_1', object: 'invoice', metadata: {} } },
  });
  const sign = (body: string, key = 'whsec_0123456789abcdef') => {
    const t = Math.floor(Date.now() / 1000);
    return `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}`;
  };

  it('refuse a wrong signature and a changed body, and keep what is signed', async () => {
    expect((await post('/hooks/stripe', event)).status).toBe(400);
    expect((await post('/hooks/stripe', event, { 'stripe-signature': sign(event, 'whsec_of_somebody_else') })).status).toBe(400);
    expect((await post('/hooks/stripe', `${event} `, { 'stripe-signature': sign(event) })).status).toBe(400);
    expect((await post('/hooks/stripe', event, { 'stripe-signature': sign(event) })).status).toBe(200);
    expect((await post('/hooks/stripe', event, { 'stripe-signature': sign(event) })).status).toBe(200);
    expect((await post('/hooks/quickbooks', '[]', { 'intuit-signature': 'bm8=' })).status).toBe(400);
  });
});

describe('the process', () => {
  it('tells its health without a secret, and its metrics', async () => {
    const health = (await (await fetch(`${baseUrl}/health`)).json()) as { status: string; checks: { name: string; ok: boolean }[] };
    expect(health.status).toBe('degraded');
    expect(Object.fromEntries(health.checks.map((check) => [check.name, check.ok]))).toEqual({
      database: true,
      salesforce: false,
      stripe: false,
      quickbooks: false,
    });
    expect(await (await fetch(`${baseUrl}/metrics`)).text()).toContain('trueup_webhooks_received');
  });

  it('printed no secret', () => {
    expect(output).not.toMatch(/hidden-|the-secret-of-the-door|stolen|whsec_/);
  });

  it('refuses to start without its settings and names them', async () => {
    const { DATABASE_URL: _, ...without } = env();
    const child = spawn(process.execPath, [path.join(root, 'functions/src/main.ts')], {
      env: without,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(1);
    expect(said).toContain('DATABASE_URL: is not set');
  });
});
