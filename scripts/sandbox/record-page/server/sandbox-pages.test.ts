import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock, createFaultPlan, createSkewedClock } from '../../emulators/core/index.ts';
import { refuseForeign } from './origin.ts';
import { addSandboxPages } from './sandbox-pages.ts';

const clock = createClock();
const late = createSkewedClock(clock);
const kept: { name: string; takenAt: number; now: number }[] = [];
const restored: string[] = [];
const app = fastify();
let url = '';

beforeAll(async () => {
  refuseForeign(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  addSandboxPages(app, {
    faults: createFaultPlan(),
    catalogue: [],
    clock: {
      now: () => clock.now(),
      advance: (ms) => clock.advance(ms),
      skews: () => [{ name: 'stripe', label: 'Stripe', skewMs: late.skewMs() }],
      skew: (_name, ms) => late.skew(ms),
    },
    snapshots: {
      list: () => kept,
      take: async (name) => kept.push({ name, takenAt: 0, now: clock.now() }),
      restore: async (name) => restored.push(name),
      remove: async (name) => {
        throw Object.assign(new Error(`There is no snapshot "${name}".`), { whatToDo: 'Choose one of the list.' });
      },
    },
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  clock.stop();
});

/** Sends a form and follows it back to its page, as a browser does. */
const send = async (path: string, fields: Record<string, string>) => {
  const answer = await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: url } });
  return /<p role="status" class="said">\s*(.*?)\s*<\/p>/s.exec(await answer.text())?.[1];
};
const page = async (path: string) => (await fetch(url + path)).text();

test('the clock moves forward by a form, and says why it does not go back', async () => {
  const before = clock.now();
  expect(await send('/sandbox/clock/advance', { count: '2', unit: 'hours' })).toContain('moved forward');
  expect(clock.now() - before).toBeGreaterThanOrEqual(7_200_000);
  expect(await send('/sandbox/clock/advance', { count: '-2', unit: 'hours' })).toContain('forward only');
  expect(await page('/sandbox/clock')).toContain('It cannot go back');
});

test('a clock can be off by minutes, and no further', async () => {
  expect(await send('/sandbox/clock/skew', { name: 'stripe', minutes: '-5' })).toContain('off by -5 minutes');
  expect(late.skewMs()).toBe(-300_000);
  expect(await send('/sandbox/clock/skew', { name: 'stripe', minutes: '500' })).toContain('at most 60 minutes');
  expect(await send('/sandbox/clock/skew', { name: 'stripe', minutes: '0' })).toContain('right again');
});

test('snapshots are taken and restored; a refusal is shown with what to do', async () => {
  expect(await send('/sandbox/snapshots/take', { name: 'before' })).toBe('Taken: before.');
  expect(await page('/sandbox/snapshots')).toContain('aria-label="Restore before"');
  expect(await send('/sandbox/snapshots/restore', { name: 'before' })).toContain('as it was in before');
  expect(restored).toEqual(['before']);
  expect(await send('/sandbox/snapshots/remove', { name: 'other' })).toBe(
    'There is no snapshot &quot;other&quot;. Choose one of the list.',
  );
});

test('another site cannot send a form', async () => {
  const answer = await fetch(`${url}/sandbox/clock/advance`, {
    method: 'POST',
    body: 'count=1',
    headers: { origin: 'http://evil.example' },
  });
  expect(answer.status).toBe(403);
  expect((await fetch(`${url}/sandbox/clock`)).headers.get('content-security-policy')).toContain("default-src 'none'");
});
