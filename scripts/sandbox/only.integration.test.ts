// Stand-ins served by themselves.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Only, readStandIns, startOnly } from './only.ts';

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-only-'));
const published = () => JSON.parse(fs.readFileSync(path.join(dataDir, 'sandbox.json'), 'utf8')) as Only['info'];
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

it('serves Stripe and QuickBooks with the story, says so in sandbox.json, and finds its data again', async () => {
  const first = await startOnly(['stripe', 'quickbooks'], { dataDir });
  expect(Object.keys(published())).toEqual(['stripe', 'quickbooks']);
  const ask = async (only: Only) => {
    const { baseUrl, secretKey } = only.info.stripe!;
    const answer = await fetch(`${baseUrl}/v1/customers?limit=100`, { headers: { authorization: `Bearer ${secretKey}` } });
    return ((await answer.json()) as { data: { name: string }[] }).data.map(({ name }) => name);
  };
  const { baseUrl, secretKey } = first.info.stripe!;
  await fetch(`${baseUrl}/v1/customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'name=Made+by+a+person',
  });
  const books = first.info.quickbooks!;
  const items = await fetch(`${books.baseUrl}/v3/company/${books.realmId}/query?query=select+*+from+Item`, {
    headers: { authorization: `Bearer ${books.accessToken}`, accept: 'application/json' },
  });
  expect(items.status).toBe(200);
  await first.stop();
  expect(fs.existsSync(path.join(dataDir, 'sandbox.json'))).toBe(false);

  const again = await startOnly(['stripe'], { dataDir });
  expect(Object.keys(published())).toEqual(['stripe']);
  const names = await ask(again);
  expect(names).toContain('Made by a person');
  expect(new Set(names).size, 'the story is laid down once').toBe(names.length);
  await again.stop();
});

it('serves the org with the package; a callout says that the functions cannot be reached', async () => {
  const only = await startOnly(['org'], { dataDir });
  const { instanceUrl, users } = only.info.org!;
  const as = (user: string) => ({ authorization: `Bearer ${users[user]!.accessToken}`, 'content-type': 'application/json' });
  const soql = encodeURIComponent('SELECT count() FROM Trueup_Company__c');
  const companies = await fetch(`${instanceUrl}/services/data/v66.0/query?q=${soql}`, { headers: as('admin') });
  expect(((await companies.json()) as { totalSize: number }).totalSize).toBe(1);
  const callout = await fetch(`${instanceUrl}/sandbox/apex/TrueupSyncController/runSync`, {
    method: 'POST',
    headers: as('admin'),
    body: '{}',
  });
  expect(callout.status).toBe(500);
  expect(((await callout.json()) as { message: string }).message).toContain('named credential "Trueup_Functions" might not exist');
  await only.stop();
});

it('refuses a name it does not know, and says which there are', () => {
  expect(readStandIns('stripe, quickbooks,stripe')).toEqual(['stripe', 'quickbooks']);
  expect(() => readStandIns('strpe')).toThrow('"strpe"');
});
