import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, REP, type World } from '../adapters/memory/world.ts';
import type { ConflictChoice } from '../domain/conflict.ts';
import { decideConflict } from './decide-conflict.ts';
import { customerQueue } from './settle-customer.ts';
import { registerWorkflows } from './workflows.ts';

// QuickBooks said another telephone number, Salesforce's replaced it there, and a person looks at the conflict.

const HERE = '+1 555 0100';
const THERE = '+1 555 0199';
const KEY = `main:${ACCOUNT}:phone`;
let clicks = 0;
const accountant = () => ({ ...REP, permissions: ['Trueup_Run_Sync'], correlationId: `click-${(clicks += 1)}` });

async function look(w: World, systems = ['stripe', 'quickbooks']): Promise<void> {
  const input = { accountId: ACCOUNT, systems };
  await w.engine.enqueue({ workflow: 'settle-customer', id: `look ${(clicks += 1)}`, queueKey: customerQueue(ACCOUNT), input });
  await w.engine.idle();
}
function edit(w: World, where: 'salesforce' | 'stripe' | 'quickbooks', phone: string): void {
  const books = where === 'stripe' ? w.payments.customers.get('cus_known') : w.ledger.customers.get('58');
  Object.assign((where === 'salesforce' ? w.org.accounts[0] : books) ?? {}, { phone });
}
const phones = (w: World) => [w.org.accounts[0]?.phone, w.payments.customers.get('cus_known')?.phone, w.ledger.customers.get('58')?.phone];
const conflict = (w: World) => w.org.conflicts.get(KEY);
const writes = (w: World) => w.faults.calls.filter((call) => call.endsWith('.update')).length;
async function decide(w: World, choose: ConflictChoice, value: string, caller = accountant()) {
  const decided = await decideConflict(w, { conflictId: KEY, choose, value }, caller);
  await w.engine.idle();
  return decided;
}

async function conflicting(times = 1): Promise<World> {
  const w = createWorld();
  registerWorkflows(w);
  for (const where of ['stripe', 'quickbooks'] as const) edit(w, where, HERE);
  await look(w);
  for (let time = 0; time < times; time += 1) {
    edit(w, 'quickbooks', THERE);
    await look(w);
  }
  w.faults.calls.length = 0;
  return w;
}

test('Salesforce is right: it stands everywhere already, nothing is sent, and who decided when is kept', async () => {
  const w = await conflicting();
  expect(await decide(w, 'Salesforce', HERE)).toEqual({ outcome: 'done', value: true });
  expect(conflict(w)).toMatchObject({ state: 'Decided', chosen: 'Salesforce', decidedBy: REP.userId, decidedAt: expect.any(String) });
  expect([phones(w), writes(w)]).toEqual([[HERE, HERE, HERE], 0]);
});

test('QuickBooks is right: Salesforce holds it by then, and it goes to each other system once', async () => {
  const w = await conflicting();
  edit(w, 'salesforce', THERE);
  expect(await decide(w, 'QuickBooks', THERE)).toEqual({ outcome: 'done', value: true });
  await look(w);
  expect([phones(w), writes(w)]).toEqual([[THERE, THERE, THERE], 2]);
  expect(conflict(w)).toMatchObject({ state: 'Decided', chosen: 'QuickBooks' });
});

test('a look between the two steps of a choice takes nothing from it: who decided when is kept', async () => {
  const w = await conflicting();
  edit(w, 'salesforce', THERE);
  await look(w);
  expect(conflict(w)).toMatchObject({ state: 'Decided', chosen: 'In Step' });
  expect(await decide(w, 'QuickBooks', THERE)).toEqual({ outcome: 'done', value: true });
  expect([phones(w), writes(w)]).toEqual([[THERE, THERE, THERE], 2]);
  expect(conflict(w)).toMatchObject({ state: 'Decided', chosen: 'QuickBooks', decidedBy: REP.userId, decidedAt: expect.any(String) });
});

test('Salesforce is right about what came back: it is sent once more', async () => {
  const w = await conflicting(2);
  expect(phones(w)).toEqual([HERE, HERE, THERE]);
  expect(await decide(w, 'Salesforce', HERE)).toEqual({ outcome: 'done', value: true });
  expect([phones(w), writes(w)]).toEqual([[HERE, HERE, HERE], 1]);
});

describe('what was decided', () => {
  test('is not asked again: the same value is replaced once more, and only after that a person is asked', async () => {
    const w = await conflicting();
    await decide(w, 'Salesforce', HERE);
    edit(w, 'quickbooks', THERE);
    await look(w);
    expect(phones(w)).toEqual([HERE, HERE, HERE]);
    expect(conflict(w)).toMatchObject({ state: 'Decided' });
    edit(w, 'quickbooks', THERE);
    await look(w);
    expect(phones(w)).toEqual([HERE, HERE, THERE]);
    expect(conflict(w)).toMatchObject({ state: 'Open', reason: 'Changed Back Again' });
  });

  test('says nothing of another value', async () => {
    const w = await conflicting();
    await decide(w, 'Salesforce', HERE);
    edit(w, 'quickbooks', '+1 555 0144');
    await look(w);
    expect(conflict(w)).toMatchObject({ state: 'Open', values: { quickbooks: '+1 555 0144', stripe: null }, decidedBy: null });
  });

  test('for QuickBooks says nothing of Salesforce’s value, should the two differ in the same way again', async () => {
    const w = await conflicting();
    edit(w, 'salesforce', THERE);
    await decide(w, 'QuickBooks', THERE);
    edit(w, 'salesforce', HERE);
    await look(w);
    edit(w, 'quickbooks', THERE);
    await look(w);
    expect(phones(w)).toEqual([HERE, HERE, HERE]);
    expect(conflict(w)).toMatchObject({ state: 'Open', chosen: null, values: { salesforce: HERE, quickbooks: THERE } });
  });

  test('by nobody, since the values became the same, is asked when they differ in the same way again', async () => {
    const w = createWorld();
    registerWorkflows(w);
    for (const phone of [THERE, HERE, THERE]) {
      edit(w, 'quickbooks', phone);
      await look(w);
      if (phone === HERE) expect(conflict(w)).toMatchObject({ state: 'Decided', chosen: 'In Step' });
    }
    expect(conflict(w)).toMatchObject({ state: 'Open', values: { salesforce: HERE, quickbooks: THERE } });
  });

  test('twice is decided once; decided otherwise is refused', async () => {
    const w = await conflicting();
    await Promise.all([decide(w, 'Salesforce', HERE), decide(w, 'Salesforce', HERE)]);
    expect(await decide(w, 'QuickBooks', THERE)).toMatchObject({ problem: { code: 'already-decided' } });
  });
});

describe('nothing is written', () => {
  test.each([
    ['another system changed meanwhile', 'stripe', 'Salesforce', HERE, 'values-changed'],
    ['Salesforce changed meanwhile', 'salesforce', 'Salesforce', HERE, 'values-changed'],
    ['the person saw an older value', null, 'QuickBooks', '+1 555 0144', 'values-changed'],
    ['Salesforce does not hold what was chosen', null, 'QuickBooks', THERE, 'salesforce-not-updated'],
    ['that system has no part in it', null, 'Stripe', HERE, 'nothing-to-choose'],
  ] as const)('when %s', async (_, changed, choose, value, code) => {
    const w = await conflicting();
    if (changed) edit(w, changed, '+1 555 0122');
    const looked = w.customers.quickbooks.read;
    let before = -1;
    w.customers.quickbooks.read = (id) => {
      if (before < 0) before = writes(w);
      return looked(id);
    };
    expect(await decideConflict(w, { conflictId: KEY, choose, value }, accountant())).toMatchObject({
      outcome: 'rejected',
      problem: { code },
    });
    expect(conflict(w)).toMatchObject({ state: 'Open' });
    expect(before).toBeLessThanOrEqual(0);
  });

  test('without the right to it', async () => {
    const w = await conflicting();
    expect(await decide(w, 'Salesforce', HERE, REP)).toMatchObject({ problem: { code: 'no-right-to-decide' } });
    w.org.rights.canEdit = false;
    expect(await decide(w, 'Salesforce', HERE)).toMatchObject({ problem: { code: 'no-right-to-decide' } });
  });
});

test('a system that refuses the chosen value: so it is said, and the conflict stays open', async () => {
  const w = await conflicting();
  edit(w, 'salesforce', THERE);
  w.faults.plan('customers.stripe.update', 'rejected');
  expect(await decide(w, 'QuickBooks', THERE)).toMatchObject({ outcome: 'rejected', problem: { code: expect.any(String) } });
  expect([conflict(w)?.state, [...w.org.issues.values()].length]).toEqual(['Open', 1]);
  expect(await decide(w, 'QuickBooks', THERE)).toEqual({ outcome: 'done', value: true });
  expect(phones(w)).toEqual([THERE, THERE, THERE]);
  expect([conflict(w)?.state, [...w.org.issues.values()]]).toMatchObject(['Decided', [{ resolved: true }]]);
});

test('a value that changes while the decision is carried out: what is true is said, looked at, and asked again', async () => {
  const w = await conflicting();
  edit(w, 'salesforce', THERE);
  const { update } = w.customers.quickbooks;
  w.customers.quickbooks.update = (request, key) => {
    edit(w, 'quickbooks', '+1 555 0122');
    w.customers.quickbooks.update = update;
    return update(request, key);
  };
  const decided = await decide(w, 'QuickBooks', THERE);
  expect(decided).toMatchObject({ problem: { code: 'changed-under-way', message: expect.stringContaining('one system may hold') } });
  expect([phones(w), conflict(w)]).toMatchObject([[THERE, THERE, THERE], { state: 'Open', values: { quickbooks: '+1 555 0122' } }]);
});

test('what was on its way is finished before anything is compared: a change elsewhere does not leave half of it', async () => {
  const w = await conflicting();
  Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Orbit' });
  for (const system of ['stripe', 'quickbooks'] as const) {
    w.faults.plan(`customers.${system}.update`, 'kill-before');
    await look(w, [system]);
    w.engine.forget();
  }
  w.clock.advance(200_000);
  edit(w, 'stripe', '+1 555 0122');
  const seen: string[] = [];
  for (const system of ['stripe', 'quickbooks'] as const) {
    const { update } = w.customers[system];
    w.customers[system].update = (request, key) => {
      seen.push(`${system} ${Object.keys(request.to).join()}`);
      return update(request, key);
    };
  }
  w.engine.register('settle-customer', async () => null);
  expect(await decide(w, 'Salesforce', HERE)).toMatchObject({ problem: { code: 'values-changed' } });
  expect(seen).toEqual(['stripe name', 'quickbooks name']);
});

test.each(Array.from({ length: 12 }, (_, n) => n + 1))(
  'the process dies after call %i: taken up again, each system is written once',
  async (call) => {
    const w = await conflicting();
    edit(w, 'salesforce', THERE);
    w.faults.killAtCall(call, 'after');
    await decide(w, 'QuickBooks', THERE).catch(() => undefined);
    w.faults.clear();
    w.engine.restart();
    await w.engine.idle();
    if (conflict(w)?.state === 'Open') await decide(w, 'QuickBooks', THERE);
    await look(w);
    expect(phones(w)).toEqual([THERE, THERE, THERE]);
    expect(conflict(w)).toMatchObject({ state: 'Decided' });
    expect(
      [...w.payments.keys.bodies(), ...w.ledger.keys.bodies()].filter((body) => body.includes(`"to":{"phone":"${THERE}"`)),
    ).toHaveLength(2);
  },
);
