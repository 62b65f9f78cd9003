import { expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { salesforce, stripe } from './issued.fixture.ts';
import { registerWorkflows } from './workflows.ts';

// The accountant gave the next number to a document of QuickBooks' own.

const accountantUses = (world: World, number: string): void => {
  world.ledger.invoices.set('9', {
    id: '9',
    syncToken: '0',
    number,
    customerId: '58',
    currency: 'USD',
    invoiceDate: '2026-11-01',
    dueDate: null,
    subtotal: 1,
    tax: 0,
    total: 1,
    balance: 1,
    voided: false,
    invoiceId: null,
    note: null,
    lines: [],
    paymentIds: [],
    updatedAt: '2026-11-01T00:00:00Z',
    url: '',
  });
};

/** Issues while TU-000001 is taken; `found`: what happens right after that was found out. */
async function issueWhileTaken(found: (world: World) => void = () => undefined) {
  const world = createWorld();
  accountantUses(world, 'TU-000001');
  const { createInvoice } = world.ledger;
  world.ledger.createInvoice = async (...sent) => {
    const outcome = await createInvoice(...sent);
    if (outcome.outcome === 'conflict') found(world);
    return outcome;
  };
  registerWorkflows(world);
  const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  return { world, reply };
}

const NEXT = { outcome: 'done', value: { outcome: 'done', invoiceNumber: 'TU-000002' } };
const TAKEN = { number: 'TU-000001', reason: 'QuickBooks held this number for another document.' };

test('both books take the next one', async () => {
  const { world, reply } = await issueWhileTaken();
  expect(reply).toMatchObject(NEXT);
  expect([stripe(world).number, salesforce(world).number]).toEqual(['TU-000002', 'TU-000002']);
  expect(world.numbers.gaps).toEqual([TAKEN]);
});

test('it is not tried again when the next one had to wait, though it is free by then', async () => {
  const { world, reply } = await issueWhileTaken((found) => {
    found.faults.plan('ledger.createInvoice', 'unavailable');
    found.ledger.invoices.delete('9');
  });
  expect(reply).toMatchObject(NEXT);
  expect(world.numbers.gaps).toEqual([TAKEN]);
});

test('QuickBooks refuses under the next one too, for another reason: both are gaps', async () => {
  const { world, reply } = await issueWhileTaken((found) => found.faults.plan('ledger.createInvoice', 'rejected'));
  expect(reply).toMatchObject({ outcome: 'done', value: { outcome: 'rejected' } });
  expect([...world.org.operations.values()]).toMatchObject([{ state: 'compensated' }]);
  expect(world.numbers.gaps).toEqual([TAKEN, { number: 'TU-000002', reason: 'The invoice was taken back before it was issued.' }]);
});
