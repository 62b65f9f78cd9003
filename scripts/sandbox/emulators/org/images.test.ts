// An image of the org over its control routes, and back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../core/index.ts';
import { startOrg } from './index.ts';
import type { RunningOrg } from './index.ts';
import { billsFiles, writePackage } from './testing/bills-package.ts';

let org: RunningOrg;
const clock = createClock();
const packageDir = writePackage(billsFiles());
const api = async (method: string, route: string, body?: unknown) => {
  const answer = await fetch(`${org.baseUrl}/services/data/v66.0/${route}`, {
    method,
    headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as Record<string, unknown> };
};
const bills = async () =>
  (await api('GET', 'query?q=SELECT+Id,Name,Key__c,Status__c,LastModifiedDate+FROM+Bill__c+ORDER+BY+Id')).body['records'];
const makeBill = async (key: string) => {
  const account = (await api('POST', 'sobjects/Account', { Name: key })).body['id'];
  return (await api('POST', 'sobjects/Bill__c', { Key__c: key, Account__c: account, Status__c: 'Open' })).body['id'] as string;
};

beforeAll(async () => {
  org = await startOrg({ clock, faults: createFaultPlan(1), packageDir });
});
afterAll(async () => {
  await org.stop();
  clock.stop();
});

it('takes an image and puts it back: records, deletions, rights and the ids to come', async () => {
  const first = await makeBill('main.1');
  const before = await bills();
  const image = await (await fetch(`${org.baseUrl}/__ctl/snapshot`)).arrayBuffer();
  const second = await makeBill('main.2');
  await api('DELETE', `sobjects/Bill__c/${first}`);
  const set = ((await api('GET', 'query?q=SELECT+Id+FROM+PermissionSetAssignment')).body['records'] as { Id: string }[]).length;
  expect(await bills()).not.toEqual(before);
  const put = await fetch(`${org.baseUrl}/__ctl/restore`, {
    method: 'PUT',
    body: image,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(put.status).toBe(200);
  expect(await bills()).toEqual(before);
  expect(((await api('GET', 'query?q=SELECT+Id+FROM+PermissionSetAssignment')).body['records'] as unknown[]).length).toBe(set);
  expect(await makeBill('main.2'), 'the same id comes again').toBe(second);
});

it('keeps its people logged in under an image of another org', async () => {
  const other = await startOrg({ clock, faults: createFaultPlan(1), packageDir });
  org.restore(other.snapshot());
  await other.stop();
  expect((await api('GET', 'query?q=SELECT+Id+FROM+Bill__c')).body).toMatchObject({ totalSize: 0 });
});

it('does not empty itself: a new start does', async () => {
  expect((await fetch(`${org.baseUrl}/__ctl/reset`, { method: 'POST' })).status).toBe(501);
});
