import { expect, test } from 'vitest';
import { ACCOUNT, createWorld, REP, type World } from '../adapters/memory/world.ts';
import { decideConflict } from './decide-conflict.ts';
import { customerQueue } from './settle-customer.ts';
import { registerWorkflows } from './workflows.ts';

// QuickBooks has a customer of the account for each currency it is billed in: two of them may say different things of one fact.

const HERE = '+1 555 0100';
const FIRST = '+1 555 0199';
const SECOND = '+1 555 0177';

let looks = 0;
async function look(w: World): Promise<void> {
  const input = { accountId: ACCOUNT, systems: ['stripe', 'quickbooks'] };
  await w.engine.enqueue({ workflow: 'settle-customer', id: `look ${(looks += 1)}`, queueKey: customerQueue(ACCOUNT), input });
  await w.engine.idle();
}
function edit(w: World, customers: Record<string, string>): void {
  for (const [id, phone] of Object.entries(customers)) Object.assign(w.ledger.customers.get(id) ?? {}, { phone });
}
const phones = (w: World) => ['58', '59'].map((id) => w.ledger.customers.get(id)?.phone);
const conflicts = (w: World) => [...w.org.conflicts.values()].map(({ key, state, values }) => [key, state, values.quickbooks]);
const KEY = `main:${ACCOUNT}:phone`;

async function twoCustomers(): Promise<World> {
  const w = createWorld();
  registerWorkflows(w);
  const [link, customer] = [[...w.org.links.values()].find(({ externalId }) => externalId === '58'), w.ledger.customers.get('58')];
  if (!link || !customer) throw new Error('The world has customer 58.');
  w.org.links.set('in euros', { ...link, currency: 'EUR', externalId: '59' });
  w.ledger.customers.set('59', { ...customer, id: '59', displayName: `${customer.displayName} (EUR)`, currency: 'EUR' });
  Object.assign(w.payments.customers.get('cus_known') ?? {}, { phone: HERE });
  edit(w, { 58: HERE, 59: HERE });
  await look(w);
  expect(conflicts(w)).toEqual([]);
  return w;
}

test('what was replaced of each is kept', async () => {
  const w = await twoCustomers();
  edit(w, { 58: FIRST, 59: SECOND });
  await look(w);
  await look(w);
  expect(phones(w)).toEqual([HERE, HERE]);
  expect(conflicts(w)).toEqual([
    [KEY, 'Open', FIRST],
    [`${KEY}:59`, 'Open', SECOND],
  ]);
});

test('one that comes in step leaves open what was asked about the other', async () => {
  const w = await twoCustomers();
  edit(w, { 58: FIRST, 59: SECOND });
  await look(w);
  edit(w, { 58: FIRST, 59: SECOND });
  await look(w);
  expect(phones(w)).toEqual([FIRST, SECOND]);
  edit(w, { 59: HERE });
  await look(w);
  expect(conflicts(w)).toMatchObject([
    [KEY, 'Open', FIRST],
    [`${KEY}:59`, 'Decided', SECOND],
  ]);
});

test('what is chosen for one goes to both', async () => {
  const w = await twoCustomers();
  edit(w, { 58: FIRST, 59: SECOND });
  await look(w);
  Object.assign(w.org.accounts[0] ?? {}, { phone: SECOND });
  const choice = { conflictId: `${KEY}:59`, choose: 'QuickBooks' as const, value: SECOND };
  expect(await decideConflict(w, choice, { ...REP, permissions: ['Trueup_Run_Sync'] })).toEqual({ outcome: 'done', value: true });
  await look(w);
  expect(phones(w)).toEqual([SECOND, SECOND]);
  expect(conflicts(w)).toMatchObject([
    [KEY, 'Open', FIRST],
    [`${KEY}:59`, 'Decided', SECOND],
  ]);
});
