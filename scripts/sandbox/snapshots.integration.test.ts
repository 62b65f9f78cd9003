// Everything changes, a snapshot is restored, and all is as before: records, ids given out, clock, the functions' memory.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './index.ts';

const DAY_MS = 86_400_000;
/** QuickBooks tells its changes some minutes late; the sweep says no more than it knows. */
const READ_SINCE_MS = 11 * 60_000;
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-snapshots-'));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ dataDir, page: false, limits: false, durable: false });
});
afterAll(async () => {
  await sandbox.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const json = async <T>(url: string, init: RequestInit): Promise<T> => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
};
const org = async (method: string, route: string, body?: unknown) =>
  json<Record<string, unknown>>(`${sandbox.info.org.instanceUrl}/services/data/v66.0/${route}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.info.org.users['admin']!.accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const books = async (method: string, resource: string, body?: unknown) => {
  const { engine, realmId, clientId, baseUrl } = sandbox.quickbooks;
  const token = engine.tokens.access(engine.tokens.find(clientId, realmId)!);
  return json<Record<string, unknown>>(`${baseUrl}/v3/company/${realmId}/${resource}`, {
    method,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const stripe = async (method: string, route: string, body = '') =>
  json<{ data: { name: string }[] }>(`${sandbox.info.stripe.baseUrl}/v1/${route}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.info.stripe.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    ...(body ? { body } : {}),
  });
const memory = async (...statements: string[]) => {
  const client = new pg.Client({ connectionString: sandbox.databaseUrl });
  await client.connect();
  let rows: unknown[] = [];
  for (const statement of statements) rows = (await client.query(statement)).rows;
  await client.end();
  return rows;
};

/** What a person would see, but for tokens. */
const everything = async () => ({
  accounts: (await org('GET', `query?q=${encodeURIComponent('SELECT Id, Name, LastModifiedDate FROM Account ORDER BY Id')}`))['records'],
  customers: (await stripe('GET', 'customers?limit=100')).data,
  books: (await books('GET', 'query?query=select * from Customer'))['QueryResponse'],
  events: (await stripe('GET', 'events?limit=100')).data,
  memory: await memory('SELECT tablename FROM pg_tables ORDER BY tablename', 'SELECT count(*) FROM pg_class'),
});
/** Makes one record in each and tells the ids that are given out in order. */
const change = async (name: string) => {
  const account = await org('POST', 'sobjects/Account', { Name: name });
  await stripe('POST', 'customers', `name=${name}`);
  const customer = (await books('POST', 'customer', { DisplayName: name }))['Customer'] as { Id: string };
  return { account: account['id'], customer: customer.Id };
};
const health = () => fetch(`${sandbox.functions.baseUrl}/health`).then((answer) => answer.json() as Promise<{ status: string }>);

const readTo = async () => {
  const { records } = await org(
    'GET',
    `query?q=${encodeURIComponent('SELECT Stripe_Read_To__c, QuickBooks_Read_To__c FROM Trueup_Company__c')}`,
  );
  const [company] = records as Record<string, string | null>[];
  return [company?.Stripe_Read_To__c, company?.QuickBooks_Read_To__c].map((at) => Date.parse(at ?? '1970-01-01'));
};

it('puts everything back, ids and the functions included', async () => {
  const healthy = (await health()).status;
  await change('before');
  const taken = await sandbox.snapshots.take('before');
  const before = await everything();
  const given = await change('after');
  await memory('CREATE TABLE left_over (id int)', 'SELECT 1');
  await sandbox.clock.advance(10 * DAY_MS);
  sandbox.clocks.stripe.skew(120_000);
  expect(await everything()).not.toEqual(before);

  await sandbox.snapshots.restore('before');
  expect(await everything()).toEqual(before);
  expect(Math.abs(sandbox.clock.now() - taken.now), 'the clock').toBeLessThan(60_000);
  expect(sandbox.clocks.stripe.skewMs()).toBe(0);
  expect((await health()).status, 'the functions reach all three, with the tokens they hold').toBe(healthy);
  expect(await change('after'), 'the same ids come again').toEqual(given);

  expect(sandbox.snapshots.list().map(({ name }) => name)).toEqual(['before']);
  await sandbox.snapshots.remove('before');
  expect(() => sandbox.snapshots.restore('before')).toThrow('no snapshot');
  expect(() => sandbox.snapshots.take('../escape')).toThrow('cannot name');
});

it('moves the clock of the functions with the others: a day later they wait for nothing and have read everything again', async () => {
  await expect.poll(async () => Math.min(...(await readTo())), { timeout: 20_000 }).toBeGreaterThan(sandbox.clock.now() - READ_SINCE_MS);
  await sandbox.moveClock(DAY_MS);
  await expect.poll(async () => Math.min(...(await readTo())), { timeout: 20_000 }).toBeGreaterThan(sandbox.clock.now() - READ_SINCE_MS);
});
