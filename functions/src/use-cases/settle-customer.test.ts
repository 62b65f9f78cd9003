import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, type World } from '../adapters/memory/world.ts';
import { conflicts, edit, ELSEWHERE, HERE, inStep, look, phones, THERE, writes } from './customer-in-step.fixture.ts';
import { registerWorkflows } from './workflows.ts';

// One customer in three systems: who changes what, and who is asked.

describe('the first look', () => {
  test('agrees on what is equal in other words, fills what is empty, and asks about the rest', async () => {
    const w = createWorld();
    registerWorkflows(w);
    edit(w, 'stripe', '(555) 0100');
    Object.assign(w.payments.customers.get('cus_known') ?? {}, { phone: '+1 (555) 01-00', name: 'Rockets of Acme' });
    await look(w);
    expect(phones(w)).toEqual([HERE, '+1 (555) 01-00', HERE]);
    expect(conflicts(w)).toMatchObject([
      { fact: 'name', reason: 'Unknown Who Changed', values: { salesforce: 'Acme Rockets', stripe: 'Rockets of Acme', quickbooks: null } },
    ]);
    expect(w.payments.customers.get('cus_known')?.name).toBe('Rockets of Acme');
    expect([writes(w, 'stripe'), writes(w, 'quickbooks')]).toEqual([0, 1]);
  });

  test('a name that QuickBooks has with its currency is the same name', async () => {
    const w = createWorld();
    registerWorkflows(w);
    Object.assign(w.ledger.customers.get('58') ?? {}, { displayName: 'Acme Rockets (USD)', phone: HERE });
    await look(w, 'quickbooks');
    expect([conflicts(w).length, writes(w, 'quickbooks')]).toEqual([0, 0]);
  });
});

describe('Salesforce changed', () => {
  test('it is sent to both once, and our own echo changes nothing', async () => {
    const w = await inStep();
    edit(w, 'salesforce', THERE);
    await look(w);
    await look(w);
    expect(phones(w)).toEqual([THERE, THERE, THERE]);
    expect([writes(w, 'stripe'), writes(w, 'quickbooks'), conflicts(w).length]).toEqual([1, 1, 0]);
  });

  test('what is emptied there is emptied nowhere else', async () => {
    const w = await inStep();
    Object.assign(w.org.accounts[0] ?? {}, { phone: null });
    await look(w);
    expect(phones(w)).toEqual([null, HERE, HERE]);
  });

  test('a name that QuickBooks does not take is told once and asked for no more', async () => {
    const w = await inStep();
    w.ledger.otherNames.add('Acme Space');
    Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Space' });
    await look(w);
    await look(w);
    expect(writes(w, 'quickbooks')).toBe(1);
    expect([...w.org.issues.values()]).toMatchObject([{ message: expect.stringContaining('QuickBooks did not take') }]);
    Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Orbit' });
    await look(w);
    expect(w.ledger.customers.get('58')?.displayName).toBe('Acme Orbit');
    expect([...w.org.issues.values()]).toMatchObject([{ resolved: true }]);
  });
});

describe('a fact that is refused', () => {
  /** Name and telephone number are sent together, and QuickBooks has that name. */
  async function refused(): Promise<World> {
    const w = await inStep();
    w.ledger.otherNames.add('Acme Space');
    Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Space', phone: THERE });
    return w;
  }
  const books = (w: World) => w.ledger.customers.get('58');
  const issues = (w: World) => [...w.org.issues.values()];

  test('takes nothing with it: the others are sent one by one, and the issue stands until it is taken', async () => {
    const w = await refused();
    await look(w);
    await look(w);
    expect(books(w)).toMatchObject({ displayName: 'Acme Rockets', phone: THERE });
    expect(writes(w, 'quickbooks')).toBe(3);
    edit(w, 'salesforce', ELSEWHERE);
    await look(w);
    expect(books(w)?.phone).toBe(ELSEWHERE);
    expect(issues(w)).toMatchObject([{ message: expect.stringContaining('QuickBooks did not take') }]);
    expect(issues(w)[0]?.resolved).toBeUndefined();
    Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Orbit' });
    await look(w);
    expect([books(w)?.displayName, issues(w)[0]?.resolved]).toEqual(['Acme Orbit', true]);
  });

  test('is over when Salesforce says again what stands there', async () => {
    const w = await refused();
    await look(w);
    Object.assign(w.org.accounts[0] ?? {}, { name: 'Acme Rockets' });
    await look(w);
    expect(issues(w)).toMatchObject([{ resolved: true }]);
  });

  test('replaced nothing: what stands there may be replaced yet', async () => {
    const w = await refused();
    Object.assign(books(w) ?? {}, { displayName: 'Rockets of Acme' });
    await look(w);
    Object.assign(books(w) ?? {}, { displayName: 'Acme & Sons' });
    w.ledger.otherNames.clear();
    await look(w);
    Object.assign(books(w) ?? {}, { displayName: 'Rockets of Acme' });
    await look(w);
    expect(books(w)?.displayName).toBe('Acme Space');
  });

  test.each(Array.from({ length: 14 }, (_, n) => n + 1))('the process dies after call %i: the others arrive once each', async (call) => {
    const w = await refused();
    w.faults.killAtCall(call, 'after');
    await look(w, 'quickbooks');
    w.faults.clear();
    w.engine.forget();
    w.clock.advance(200_000);
    await look(w, 'quickbooks');
    await look(w, 'quickbooks');
    expect(books(w)).toMatchObject({ displayName: 'Acme Rockets', phone: THERE });
    expect(w.ledger.keys.bodies().filter((body) => body.includes('"to"'))).toHaveLength(1);
    expect(issues(w)).toHaveLength(1);
  });
});

describe('what was sent before is sent again', () => {
  test.each([
    ['the link is undone and made again', (w: World) => w.org.memories.delete('stripe:' + ACCOUNT)],
    ['what it remembers cannot be read', (w: World) => w.org.memories.set('stripe:' + ACCOUNT, '?')],
  ])('though %s in between', async (_, forget) => {
    const w = await inStep();
    for (let times = 1; times <= 3; times += 1) {
      edit(w, 'salesforce', THERE);
      await look(w);
      expect([phones(w), writes(w, 'stripe')]).toEqual([[THERE, THERE, THERE], times]);
      edit(w, 'salesforce', HERE);
      edit(w, 'stripe', HERE);
      edit(w, 'quickbooks', HERE);
      w.clock.advance(60_000);
      forget(w);
      await look(w);
    }
    expect(w.org.issues.size).toBe(0);
  });
});

describe('the other system changed', () => {
  test.each(['stripe', 'quickbooks'] as const)('%s: Salesforce stands, and what it replaced is kept for a person', async (system) => {
    const w = await inStep();
    edit(w, system, THERE);
    await look(w, system);
    await look(w);
    expect(phones(w)).toEqual([HERE, HERE, HERE]);
    expect(writes(w, system)).toBe(1);
    expect(conflicts(w)).toMatchObject([
      { state: 'Open', reason: 'Changed There', values: { salesforce: HERE, stripe: null, quickbooks: null, [system]: THERE } },
    ]);
  });

  test('both sides changed: so it is said', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    edit(w, 'salesforce', ELSEWHERE);
    await look(w);
    expect(phones(w)).toEqual([ELSEWHERE, ELSEWHERE, ELSEWHERE]);
    expect(conflicts(w)).toMatchObject([{ reason: 'Changed On Both Sides', values: { salesforce: ELSEWHERE, stripe: THERE } }]);
  });

  test('to what it was before our write: it is not replaced again, and stays open', async () => {
    const w = await inStep();
    for (let times = 0; times < 3; times += 1) {
      edit(w, 'stripe', THERE);
      await look(w, 'stripe');
    }
    expect(writes(w, 'stripe')).toBe(1);
    expect(phones(w)).toEqual([HERE, THERE, HERE]);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', reason: 'Changed Back Again', values: { stripe: THERE } }]);
  });

  test('both systems, to different values: one row holds all three', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    edit(w, 'quickbooks', ELSEWHERE);
    await look(w);
    expect(conflicts(w)).toMatchObject([{ values: { salesforce: HERE, stripe: THERE, quickbooks: ELSEWHERE } }]);
  });

  test('Salesforce takes over the value by hand: nobody is asked any more', async () => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    await look(w);
    edit(w, 'salesforce', THERE);
    await look(w);
    expect(phones(w)).toEqual([THERE, THERE, THERE]);
    expect(conflicts(w)).toMatchObject([{ state: 'Decided', chosen: 'In Step' }]);
  });

  test('an e-mail, and another contact is the account’s by the time a person decides: the conflict is about that one', async () => {
    const w = await inStep();
    Object.assign(w.payments.customers.get('cus_known') ?? {}, { email: 'bob@acme.example' });
    await look(w, 'stripe');
    const [contact] = w.org.contacts;
    if (!contact) throw new Error('The world has a contact.');
    expect(conflicts(w)).toMatchObject([{ fact: 'email', contactId: contact.id }]);
    w.org.contacts.push({ ...contact, id: '003000000000009AAA' });
    Object.assign(contact, { email: null });
    await look(w);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', contactId: '003000000000009AAA' }]);
  });

  test('while it is being written: what the other person wrote is looked at, not replaced blindly', async () => {
    const w = await inStep();
    edit(w, 'salesforce', ELSEWHERE);
    const update = w.customers.stripe.update;
    let meddled = false;
    w.customers.stripe.update = (request, key) => {
      if (!meddled) edit(w, 'stripe', THERE);
      meddled = true;
      return update(request, key);
    };
    await look(w, 'stripe');
    expect(phones(w).slice(0, 2)).toEqual([ELSEWHERE, ELSEWHERE]);
    expect(conflicts(w)).toMatchObject([{ values: { stripe: THERE } }]);
  });
});

describe('one system fails', () => {
  test.each(['read', 'update'] as const)('at its %s: the other is brought in step, and what was to be replaced is kept', async (call) => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    edit(w, 'quickbooks', ELSEWHERE);
    w.faults.plan(`customers.stripe.${call}`, 'rejected');
    await look(w);
    expect(phones(w)).toEqual([HERE, THERE, HERE]);
    await look(w);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: HERE, stripe: THERE, quickbooks: ELSEWHERE } }]);
  });

  test('and passes by itself: it is waited for, and the other is written once', async () => {
    const w = await inStep();
    edit(w, 'salesforce', THERE);
    w.faults.plan('customers.stripe.update', 'unavailable', 3);
    await look(w);
    expect(phones(w)).toEqual([THERE, THERE, THERE]);
    expect(writes(w, 'quickbooks')).toBe(1);
  });
});

describe('the process dies', () => {
  test.each([
    ...Array.from({ length: 9 }, (_, n) => ['before', n + 1] as const),
    ...Array.from({ length: 9 }, (_, n) => ['after', n + 1] as const),
  ])('%s call %i: written once, and nothing that was replaced is lost', async (when, call) => {
    const w = await inStep();
    edit(w, 'stripe', THERE);
    w.faults.killAtCall(call, when);
    await look(w, 'stripe');
    w.faults.clear();
    w.engine.forget();
    w.clock.advance(200_000);
    await look(w, 'stripe');
    await look(w, 'stripe');
    expect(phones(w)).toEqual([HERE, HERE, HERE]);
    expect(w.payments.keys.bodies().filter((body) => body.includes('"to"'))).toHaveLength(1);
    expect(conflicts(w)).toMatchObject([{ state: 'Open', values: { salesforce: HERE, stripe: THERE } }]);
  });

  test.each(['before', 'after'] as const)(
    '%s the write, and Salesforce changes again until it is taken up: the newest is sent',
    async (when) => {
      const w = await inStep();
      edit(w, 'salesforce', THERE);
      w.faults.plan('customers.stripe.update', when === 'before' ? 'kill-before' : 'kill-after');
      await look(w, 'stripe');
      w.engine.forget();
      edit(w, 'salesforce', ELSEWHERE);
      await look(w, 'stripe');
      expect([phones(w)[1], conflicts(w).length]).toEqual([ELSEWHERE, 0]);
    },
  );

  test.each(['drop-answer', 'drop-before'] as const)(
    '%s of a write to QuickBooks: it is found out before anything is sent again',
    async (fault) => {
      const w = await inStep();
      edit(w, 'salesforce', THERE);
      w.faults.plan('customers.quickbooks.update', fault);
      await look(w, 'quickbooks');
      w.clock.advance(200_000);
      await look(w, 'quickbooks');
      expect(w.ledger.customers.get('58')?.phone).toBe(THERE);
      expect(w.ledger.keys.bodies().filter((body) => body.includes('"to"'))).toHaveLength(1);
    },
  );
});
