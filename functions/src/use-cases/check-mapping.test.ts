import { expect, test } from 'vitest';
import { memoryMapping } from '../adapters/memory/mappings.ts';
import { createWorld, REP, type World } from '../adapters/memory/world.ts';
import { checkMapping } from './check-mapping.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

const CLASS = memoryMapping({ transform: 'Value Map', valueMap: '{"Energy":"Hardware"}' });
const industry = (options: string[], found = true) => ({
  object: 'Account',
  field: 'Industry',
  found,
  type: 'picklist' as const,
  length: null,
  options,
});

function started(): World {
  const world = createWorld();
  world.mappings.all = [CLASS];
  world.mappings.described = [industry(['Energy'])];
  world.mappings.linkedItems = [{ productId: '01t000000000001AAA', productName: 'Rocket', itemId: '11' }];
  registerWorkflows(world);
  return world;
}
const openIssues = ({ org }: World) =>
  [...org.issues.values()]
    .filter((each) => each.cause === 'Field Mapping' && !each.resolved)
    .map(({ key, message }) => `${key}: ${message}`);
const check = async (world: World) => expect((await checkMapping(world, { onlyCount: false }, REP)).outcome).toBe('done');

test.each([
  [
    'an inactive class',
    /Hardware.*is inactive/,
    (w: World) => w.ledger.targets.forEach((each) => each.options?.forEach((option) => (option.active = false))),
  ],
  ['a renamed class', /Hardware.*does not exist/, (w: World) => w.ledger.targets.forEach((each) => each.options?.splice(0))],
  ['class tracking switched off', /has no field ClassRef/, (w: World) => w.ledger.targets.splice(0, 1)],
  [
    'a picklist value more',
    /"Mining" of Industry has no counterpart/,
    (w: World) => (w.mappings.described = [industry(['Energy', 'Mining'])]),
  ],
  ['a renamed or hidden Salesforce field', /Account.Industry does not exist/, (w: World) => (w.mappings.described = [industry([], false)])],
  [
    'a new required field',
    /"Cost centre".*was made required/,
    (w: World) => (w.mappings.required = [{ object: 'Trueup_Invoice__c', field: 'Cost__c', label: 'Cost centre' }]),
  ],
  ['an inactive item', /"Rocket" is inactive/, (w: World) => Object.assign(w.ledger.items.get('11') ?? {}, { active: false })],
  ['a deleted item', /"Rocket".*no longer exists/, (w: World) => w.ledger.items.delete('11')],
] as [string, RegExp, (world: World) => unknown][])('%s opens an issue before the first invoice fails', async (_title, words, change) => {
  const world = started();
  await check(world);
  expect(openIssues(world)).toEqual([]);
  change(world);
  await check(world);
  await check(world);
  expect(openIssues(world)).toEqual([expect.stringMatching(words)]);
});

test('what is mended is closed', async () => {
  const world = started();
  world.mappings.described = [industry(['Energy', 'Mining'])];
  await check(world);
  expect(openIssues(world)).toHaveLength(1);
  world.mappings.all = [{ ...CLASS, valueMap: '{"Energy":"Hardware","Mining":"Services"}' }];
  await check(world);
  expect(openIssues(world)).toEqual([]);
});

test('each sync checks too, and closes what was mended', async () => {
  const world = started();
  world.ledger.items.delete('11');
  await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
  expect(openIssues(world)).toHaveLength(1);
  expect([...world.org.syncRuns.values()].at(-1)).toMatchObject({
    state: 'Completed With Issues',
    report: expect.stringContaining('Field Mapping'),
  });
  world.ledger.items.set('11', { id: '11', name: 'Rocket', sku: null, active: true, hasIncomeAccount: true });
  world.clock.advance(60_000);
  await runSync(world, { kind: 'On Demand', waitMs: 1000 }, REP);
  expect([...world.org.syncRuns.values()].at(-1)).toMatchObject({ state: 'Completed', resolved: ['item.main.01t000000000001AAA'] });
});

test('only who may run a sync', async () => {
  const world = started();
  world.org.rights.runSync = false;
  expect(await checkMapping(world, { onlyCount: false }, REP)).toMatchObject({
    outcome: 'rejected',
    problem: { code: 'no-right-to-sync' },
  });
});

test('QuickBooks does not answer: nothing is said to be mended', async () => {
  const world = started();
  world.faults.plan('ledger.readTargets', 'unavailable');
  expect((await checkMapping(world, { onlyCount: false }, REP)).outcome).toBe('unavailable');
});

test('only counted: how many there are, and nothing is opened', async () => {
  const world = started();
  world.ledger.items.delete('11');
  expect(await checkMapping(world, { onlyCount: true }, REP)).toMatchObject({ value: { issues: 1 } });
  expect(openIssues(world)).toEqual([]);
});
