import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeOrg, type FakeOrg } from './fake-org.ts';
import { startPage, type RunningPage } from './server.ts';

/** Shared with every start: what was built of the same files is used again. */
const cacheDir = path.resolve(import.meta.dirname, '../../../.sandbox/cache');
let org: FakeOrg;
let page: RunningPage;
const done: string[] = [];

beforeAll(async () => {
  org = await startFakeOrg();
  page = await startPage({
    port: 0,
    orgBaseUrl: org.baseUrl,
    sessions: { rep: 'rep-token', none: 'none-token' },
    packageDirs: [path.join(import.meta.dirname, 'modules/test-package')],
    cacheDir,
    links: [{ label: 'Stripe', url: 'http://127.0.0.1:1/' }],
    control: {
      state: () => ({ now: 7 }),
      async runFlow(name) {
        done.push(name);
        return { message: 'Ran.' };
      },
      async advanceClock(ms) {
        if (ms === 13) throw new Error('The clock is stuck.');
        done.push(`${ms}`);
      },
    },
  });
}, 120_000);
afterAll(async () => {
  await page.stop();
  await org.stop();
});

const get = (where: string, init: RequestInit = {}) => fetch(page.url + where, { redirect: 'manual', ...init });
const post = (where: string, body: unknown, headers: Record<string, string> = {}) =>
  get(where, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** `fetch` does not let the caller name another host. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) =>
    http.get(`${page.url}/sandbox/boot`, { headers: { host } }, (answer) => resolve(answer.resume().statusCode)).once('error', reject),
  );
}

describe('the document', () => {
  test('is served under every Lightning address, with the content security policy', async () => {
    expect((await get('/')).headers.get('location')).toBe('/lightning/page/home');
    const answer = await get('/lightning/r/Account/001000000000001AAA/view');
    expect(answer.headers.get('content-security-policy')).toMatch(
      /script-src 'self';.*object-src 'none'.*report-uri \/sandbox\/csp-report/,
    );
    const html = await answer.text();
    expect(html.indexOf('synthetic-shadow.js')).toBeLessThan(html.indexOf('main.js'));
    expect(html).not.toMatch(/<script>/);
    expect((await get('/nowhere')).status).toBe(404);
  });

  test('collects violation reports', async () => {
    await post('/sandbox/csp-report', { 'csp-report': { 'blocked-uri': 'https://evil.example/x.js' } });
    expect(page.cspReports()).toEqual([{ 'blocked-uri': 'https://evil.example/x.js' }]);
  });
});

describe('files', () => {
  test('are served with validators and never from outside their folder', async () => {
    const first = await get('/app/main.js');
    expect(first.headers.get('content-type')).toMatch(/javascript/);
    expect((await get('/app/main.js', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })).status).toBe(304);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const [chunk] = /chunks\/[^"']+\.js/.exec(await first.text()) ?? [];
    expect((await get(`/app/${chunk}`)).headers.get('cache-control')).toContain('immutable');
    expect((await get('/assets/icons/utility-sprite/svg/symbols.svg')).status).toBe(200);
    expect((await get('/app/..%2f..%2fpackage.json')).status).toBe(404);
    expect((await get('/app/%2e%2e/%2e%2e/etc/passwd')).status).toBe(404);
  });
});

describe('the session', () => {
  test('opens as the rep and becomes another user by cookie; the token stays on the server', async () => {
    expect(await (await get('/sandbox/boot')).json()).toMatchObject({ user: { name: 'Riley Rep' } });
    const login = await post('/sandbox/login', { user: 'none' });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toMatch(/token/);
    const boot = await get('/sandbox/boot', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await boot.json()).toMatchObject({ user: { name: 'Noor Nobody' } });
    expect(org.requests.at(-1)?.token).toBe('none-token');
  });

  test.each(['nobody', '__proto__', ''])('refuses to log in as "%s"', async (user) => {
    expect((await post('/sandbox/login', { user })).status).toBe(400);
    expect(await (await get('/sandbox/boot', { headers: { cookie: `sandbox_user=${user}` } })).json()).toMatchObject({
      user: { name: 'Riley Rep' },
    });
  });
});

describe('forwarding', () => {
  test('passes bodies, statuses and error shapes as they are', async () => {
    const answer = await post('/sandbox/apex/BillController/makeBill', { accountId: '001000000000001AAA', amount: 0 });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ message: 'Enter an amount above zero.', exceptionType: 'System.AuraHandledException' });
    expect((await get('/services/data/v66.0/ui-api/records/a0B0000000000ZZAAA')).status).toBe(404);
  });

  test('keeps to itself what the org offers for seeding', async () => {
    const before = org.requests.length;
    expect((await post('/sandbox/seed', { records: [] })).status).toBe(404);
    expect(org.requests).toHaveLength(before);
  });

  test('streams events as they happen', async () => {
    const abort = new AbortController();
    const stream = await get('/sandbox/events', { signal: abort.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(': open\n\n');
    org.publish('Paid');
    expect(JSON.parse(((await reader?.read())?.value ?? '').replace('data: ', ''))).toMatchObject({
      channel: '/event/Bill_Event__e',
      payload: { State__c: 'Paid' },
    });
    abort.abort();
  });
});

describe('the controls', () => {
  test('say where the stand-ins are, run flows and move the clock', async () => {
    expect(await (await get('/sandbox/control/state')).json()).toMatchObject({
      now: 7,
      links: [{ label: 'Stripe' }],
      flows: [{ name: 'Trueup_Nightly_Sync' }],
    });
    expect(await (await post('/sandbox/control/run-flow', { name: 'Trueup_Nightly_Sync' })).json()).toEqual({ message: 'Ran.' });
    await post('/sandbox/control/advance-clock', { ms: 5 });
    expect(done).toEqual(['Trueup_Nightly_Sync', '5']);
  });

  test('refuse what is not theirs and tell what failed', async () => {
    expect((await post('/sandbox/control/run-flow', { name: 'Delete_All' })).status).toBe(400);
    expect((await post('/sandbox/control/advance-clock', { ms: -5 })).status).toBe(400);
    expect(await (await post('/sandbox/control/advance-clock', { ms: 13 })).json()).toMatchObject({ message: 'The clock is stuck.' });
  });
});

describe('other web sites', () => {
  test('can neither write nor read by a name of their own', async () => {
    expect((await post('/sandbox/control/advance-clock', { ms: 5 }, { origin: 'https://evil.example' })).status).toBe(403);
    expect(await statusFor('evil.example')).toBe(403);
    expect((await post('/sandbox/login', { user: 'rep' }, { origin: page.url })).status).toBe(200);
  });
});

test('says so when the org is gone', async () => {
  const alone = await startPage({
    port: 0,
    orgBaseUrl: 'http://127.0.0.1:9',
    sessions: { rep: 'x' },
    packageDirs: [path.join(import.meta.dirname, 'modules/test-package')],
    cacheDir,
    links: [],
    control: { state: () => ({ now: 0 }), runFlow: async () => {}, advanceClock: async () => {} },
  });
  const answer = await fetch(`${alone.url}/sandbox/boot`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toMatch(/start it again/);
  await alone.stop();
});
