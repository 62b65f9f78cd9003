// Goes through every entry of the catalogue: switched on by the page's own form, it must be seen at the stand-in.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createClock, createFaultPlan, startOrg, startQuickbooks, startStripe } from './index.ts';
import { ALL_FAULTS } from './fault-catalogue.ts';
import { billsFiles, writePackage } from './emulators/org/testing/bills-package.ts';

const clock = createClock();
const faults = createFaultPlan(1, () => clock.now());
const received: { at: number; body: string }[] = [];
const receiver = http.createServer((request, answer) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    received.push({ at: clock.now(), body });
    answer.end();
  });
});

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** One stand-in as the entries need it. */
interface Subject {
  baseUrl: string;
  /** Makes a record of that name. */
  write(name: string): Promise<Answer>;
  read(): Promise<Answer>;
  /** How often a record of that name was made, by somebody no fault hits. */
  count(name: string): Promise<number>;
  /** Until nothing is under way. */
  settle(): Promise<void>;
  /** Until the first retry of a webhook is due. */
  retryMs: number;
}
const subjects: Record<string, Subject> = {};
const stops: (() => unknown)[] = [];
let books: Awaited<ReturnType<typeof startQuickbooks>>;
let stripe: Awaited<ReturnType<typeof startStripe>>;
let org: Awaited<ReturnType<typeof startOrg>>;

const call = async (url: string, init: RequestInit): Promise<Answer> => {
  const answer = await fetch(url, init);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const orgHeaders = () => ({ authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' });
const booksHeaders = () => ({
  authorization: `Bearer ${books.engine.tokens.access(books.engine.tokens.find(books.clientId, books.realmId)!)}`,
  accept: 'application/json',
  'content-type': 'application/json',
});
const postBooks = (resource: string, body: unknown) =>
  call(`${books.baseUrl}/v3/company/${books.realmId}/${resource}`, { method: 'POST', headers: booksHeaders(), body: JSON.stringify(body) });

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  [org, stripe, books] = await Promise.all([
    startOrg({ clock, faults, packageDir: writePackage(billsFiles()) }),
    startStripe({ clock, faults, webhook: { url } }),
    startQuickbooks({ clock, faults, webhook: { url, verifier: 'v' }, limits: false, seed: {} }),
  ]);
  stops.push(
    () => org.stop(),
    () => stripe.stop(),
    () => books.stop(),
  );
  const stripeHeaders = { authorization: `Bearer ${stripe.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' };
  const accounts = `${org.baseUrl}/services/data/v66.0/sobjects/Account`;
  subjects['Salesforce'] = {
    baseUrl: org.baseUrl,
    write: (name) => call(accounts, { method: 'POST', headers: orgHeaders(), body: JSON.stringify({ Name: name }) }),
    read: () => call(accounts, { headers: orgHeaders() }),
    count: async (name) =>
      org.data.query(`SELECT Id FROM Account WHERE Name = '${name}'`, { userId: org.users.admin.id, now: clock.now() }).length,
    settle: async () => {},
    retryMs: 0,
  };
  subjects['Stripe'] = {
    baseUrl: stripe.baseUrl,
    write: (name) => call(`${stripe.baseUrl}/v1/customers`, { method: 'POST', headers: stripeHeaders, body: `name=${name}` }),
    read: () => call(`${stripe.baseUrl}/v1/customers`, { headers: stripeHeaders }),
    count: async (name) => stripe.engine.db.customers.all().filter((customer) => customer.name === name).length,
    settle: () => stripe.idle(),
    retryMs: 600_000,
  };
  subjects['QuickBooks'] = {
    baseUrl: books.baseUrl,
    write: (name) => postBooks('customer', { DisplayName: name }),
    read: () => call(`${books.baseUrl}/v3/company/${books.realmId}/preferences`, { headers: booksHeaders() }),
    count: async (name) => books.engine.books.rows('Customer').where({ name: name.toLowerCase() }).length,
    settle: async () => {
      await clock.advance(300);
      await books.notifier.deliverer.idle();
    },
    retryMs: 10_000,
  };
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  receiver.close();
  clock.stop();
});
afterEach(() => faults.clear());

const on = async ({ baseUrl }: Subject, entry: string, form: Record<string, string> = {}) => {
  const usual = ALL_FAULTS.find(({ id }) => id === entry)!.usual === 'once' ? '1' : '';
  const body = new URLSearchParams({ entry, times: usual, probability: '1', ...form });
  const answer = await fetch(`${baseUrl}/sandbox/faults/on`, { method: 'POST', body, redirect: 'manual' });
  expect([answer.status, decodeURIComponent(answer.headers.get('location') ?? '')]).toEqual([303, expect.stringContaining('Switched on')]);
};
const closed = async (answer: Promise<Answer>) => expect(await answer.catch(() => 'closed')).toBe('closed');
const refused = async (subject: Subject, name: string, status: number, text: string) => {
  const answer = await subject.write(name);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
  expect(await subject.count(name), 'nothing is done').toBe(0);
  return answer;
};
const arrivals = (name: string) => received.filter(({ body }) => body.includes(name)).length;
/** Webhooks of QuickBooks name the record by its id, those of Stripe hold it. */
const made = async (subject: Subject, name: string): Promise<string> => {
  const id = /"(?:id|Id)":\s?"([^"]+)"/.exec((await subject.write(name)).text)?.[1] ?? '';
  await subject.settle();
  return subject === subjects['Stripe'] ? `"id": "${id}"` : `"intuitentityid":"${id}"`;
};

/** What each fault looks like from outside, by the last part of its id; `name` is new for each. */
const SHOWS: Record<string, (subject: Subject, name: string) => Promise<unknown>> = {
  async 'answer-lost'(subject, name) {
    await closed(subject.write(name));
    expect(await subject.count(name), 'the work is done').toBe(1);
  },
  async 'closed-before'(subject, name) {
    await closed(subject.write(name));
    expect(await subject.count(name)).toBe(0);
  },
  'error-500': (subject, name) => refused(subject, name, 500, ''),
  'error-503': (subject, name) => refused(subject, name, 503, ''),
  async slow(subject, name) {
    const started = performance.now();
    expect((await subject.write(name)).status).toBeLessThan(300);
    expect(performance.now() - started).toBeGreaterThan(2_900);
  },
  async down(subject, name) {
    await closed(subject.read());
    await closed(subject.write(name));
    faults.clear();
    expect((await subject.read()).status).toBe(200);
  },
  async 'webhook-lost'(subject, name) {
    const mark = await made(subject, name);
    await clock.advance(7 * 86_400_000);
    await subject.settle();
    expect(arrivals(mark)).toBe(0);
  },
  async 'webhook-doubled'(subject, name) {
    expect(arrivals(await made(subject, name))).toBe(2);
  },
  async 'webhook-delayed'(subject, name) {
    const mark = await made(subject, name);
    expect(arrivals(mark)).toBe(0);
    await clock.advance(600_000);
    await subject.settle();
    expect(arrivals(mark)).toBe(1);
  },
  async 'webhook-reordered'(subject, name) {
    const first = await made(subject, name);
    const second = await made(subject, `${name}-next`);
    const order = received.map(({ body }) => (body.includes(first) ? 1 : body.includes(second) ? 2 : 0)).filter(Boolean);
    expect(order).toEqual([2, 1]);
  },
  async 'webhook-refused'(subject, name) {
    const mark = await made(subject, name);
    expect(arrivals(mark)).toBe(0);
    await clock.advance(subject.retryMs);
    await subject.settle();
    expect(arrivals(mark)).toBe(1);
  },
  async 'webhook-answer-lost'(subject, name) {
    const mark = await made(subject, name);
    expect(arrivals(mark)).toBe(1);
    await clock.advance(subject.retryMs);
    await subject.settle();
    expect(arrivals(mark)).toBe(2);
  },
  async 'event-missing'(subject, name) {
    const mark = await made(subject, name);
    expect(await subject.count(name), 'the change is made').toBe(1);
    expect(arrivals(mark)).toBe(0);
    if (subject !== subjects['Stripe']) return;
    const headers = { authorization: `Bearer ${stripe.secretKey}` };
    expect((await call(`${stripe.baseUrl}/v1/events?limit=100`, { headers })).text, 'the list of events lacks it').not.toContain(name);
  },
  async 'stripe-throttled'(subject, name) {
    const { headers } = await refused(subject, name, 429, 'rate_limit');
    expect(headers.get('stripe-rate-limited-reason')).toBe('global-rate');
    expect(headers.get('retry-after')).toBeNull();
  },
  async 'stripe-throttled-retry-after'(subject, name) {
    expect((await refused(subject, name, 429, 'rate_limit')).headers.get('retry-after')).toBe('2');
  },
  'stripe-locked': (subject, name) => refused(subject, name, 429, 'lock_timeout'),
  'quickbooks-throttled': (subject, name) => refused(subject, name, 429, '3001'),
  async 'quickbooks-token-expired'(subject) {
    const headers = booksHeaders();
    const read = () => call(`${books.baseUrl}/v3/company/${books.realmId}/preferences`, { headers });
    expect((await read()).status).toBe(401);
    expect((await read()).status, 'until it is refreshed').toBe(401);
    expect((await subject.read()).status).toBe(200);
  },
  async 'quickbooks-token-server-down'(subject) {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: books.refreshToken });
    const authorization = `Basic ${Buffer.from(`${books.clientId}:${books.clientSecret}`).toString('base64')}`;
    const refresh = () => call(`${books.baseUrl}/oauth2/v1/tokens/bearer`, { method: 'POST', body: form, headers: { authorization } });
    expect((await subject.read()).status).toBe(200);
    expect((await refresh()).status).toBe(503);
    expect((await refresh()).status).toBe(200);
  },
  async 'quickbooks-edited-by-other'(subject, name) {
    const { Customer } = JSON.parse((await subject.write(name)).text) as { Customer: { Id: string; SyncToken: string } };
    const { Id, SyncToken } = Customer;
    const update = await postBooks('customer', { Id, SyncToken, sparse: true, Notes: 'mine' });
    expect([update.status, update.text]).toEqual([400, expect.stringContaining('"5010"')]);
    expect((await postBooks('customer', { Id, SyncToken: String(Number(SyncToken) + 1), sparse: true, Notes: 'mine' })).status).toBe(200);
  },
  'org-limit': (subject, name) => refused(subject, name, 403, 'REQUEST_LIMIT_EXCEEDED'),
  'org-session-expired': (subject, name) => refused(subject, name, 401, 'INVALID_SESSION_ID'),
  'org-row-locked': (subject, name) => refused(subject, name, 400, 'UNABLE_TO_LOCK_ROW'),
};

test.each(ALL_FAULTS.filter(({ id }) => !id.endsWith('-slow')).map(({ id, system }) => [id, system] as const))(
  '%s happens',
  async (id, system) => {
    const subject = subjects[system]!;
    const show = SHOWS[id] ?? SHOWS[id.replace(/^\w+?-/, '')];
    // A webhook that the entry before left would take a fault that is set for one.
    await subject.settle();
    await on(subject, id);
    await show!(subject, `made-under-${id}`);
    expect(faults.log()[0], 'it is in the log').toMatchObject({ label: expect.stringContaining(system) });
  },
);

test('slow happens, everywhere at once', async () => {
  const slow = ALL_FAULTS.filter(({ id }) => id.endsWith('-slow'));
  for (const { id, system } of slow) await on(subjects[system]!, id);
  await Promise.all(slow.map(({ id, system }) => SHOWS['slow']!(subjects[system]!, `made-under-${id}`)));
});

test('the page lists every fault, what is in force and what has happened, and switches off', async () => {
  const { baseUrl, read } = subjects['Stripe']!;
  const page = async () => (await call(`${baseUrl}/sandbox/faults`, {})).text;
  for (const { title, system } of ALL_FAULTS.filter((entry) => entry.system === 'Stripe'))
    expect(await page(), `${system} ${title}`).toContain(title);
  await on(subjects['Stripe']!, 'stripe-error-500', { times: '3', narrow: '/v1/custo*' });
  expect((await read()).status).toBe(500);
  const shown = await page();
  expect(shown).toContain('path /v1/custo*');
  expect(shown).toContain('2 more');
  expect(shown).toContain('method GET, path /v1/customers');
  const rule = faults.list()[0]!.id;
  await fetch(`${baseUrl}/sandbox/faults/off`, { method: 'POST', body: new URLSearchParams({ rule }), redirect: 'manual' });
  expect((await read()).status).toBe(200);
  const foreign = await fetch(`${baseUrl}/sandbox/faults/off`, { method: 'POST', body: '', headers: { origin: 'http://evil.example' } });
  expect(foreign.status).toBe(403);
});

test('the same seed and the same calls give the same faults in every system, however the systems interleave', async () => {
  const run = async (seed: number, order: ('Stripe' | 'QuickBooks')[]) => {
    faults.clear();
    faults.reseed(seed);
    faults.add({ id: 's', point: 'stripe.request', probability: 0.4, fault: { kind: 'status', status: 503 } });
    faults.add({ id: 'q', point: 'quickbooks.request', probability: 0.4, fault: { kind: 'status', status: 503 } });
    const seen: Record<string, number[]> = { Stripe: [], QuickBooks: [] };
    for (const system of order) seen[system]!.push((await subjects[system]!.read()).status);
    return seen;
  };
  const turns = Array.from({ length: 24 }, (_, turn) => (turn % 2 ? 'Stripe' : 'QuickBooks'));
  const first = await run(7, turns);
  expect(await run(7, turns)).toEqual(first);
  expect(await run(7, turns.toSorted())).toEqual(first);
  expect(await run(8, turns)).not.toEqual(first);
  expect(first['Stripe']).toContain(503);
  expect(first['Stripe']).toContain(200);
});
