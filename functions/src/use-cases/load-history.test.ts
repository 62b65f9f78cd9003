import { describe, expect, test } from 'vitest';
import { Killed } from '../adapters/memory/faults.ts';
import { pastCustomer, pastInvoice } from '../adapters/memory/past.ts';
import { ACCOUNT, REP } from '../adapters/memory/world.ts';
import { addUp, type Load } from '../domain/first-load/load.ts';
import { controlLoad } from './control-load.ts';
import { decideMatch } from './decide-match.ts';
import { takeUpLoads } from './load-history/line-up.ts';
import { ADMIN, BOLT, endState, mustBeWhole, loadOf, past, start } from './past.fixture.ts';
import { startLoad } from './start-load.ts';
import { undoLink } from './undo-link.ts';

describe('a first load', () => {
  test('shows each document once, with the status and amounts of its own system', async () => {
    const world = past();
    await start(world);
    const load = await loadOf(world);
    mustBeWhole(load);
    expect(endState(world)).toMatchObject({
      invoices: [
        `1001 QuickBooks Paid 10000 0 0  101 ${ACCOUNT}`,
        `1002 QuickBooks Partially Paid 25000 2000 5000  102 ${BOLT}`,
        `1005 QuickBooks Void 0 0 0  105 ${ACCOUNT}`,
        `S-1 Stripe and QuickBooks Paid 30000 0 0 in_1 104 ${BOLT}`,
        `S-3 Stripe Uncollectible 10000 0 10000 in_3  ${ACCOUNT}`,
      ],
      payments: ['QuickBooks QuickBooks 20000  202', 'QuickBooks QuickBooks 6000  201', 'Stripe and QuickBooks Stripe 30000 pi_1 203'],
      // What no loaded payment explains is settled all the same: QuickBooks says that nothing is due.
      allocations: ['1001  4000', '1001 quickbooks:201 6000', '1002  0', '1002 quickbooks:202 20000', 'S-1  0', 'S-1 stripe:pi_1 30000'],
    });
    expect(load.causes.map(({ object, code, count }) => `${object} ${code} ${count}`)).toEqual([
      'quickbooks-customers no-account 1',
      'quickbooks-invoices customer-waits 1',
      'stripe-invoices draft 1',
      'stripe-payments never-paid 1',
    ]);
    expect([...world.org.syncRuns.values()]).toMatchObject([
      { kind: 'First Load', state: 'Completed With Issues', loaded: { read: 18, waiting: 2, refused: 2 } },
    ]);
  });

  test('books and sends nothing for what it shows', async () => {
    const world = past();
    await start(world);
    const written = world.faults.calls.filter((call) => /^(payments|ledger|bookings|balance|effects|numbers)\./.test(call));
    expect(written.filter((call) => !/\.(count|list\w*)$/.test(call))).toEqual([]);
    expect(world.payments.emails).toEqual([]);
  });

  test('run again changes nothing, and takes what waited once it is decided', async () => {
    const world = past();
    await start(world);
    const [before, invoices] = [endState(world), world.loadRecords.mirrors.invoices.size];
    await start(world);
    expect(endState(world)).toEqual(before);
    expect(addUp((await loadOf(world)).objects)).toMatchObject({ read: 18, written: 0, waiting: 2, refused: 2 });

    const review = [...world.org.reviews.values()].find(({ recordId }) => recordId === '');
    expect(review?.content.candidates[0]?.name).toBe('Nobody Knows Ltd');
    const decide = () => decideMatch(world, { reviewId: review?.key ?? '', choice: 'link', candidateId: '60' }, ADMIN);
    expect(await decide()).toMatchObject({ outcome: 'rejected', problem: { code: 'no-account-chosen' } });
    const nobody = { id: '001000000000003AAA', name: 'Nobody Holding', currency: 'USD', phone: null, address: null };
    world.org.accounts.push(nobody);
    world.ledger.customers.set('60', { ...pastCustomer('60', 'Nobody Knows Ltd'), displayName: 'Nobody Knows Ltd', currency: 'USD' });
    if (review) world.org.reviews.set(review.key, { ...review, recordId: nobody.id });
    expect(await decide()).toMatchObject({ outcome: 'done', value: { status: 'Resolved' } });
    await start(world);
    expect(world.loadRecords.mirrors.invoices.size).toBe(invoices + 1);
    expect(addUp((await loadOf(world)).objects)).toMatchObject({ written: 1, waiting: 0 });
  });

  test('creates an account for whom none matches where that is wanted, once', async () => {
    const world = past();
    await start(world, true);
    expect(endState(world).accounts).toEqual(['Acme Rockets', 'Bolt Fasteners Inc.', 'Nobody Knows Ltd']);
    expect((await loadOf(world)).causes.filter(({ standing }) => standing === 'waiting')).toEqual([]);
    await start(world, true);
    expect(endState(world).accounts).toHaveLength(3);
  });

  test('links an account that was made and not linked any more, unless a person undid it', async () => {
    const world = past();
    await start(world, true);
    const [linkKey, link] = [...world.org.links].find(([, { externalId }]) => externalId === '60') ?? [];
    if (linkKey === undefined || !link) throw new Error('not linked');
    world.org.links.delete(linkKey);
    await start(world);
    expect(endState(world).links).toContain(`quickbooks ${link.recordId} 60`);

    const again = [...world.org.links].find(([, { externalId }]) => externalId === '60')?.[0] ?? '';
    expect(await undoLink(world, again, ADMIN)).toMatchObject({ outcome: 'done' });
    for (const account of world.org.accounts) if (account.id === link.recordId) account.name = 'Renamed & Sons';
    await start(world, true);
    expect(endState(world).accounts).toHaveLength(3);
    expect(world.org.links.get(again)?.status).not.toBe('Linked');
    expect((await loadOf(world)).causes).toContainEqual(expect.objectContaining({ object: 'quickbooks-customers', standing: 'waiting' }));
  });

  test('names what Salesforce refuses, and loads the rest', async () => {
    const world = past();
    world.loadRecords.mirrors.refuses.add('101');
    await start(world);
    const load = await loadOf(world);
    mustBeWhole(load);
    expect(load.causes).toContainEqual(
      expect.objectContaining({ object: 'quickbooks-invoices', code: 'validation-rule', examples: ['1001'] }),
    );
    expect(world.loadRecords.mirrors.invoices.size).toBe(4);
  });
});

describe('a load under way', () => {
  test('is paused, goes on, and is cancelled by a person; a second start answers with it', async () => {
    const world = past();
    const started = await startLoad(world, { createAccounts: false, since: null }, ADMIN);
    const again = await startLoad(world, { createAccounts: true, since: null }, ADMIN);
    expect(again).toMatchObject({ value: { key: (started as { value: Load }).value.key, createAccounts: false } });
    expect(await controlLoad(world, 'pause', ADMIN)).toMatchObject({ outcome: 'done', value: { state: 'pausing' } });
    await world.engine.idle();
    expect(await loadOf(world)).toMatchObject({ state: 'paused' });
    expect([...world.org.syncRuns.values()][0]?.state).toBe('Paused');
    expect(await controlLoad(world, 'resume', ADMIN)).toMatchObject({ outcome: 'done', value: { state: 'running' } });
    await world.engine.idle();
    mustBeWhole(await loadOf(world));

    await startLoad(world, { createAccounts: false, since: null }, ADMIN);
    expect(await controlLoad(world, 'cancel', ADMIN)).toMatchObject({ outcome: 'done', value: { state: 'cancelled' } });
    await world.engine.idle();
    expect((await loadOf(world)).state).toBe('cancelled');
    expect([...world.org.syncRuns.values()].at(-1)?.state).toBe('Cancelled');
    expect(await controlLoad(world, 'resume', ADMIN)).toMatchObject({ outcome: 'rejected', problem: { code: 'no-load' } });
  });

  test("leaves the last tenth of Salesforce's calls to people, says so, and goes on when there are enough again", async () => {
    const world = past();
    const { usage } = world.loadRecords.mirrors;
    usage.used = 95_000;
    const sleep = world.clock.sleep;
    const seen: (string | null)[] = [];
    world.clock.sleep = async (ms) => {
      const load = await loadOf(world);
      seen.push(`${load.state}: ${load.why ?? ''}`);
      usage.used = 1000;
      await sleep(ms);
    };
    await start(world);
    expect(seen).toEqual([expect.stringContaining("paused: Paused by itself: 95,000 of today's 100,000 Salesforce calls are used")]);
    mustBeWhole(await loadOf(world));
  });

  test('goes on after its rest although the engine lost its run', async () => {
    const world = past();
    const { usage } = world.loadRecords.mirrors;
    usage.used = 95_000;
    const sleep = world.clock.sleep;
    world.clock.sleep = async () => {
      throw new Killed('its rest');
    };
    await start(world);
    world.engine.forget();
    expect(await loadOf(world)).toMatchObject({ state: 'paused', waitsForLimit: true });
    world.clock.sleep = sleep;
    usage.used = 1000;
    await takeUpLoads(world);
    await world.engine.idle();
    mustBeWhole(await loadOf(world));
  });

  test('that a person pauses while it begins to rest stays paused', async () => {
    const world = past();
    const { mirrors, readUsage } = world.loadRecords;
    mirrors.usage.used = 95_000;
    world.loadRecords.readUsage = async () => {
      world.loadRecords.readUsage = readUsage;
      await controlLoad(world, 'pause', ADMIN);
      return readUsage();
    };
    world.clock.sleep = async () => void (mirrors.usage.used = 1000);
    await start(world);
    expect(await loadOf(world)).toMatchObject({ state: 'paused', waitsForLimit: false });
    mirrors.usage.used = 1000;
    await takeUpLoads(world);
    await world.engine.idle();
    expect(await loadOf(world)).toMatchObject({ state: 'paused' });
  });

  test('that a person cancels at its very end is cancelled', async () => {
    const world = past();
    const { save } = world.loads;
    world.loads.save = async (load, learned) => {
      if (load.state === 'completed') {
        world.loads.save = save;
        await controlLoad(world, 'cancel', ADMIN);
      }
      return save(load, learned);
    };
    await start(world);
    expect((await loadOf(world)).state).toBe('cancelled');
    expect([...world.org.syncRuns.values()].at(-1)?.state).toBe('Cancelled');
  });

  test('waits for systems that are away', async () => {
    const world = past();
    world.faults.plan('ledger.listPastInvoices', 'rate-limited', 2);
    world.faults.plan('records.writeInvoices', 'drop-answer');
    world.faults.plan('records.writePayments', 'unavailable');
    await start(world);
    mustBeWhole(await loadOf(world));
    expect(endState(world)).toEqual(await undisturbed());
  });

  test('takes what comes meanwhile, and is complete with more than were counted', async () => {
    const world = past();
    const { quickbooks } = world.histories;
    const list = quickbooks.listInvoices.bind(quickbooks);
    quickbooks.listInvoices = async (ask) => {
      if (ask.cursor === null) quickbooks.invoices.push(pastInvoice('quickbooks', '106', '58', { number: '1006' }));
      return list(ask);
    };
    await start(world);
    const load = await loadOf(world);
    expect(load.state).toBe('completed');
    expect(load.objects.find(({ object }) => object === 'quickbooks-invoices')).toMatchObject({ expected: 5, read: 6 });
  });

  test('is for administrators', async () => {
    expect(await startLoad(past(), { createAccounts: false, since: null }, REP)).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'no-right-to-load' },
    });
  });
});

async function undisturbed(): Promise<ReturnType<typeof endState>> {
  const world = past();
  await start(world);
  return endState(world);
}

const became = ({ objects }: Load) => {
  const { written, unchanged, waiting, refused } = addUp(objects);
  return { shown: written + unchanged, waiting, refused };
};

// Every call of the road and every row of a call, before and after it took effect; what the engine remembers is lost in two of the three.
test.each([
  ['before it took effect, and the engine remembers its steps', { when: 'before', forget: false, createAccounts: false }],
  ['after it took effect, and the engine lost everything', { when: 'after', forget: true, createAccounts: false }],
  ['after it took effect, where accounts are created', { when: 'after', forget: true, createAccounts: true }],
] as const)('killed at any call, %s: the same end as undisturbed', async (_title, { when, forget, createAccounts }) => {
  const strangers = createAccounts ? [pastCustomer('61', 'Nobody Else GmbH')] : [];
  const begin = () => {
    const world = past();
    world.histories.quickbooks.customers.push(...strangers);
    return world;
  };
  const calm = begin();
  await start(calm, createAccounts);
  const [calls, end, whole] = [calm.faults.calls.length, endState(calm), became(await loadOf(calm))];
  expect(calls).toBeGreaterThan(50);
  for (let n = 1; n <= calls; n += 1) {
    const world = begin();
    world.faults.killAtCall(n, when);
    await start(world, createAccounts);
    world.faults.clear();
    if (forget) world.engine.forget();
    else world.engine.restart();
    await takeUpLoads(world);
    await world.engine.idle();
    if ((await world.loads.latest('main')) === null) await start(world, createAccounts);
    const load = await loadOf(world);
    mustBeWhole(load);
    expect(endState(world), `killed ${when} call ${n}`).toEqual(end);
    expect(became(load), `killed ${when} call ${n}`).toEqual(whole);
  }
});
