import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { createClock } from '../core/index.ts';
import { startForTest } from './testing.ts';

const DAY = 86_400_000;

test('a restart finds invoices, kept answers, and work that is due', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'trueup-stripe-'));
  const before = await startForTest(Stripe, { dataDir });
  const open = await before.open();
  await before.post(`${before.hosted(open)}/pay`, { method: 'bank', account: '000123456789' });
  const customer = await before.stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' });
  await before.stop();

  const after = await startForTest(Stripe, { dataDir, clock: createClock({ offsetMs: 3_600_000 }) });
  expect((await after.stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' })).id).toBe(customer.id);
  expect((await after.stripe.invoices.retrieve(open.id)).status).toBe('open');
  await after.clock.advance(5 * DAY);
  expect((await after.stripe.invoices.retrieve(open.id)).status).toBe('paid');
  await after.stop();
  rmSync(dataDir, { recursive: true });
});

test('a snapshot brings the whole account back', async () => {
  const t = await startForTest(Stripe);
  const open = await t.open();
  const image = await (await fetch(`${t.sandbox.baseUrl}/__ctl/snapshot`)).arrayBuffer();
  await t.stripe.invoices.voidInvoice(open.id);
  await fetch(`${t.sandbox.baseUrl}/__ctl/restore`, {
    method: 'PUT',
    body: image,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect((await t.stripe.invoices.retrieve(open.id)).status).toBe('open');
  await fetch(`${t.sandbox.baseUrl}/__ctl/reset`, { method: 'POST' });
  expect((await t.stripe.invoices.list()).data).toEqual([]);
  await t.stop();
});
