import { expect, test } from 'vitest';
import { pastCustomer, pastInvoice } from '../../adapters/memory/past.ts';
import { createWorld, REP, type World } from '../../adapters/memory/world.ts';
import { startLoad } from '../start-load.ts';
import { registerWorkflows } from '../workflows.ts';

const PAGE = 1000;

/** One customer who is linked, and invoices: two pages and a half. */
function past(pages = 2.5): World {
  const world = createWorld();
  registerWorkflows(world);
  const { quickbooks } = world.histories;
  quickbooks.page = PAGE;
  quickbooks.customers.push(pastCustomer('58', 'Acme Rockets'));
  for (let index = 0; index < pages * PAGE; index += 1)
    quickbooks.invoices.push(pastInvoice('quickbooks', String(100_000 + index), '58', { number: String(index) }));
  return world;
}

async function load(world: World): Promise<void> {
  await startLoad(world, { createAccounts: false, since: null }, { ...REP, permissions: ['Trueup_Administer'] });
  await world.engine.idle();
}

const times = ({ faults }: World, call: string): number => faults.calls.filter((each) => each === call).length;

test('asks for the next page while the part before is written, and for each page once', async () => {
  const world = past();
  const listed: number[] = [];
  const { writeInvoices } = world.loadRecords;
  world.loadRecords.writeInvoices = (...asked) => {
    listed.push(times(world, 'ledger.listPastInvoices'));
    return writeInvoices(...asked);
  };
  await load(world);
  expect(listed).toEqual([2, 3, 3]);
  expect(times(world, 'ledger.listPastInvoices')).toBe(3);
  expect(world.loadRecords.mirrors.invoices.size).toBe(2.5 * PAGE);
});

test('reads anew after a wait: what was read ahead may not be so any more', async () => {
  const world = past();
  const { invoices } = world.histories.quickbooks;
  const { usage } = world.loadRecords.mirrors;
  const { writeInvoices } = world.loadRecords;
  world.loadRecords.writeInvoices = (...asked) => {
    usage.used = invoices[PAGE]?.status === 'issued' ? 95_000 : 1000;
    return writeInvoices(...asked);
  };
  const { sleep } = world.clock;
  world.clock.sleep = (ms) => {
    Object.assign(invoices[PAGE] ?? {}, { status: 'void', balance: 0 });
    usage.used = 1000;
    return sleep(ms);
  };
  await load(world);
  const shown = [...world.loadRecords.mirrors.invoices.values()].find(({ number }) => number === String(PAGE));
  expect(shown).toMatchObject({ status: 'Void' });
});

test('reads the customers of both systems side by side', async () => {
  const world = past(0);
  world.histories.stripe.customers.push(pastCustomer('cus_known', 'Acme Rockets'));
  await load(world);
  const first = world.faults.calls.indexOf('ledger.listCustomers');
  expect(world.faults.calls[first + 1]).toBe('payments.listCustomers');
});
