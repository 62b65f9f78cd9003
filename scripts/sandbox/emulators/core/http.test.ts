import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { addControlRoutes } from './control.ts';
import { createCoverage } from './coverage.ts';
import { createFaultPlan } from './faults.ts';
import { createHttp, listenOnLoopback, sendPage } from './http.ts';
import { html, renderPage, table } from './page.ts';
import { openStore } from './store.ts';

const faults = createFaultPlan();
let app: ReturnType<typeof createHttp>;
let base = '';
let handled = 0;

beforeEach(async () => {
  handled = 0;
  faults.clear();
  app = createHttp({
    name: 'x',
    faults,
    faultAnswer: (status) => ({ body: { error: `fault ${status}` }, headers: { 'retry-after': '1' } }),
  });
  const clock = createClock();
  addControlRoutes(app, {
    clock,
    faults,
    store: openStore(),
    catalogue: [],
    frame: { product: 'X', nav: [] },
    coverage: createCoverage(),
  });
  app.post('/echo', (request) => {
    handled += 1;
    return { raw: request.rawBody.toString(), body: request.body, fault: request.fault ?? null };
  });
  app.get('/sandbox/things', (_request, reply) =>
    sendPage(
      reply,
      renderPage({
        product: 'X',
        title: '<Things>',
        nav: [{ href: '/sandbox/things', label: 'Things' }],
        current: '/sandbox/things',
        body: table('Things', ['Name'], [['<script>alert(1)</script>'], [html`<b>${'a&b'}</b>`]]),
      }),
    ),
  );
  base = await listenOnLoopback(app);
});
afterEach(() => app.close());

const echo = (body: string, type = 'application/json') =>
  fetch(`${base}/echo`, { method: 'POST', body, headers: { 'content-type': type } });

test('keeps the raw body, parses JSON, names the sandbox', async () => {
  const answer = await echo('{"a": 1}');
  expect(answer.headers.get('x-sandbox')).toBe('x');
  expect(await answer.json()).toMatchObject({ raw: '{"a": 1}', body: { a: 1 } });
  expect(await (await echo('a=1&b=2', 'application/x-www-form-urlencoded')).json()).toMatchObject({ body: 'a=1&b=2' });
  expect((await echo('{nope')).status).toBe(400);
});

test('a status fault answers in the provider’s shape, without handling', async () => {
  faults.add({ point: 'x.request', match: { method: 'POST', path: '/echo' }, times: 1, fault: { kind: 'throttle' } });
  const answer = await echo('{}');
  expect([answer.status, await answer.json(), answer.headers.get('retry-after')]).toEqual([429, { error: 'fault 429' }, '1']);
  expect(handled).toBe(0);
});

test('drop-before closes before handling, drop-answer after it', async () => {
  faults.add({ point: 'x.request', times: 1, fault: { kind: 'drop-before' } });
  await expect(echo('{}')).rejects.toThrow();
  expect(handled).toBe(0);
  faults.add({ point: 'x.request', times: 1, fault: { kind: 'drop-answer' } });
  await expect(echo('{}')).rejects.toThrow();
  expect(handled).toBe(1);
});

test('a dropped call may hang first', async () => {
  for (const kind of ['drop-before', 'drop-answer'] as const) {
    const before = handled;
    faults.add({ point: 'x.request', times: 1, fault: { kind, afterMs: 60 } });
    const started = performance.now();
    await expect(echo('{}')).rejects.toThrow();
    expect(performance.now() - started).toBeGreaterThan(50);
    expect(handled).toBe(before + (kind === 'drop-answer' ? 1 : 0));
  }
});

test('other kinds are handed to the stand-in, delay waits', async () => {
  faults.add({ point: 'x.request', times: 1, fault: { kind: 'expire-token' } });
  expect(await (await echo('{}')).json()).toMatchObject({ fault: { kind: 'expire-token' } });
  faults.add({ point: 'x.request', times: 1, fault: { kind: 'delay', ms: 60 } });
  const started = performance.now();
  await echo('{}');
  expect(performance.now() - started).toBeGreaterThan(50);
});

test('pages are escaped and forbid scripts', async () => {
  const answer = await fetch(`${base}/sandbox/things`);
  const text = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('<b>a&amp;b</b>');
  expect(text).toContain('<h1>&lt;Things&gt;</h1>');
  expect(text).not.toContain('<script');
  expect((await fetch(`${base}/sandbox/page.css`)).headers.get('content-type')).toContain('text/css');
});

test('control routes move the clock and plan faults, but not for a foreign page', async () => {
  const call = (path: string, body: unknown, headers = {}) =>
    fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const before = (await (await fetch(`${base}/__ctl/clock`)).json()) as { now: number };
  const after = (await (await call('/__ctl/clock/advance', { ms: 5_000 })).json()) as { now: number };
  expect(after.now - before.now).toBeGreaterThanOrEqual(5_000);
  await call('/__ctl/faults', { point: 'x.request', times: 1, fault: { kind: 'status', status: 500 } });
  expect((await echo('{}')).status).toBe(500);
  expect((await call('/__ctl/faults', {}, { origin: 'http://evil.example' })).status).toBe(403);
});
