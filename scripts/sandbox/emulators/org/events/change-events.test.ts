import { createRequire } from 'node:module';
import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../../core/index.ts';
import { startOrg } from '../index.ts';
import type { Persona, RunningOrg } from '../index.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';

/** jsforce's own replay extension; its types leave it out. */
const { StreamingExtension } = createRequire(import.meta.url)('jsforce/lib/api/streaming.js') as {
  StreamingExtension: { Replay: new (channel: string, replayId: number) => never };
};

interface Change {
  event: { replayId: number };
  payload: { ChangeEventHeader: Record<string, unknown> } & Record<string, unknown>;
}

let org: RunningOrg;
beforeAll(async () => {
  org = await startOrg({
    clock: createClock(),
    faults: createFaultPlan(1),
    packageDir: writePackage(billsFiles()),
    changeDataCapture: ['Account', 'Contact', 'Bill__c'],
  });
});
afterAll(() => org.stop());

const connect = (persona: Persona): Connection =>
  new Connection({ instanceUrl: org.baseUrl, accessToken: org.users[persona].accessToken, version: '66.0' });

/** Subscribes as the person; what arrives is kept. */
async function listen(channel: string, persona: Persona = 'admin', replay = -1) {
  const heard: Change[] = [];
  const client = connect(persona).streaming.createClient([new StreamingExtension.Replay(channel, replay)]);
  const subscription = client.subscribe(channel, (message: Change) => heard.push(message));
  await subscription;
  const wait = async (count: number) => {
    for (let waited = 0; heard.length < count && waited < 60; waited += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    return heard;
  };
  return { wait, cancel: () => subscription.cancel() };
}

it('tells of a new record what is not empty, of a changed one what changed, of a deleted one that it is', async () => {
  const admin = connect('admin');
  const accounts = await listen('/data/AccountChangeEvent');
  const { id = '' } = await admin.sobject('Account').create({ Name: 'Acme', BillingCity: 'Reno', BillingStreet: '1 Main St' });
  await admin.sobject('Account').update({ Id: id, Name: 'Acme 2', BillingCity: 'Elko', BillingStreet: null as never });
  await admin.sobject('Account').delete(id);
  const heard = await accounts.wait(3);
  accounts.cancel();
  const [created, updated, deleted] = heard.map((message) => message.payload);
  expect(created).toMatchObject({
    ChangeEventHeader: { entityName: 'Account', recordIds: [id], changeType: 'CREATE', changedFields: [], commitUser: org.users.admin.id },
    Name: 'Acme',
    BillingAddress: { City: 'Reno', Street: '1 Main St' },
  });
  expect(created).not.toHaveProperty('Phone');
  expect(updated).toMatchObject({
    ChangeEventHeader: { changeType: 'UPDATE', nulledFields: ['BillingAddress.Street'] },
    Name: 'Acme 2',
    BillingAddress: { City: 'Elko', Street: null },
  });
  expect(updated?.ChangeEventHeader.changedFields).toEqual(
    expect.arrayContaining(['Name', 'BillingAddress.City', 'BillingAddress.Street', 'LastModifiedDate']),
  );
  expect(deleted).toMatchObject({ ChangeEventHeader: { changeType: 'DELETE', recordIds: [id] } });
  expect(Object.keys(deleted ?? {})).toEqual(['ChangeEventHeader']);
}, 15_000);

it('tells nothing of what was rolled back, and leaves out formulas and roll-ups', async () => {
  const admin = connect('admin');
  const everything = await listen('/data/ChangeEvents');
  const account = await admin.sobject('Account').create({ Name: 'Kept' });
  await admin.requestPost('/services/data/v66.0/composite/sobjects', {
    allOrNone: true,
    records: [{ attributes: { type: 'Account' }, Name: 'Undone' }, { attributes: { type: 'Account' } }],
  });
  await admin.sobject('Bill__c').create({ Key__c: 'cdc.1', Account__c: account.id as string });
  const heard = await everything.wait(2);
  everything.cancel();
  expect(heard.map(({ payload }) => [payload.ChangeEventHeader['entityName'], payload['Name'] ?? payload['Key__c']])).toEqual([
    ['Account', 'Kept'],
    ['Bill__c', expect.anything()],
  ]);
  expect(heard[1]?.payload).not.toHaveProperty('Total__c');
}, 15_000);

it('replays what was missed, in order', async () => {
  const admin = connect('admin');
  await admin.sobject('Contact').create({ FirstName: 'Ann', LastName: 'Ace' });
  await admin.sobject('Contact').create({ LastName: 'Bee' });
  const contacts = await listen('/data/ContactChangeEvent', 'admin', -2);
  const heard = await contacts.wait(2);
  contacts.cancel();
  expect(heard.map(({ payload }) => payload['Name'])).toEqual([{ FirstName: 'Ann', LastName: 'Ace' }, { LastName: 'Bee' }]);
  const [first, second] = heard.map(({ event }) => event.replayId);
  expect(second).toBeGreaterThan(first ?? 0);
}, 15_000);

it.each([
  ['an object that is not selected', '/data/OpportunityChangeEvent', 'admin', '404'],
  ['somebody who cannot view all of it', '/data/AccountChangeEvent', 'rep', '403'],
  ['all changes, without the right to all data', '/data/ChangeEvents', 'integration', '403'],
] as const)('refuses %s', async (_title, channel, persona, code) => {
  await expect(listen(channel, persona)).rejects.toMatchObject({ code: Number(code) });
});
