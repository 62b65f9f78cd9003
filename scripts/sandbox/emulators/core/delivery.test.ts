import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { createDeliverer } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { createFaultPlan } from './faults.ts';
import { openStore } from './store.ts';

const MINUTE = 60_000;
let received: { body: string; signature: string }[] = [];
let answers: number[] = [];
let url = '';
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ body, signature: String(request.headers['x-signature']) });
    response.writeHead(answers.shift() ?? 200).end();
  });
});

beforeEach(async () => {
  received = [];
  answers = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(
  () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
);

function deliverer(extra: { store?: ReturnType<typeof openStore> } = {}) {
  const clock = createClock();
  const faults = createFaultPlan();
  const store = extra.store ?? openStore();
  const settled: string[] = [];
  const made = createDeliverer({
    store,
    clock,
    faults,
    point: 'x.webhook',
    ladder: [MINUTE, 10 * MINUTE],
    timeoutMs: 2_000,
    headers: (delivery: Delivery, now: number) => ({ 'x-signature': `${Math.round(now / MINUTE)}:${delivery.body}` }),
    onSettled: (delivery) => settled.push(`${delivery.body}:${delivery.state}`),
  });
  return {
    ...made,
    clock,
    faults,
    store,
    settled,
    send: (body: string) => made.send({ target: 'we_1', url, about: { type: 'thing.made' }, body }),
  };
}

test('delivers, signs and records the attempt', async () => {
  const hooks = deliverer();
  hooks.send('a');
  await hooks.idle();
  expect(received).toHaveLength(1);
  expect(received[0]?.signature).toMatch(/^\d+:a$/);
  expect(hooks.settled).toEqual(['a:delivered']);
  expect(hooks.deliveries.all()[0]?.attempts).toMatchObject([{ status: 200, error: null }]);
});

test('retries along the ladder on the movable clock, with a fresh signature, then gives up', async () => {
  const hooks = deliverer();
  answers = [500, 503, 404];
  hooks.send('a');
  await hooks.idle();
  await hooks.clock.advance(MINUTE);
  expect(received).toHaveLength(2);
  await hooks.clock.advance(10 * MINUTE);
  expect(new Set(received.map((hook) => hook.signature)).size).toBe(3);
  expect(hooks.settled).toEqual(['a:failed']);
  expect(hooks.deliveries.all()[0]?.attempts.map((attempt) => attempt.status)).toEqual([500, 503, 404]);
});

test('deliverNow does not wait for the ladder', async () => {
  const hooks = deliverer();
  answers = [500];
  hooks.send('a');
  await hooks.idle();
  await hooks.deliverNow();
  expect(hooks.settled).toEqual(['a:delivered']);
});

test('lose, duplicate, delay, reorder and a lost answer', async () => {
  const hooks = deliverer();
  hooks.faults.add({ point: 'x.webhook', times: 1, fault: { kind: 'lose' } });
  hooks.send('lost');
  await hooks.idle();
  expect(received).toEqual([]);

  hooks.faults.add({ point: 'x.webhook', times: 1, fault: { kind: 'duplicate' } });
  hooks.send('twice');
  await hooks.idle();
  expect(received.map((hook) => hook.body)).toEqual(['twice', 'twice']);

  hooks.faults.add({ point: 'x.webhook', times: 1, fault: { kind: 'delay', ms: MINUTE } });
  hooks.send('later');
  await hooks.idle();
  expect(received).toHaveLength(2);
  await hooks.clock.advance(MINUTE);
  expect(received.at(-1)?.body).toBe('later');

  hooks.faults.add({ point: 'x.webhook', times: 1, fault: { kind: 'reorder' } });
  hooks.send('first');
  hooks.send('second');
  await hooks.idle();
  await hooks.idle();
  expect(received.slice(-2).map((hook) => hook.body)).toEqual(['second', 'first']);

  hooks.faults.add({ point: 'x.webhook', times: 1, fault: { kind: 'drop-answer' } });
  hooks.send('unsure');
  await hooks.idle();
  await hooks.clock.advance(MINUTE);
  expect(received.filter((hook) => hook.body === 'unsure')).toHaveLength(2);
});

test('takes up pending deliveries after a restart', async () => {
  const store = openStore();
  const before = deliverer({ store });
  answers = [500];
  before.send('a');
  await before.idle();
  await before.stop();
  const after = deliverer({ store });
  after.resume();
  await after.clock.advance(MINUTE);
  expect(after.settled).toEqual(['a:delivered']);
});
