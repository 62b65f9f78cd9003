import { expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { reportStuck } from './report-stuck.ts';
import { resumeOperations } from './resume-operations.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

async function issued(): Promise<World> {
  const world = createWorld();
  registerWorkflows(world);
  await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  return world;
}

/** A run, and how Salesforce and the followers of its operation know it. */
async function sync(world: World) {
  const reply = await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
  await world.engine.idle();
  const key = reply.outcome === 'done' ? (reply.value.operationKey ?? '') : '';
  world.clock.advance(86_400_000);
  return { run: world.org.syncRuns.get(key), operation: world.org.operations.get(key), progress: await world.progress.read(key) };
}

test('a run whose end Salesforce refuses has failed, and says so; its findings are told by the next one', async () => {
  const world = await issued();
  world.ledger.invoices.clear();
  const { writeSyncRun } = world.records;
  world.records.writeSyncRun = async (write) => {
    if (write.issues.length > 0) world.faults.plan('records.writeSyncRun', 'rejected');
    return writeSyncRun(write);
  };
  expect(await sync(world)).toMatchObject({
    run: { state: 'Failed', issues: [], report: expect.stringContaining('The run stopped: records.writeSyncRun met a planned fault') },
    operation: { state: 'needs-attention', problems: [{ code: 'planned-rejected' }] },
    progress: { state: 'needs-attention', problems: [{ code: 'planned-rejected' }] },
  });
  world.records.writeSyncRun = writeSyncRun;
  expect(await sync(world)).toMatchObject({ run: { state: 'Completed With Issues' }, progress: { state: 'done' } });
});

test('Salesforce that is away when a run ends is waited for', async () => {
  const world = await issued();
  world.faults.plan('records.writeSyncRun', 'unavailable', 20);
  expect(await sync(world)).toMatchObject({ run: { state: 'Completed' }, operation: { state: 'done' }, progress: { state: 'done' } });
});

test('a full compare that is asked for reads what is too old for a sync, and within the hour is one run', async () => {
  const world = await issued();
  const [invoice] = world.org.invoices.values();
  if (invoice) Object.assign(invoice, { status: 'Paid', paidAt: '2020-01-01T00:00:00.000Z' });
  const asked = async () => {
    const reply = await runSync(world, { kind: 'Full Compare', waitMs: 0 }, REP);
    return reply.outcome === 'done' ? reply.value.operationKey : null;
  };
  const first = await asked();
  expect(await asked()).toBe(first);
  await world.engine.idle();
  expect(world.org.syncRuns.get(first ?? '')).toMatchObject({ kind: 'Full Compare' });
});

/** The worker's loops, a minute apart. */
async function look(world: World, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await world.engine.idle();
    world.clock.advance(61_000);
    await resumeOperations(world);
    await reportStuck(world);
  }
  await world.engine.idle();
}

const syncs = (world: World) => [...world.progress.operations.values()].filter(({ kind }) => kind === 'run-sync');

test('a run that Salesforce takes no word of is tried again, told to a person, and over with the next one', async () => {
  const world = await issued();
  const { writeSyncRun } = world.records;
  world.records.writeSyncRun = async (write) => {
    if (write.state !== 'Running') world.faults.plan('records.writeSyncRun', 'rejected');
    return writeSyncRun(write);
  };
  expect(await sync(world)).toMatchObject({ run: { state: 'Running' }, progress: { state: 'needs-attention' } });
  await look(world, 5);
  world.records.writeSyncRun = writeSyncRun;
  const [broken] = syncs(world);
  const told = () => world.org.issues.get(`broken:${broken?.key}`);
  expect(broken).toMatchObject({ state: 'needs-attention', retries: 3 });
  expect(told()).toMatchObject({ message: expect.stringContaining('Run Sync ended 4 times'), fix: expect.stringContaining('run a sync') });
  await look(world, 1);
  expect(world.org.syncRuns.get(broken?.key ?? '')).toMatchObject({ state: 'Failed', finishedAt: expect.any(String) });

  await sync(world);
  await look(world, 1);
  expect(told()).toMatchObject({ resolved: true });
});

test.each([
  ['before Salesforce heard of it', 'writeSyncRun', 1],
  ['midway', 'listOpenInvoices', 2],
] as const)('a run that a fault of ours ended %s is tried again by itself', async (_when, method, times) => {
  const world = await issued();
  let left: number = times;
  const act = world.records[method] as (given: never) => Promise<never>;
  Object.assign(world.records, {
    [method]: async (given: never) => {
      left -= 1;
      if (left >= 0) throw new Error('a bug');
      return act(given);
    },
  });
  await expect(runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP)).rejects.toThrow('a bug');
  await look(world, 3);
  expect(syncs(world)).toMatchObject([{ state: 'done', retries: times }]);
  expect([...world.org.syncRuns.values()]).toMatchObject([{ state: 'Completed' }]);
  expect(world.org.issues.size).toBe(0);
});

test('links of accounts that are gone are broken a hundred at a time; those that cannot be are told of, and the run goes on', async () => {
  const world = await issued();
  for (let n = 100; n < 350; n += 1)
    world.org.links.set(`gone ${n}`, {
      recordId: `001000000000${n}AAA`,
      recordType: 'Account',
      system: 'stripe',
      externalId: `cus_${n}`,
      externalType: 'customer',
      currency: null,
      status: 'Linked',
      matchedBy: 'Stored',
    });
  const { raise } = world.matches;
  const sizes: number[] = [];
  world.matches.raise = async (doubts) => {
    sizes.push(doubts.broken.length + doubts.issues.length);
    return raise(doubts);
  };
  world.faults.plan('matches.raise', 'rejected');
  const first = await sync(world);
  expect(sizes).toEqual([200, 200, 100]);
  expect(first.run).toMatchObject({
    state: 'Completed With Issues',
    issues: { length: 151 },
    report: expect.stringContaining('Reconciled with no difference.'),
  });
  expect(first.run?.issues.at(-1)).toMatchObject({ key: 'main.stray-links', message: expect.stringContaining('planned fault') });

  const second = await sync(world);
  expect(second.run).toMatchObject({ issues: { length: 100 }, resolved: ['main.stray-links'] });
  expect((await sync(world)).run).toMatchObject({ state: 'Completed', issues: [], resolved: [] });
});

test('an invoice that meets a bug is told of, and holds up nothing else', async () => {
  const world = await issued();
  const [invoice] = world.org.invoices.values();
  const { readInvoice } = world.payments;
  world.payments.readInvoice = async () => {
    throw new Error('a bug');
  };
  world.ledger.invoices.clear();
  const { run } = await sync(world);
  expect(run).toMatchObject({ state: 'Completed With Issues', report: expect.stringContaining('Reconciled with 1 differing records') });
  expect(run?.issues.map(({ key, message }) => `${key}: ${message}`)).toEqual([
    `${invoice?.id}.needs-person: An invoice could not be checked: something went wrong on our side.`,
  ]);
  world.payments.readInvoice = readInvoice;
  expect((await sync(world)).run).toMatchObject({
    issues: [{ cause: 'Deleted In QuickBooks' }],
    resolved: [`${invoice?.id}.needs-person`],
  });
});

test('a run that another process takes up counts the calls of that one, not the difference of the two', async () => {
  const world = await issued();
  const { read } = world.calls;
  world.faults.plan('ledger.readInvoices', 'kill-before');
  await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP).catch(() => undefined);
  await world.engine.idle();
  // Another process begins to count at nothing.
  const until = read();
  world.calls.read = () => {
    const now = read();
    return {
      salesforce: now.salesforce - until.salesforce,
      stripe: now.stripe - until.stripe,
      quickbooks: now.quickbooks - until.quickbooks,
    };
  };
  world.engine.restart();
  await world.engine.idle();
  const [run] = world.org.syncRuns.values();
  expect(run).toMatchObject({ state: 'Completed' });
  expect(run?.counts?.callsSalesforce).toBeGreaterThan(0);
  expect([run?.counts?.callsStripe, run?.counts?.callsQuickbooks].every((calls) => (calls ?? -1) >= 0)).toBe(true);
});
