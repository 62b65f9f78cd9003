import { Killed } from '../adapters/memory/faults.ts';
import { pastCustomer, pastInvoice, pastPayment } from '../adapters/memory/past.ts';
import { createWorld, REP, type World } from '../adapters/memory/world.ts';
import { addsUp, addUp, type Load } from '../domain/first-load/load.ts';
import { readLoad } from './read-load.ts';
import { startLoad } from './start-load.ts';
import { registerWorkflows } from './workflows.ts';

export const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };
export const BOLT = '001000000000002AAA';

/** Two accounts, one linked and one certain; an invoice in both systems with its payment in both; and one of each that cannot be loaded. */
export function past(): World {
  const world = createWorld();
  registerWorkflows(world);
  world.org.accounts.push({ id: BOLT, name: 'Bolt Fasteners Inc.', currency: 'USD', phone: '+1 555 0199', address: null });
  world.org.contacts.push({ id: '003000000000002AAA', accountId: BOLT, name: 'Bo Bolt', email: 'bo@bolt.example' });
  const { quickbooks, stripe } = world.histories;
  const bolt = { email: 'bo@bolt.example', phone: '+1 555 0199' };
  quickbooks.customers.push(
    pastCustomer('58', 'Acme Rockets'),
    pastCustomer('59', 'Bolt Fasteners', bolt),
    pastCustomer('60', 'Nobody Knows Ltd'),
  );
  stripe.customers.push(pastCustomer('cus_known', 'Acme Rockets'), pastCustomer('cus_bolt', 'Bolt Fasteners', bolt));
  quickbooks.invoices.push(
    pastInvoice('quickbooks', '101', '58', { number: '1001', balance: 0 }),
    pastInvoice('quickbooks', '102', '59', { number: '1002', total: 25_000, balance: 5_000, tax: 2_000 }),
    pastInvoice('quickbooks', '103', '60', { number: '1003' }),
    pastInvoice('quickbooks', '104', '59', { number: 'S-1', total: 30_000, balance: 0 }),
    pastInvoice('quickbooks', '105', '58', { number: '1005', status: 'void', total: 0, balance: 0 }),
  );
  stripe.invoices.push(
    pastInvoice('stripe', 'in_1', 'cus_bolt', {
      number: 'S-1',
      total: 30_000,
      balance: 0,
      paidBy: [{ paymentId: 'pi_1', amount: 30_000 }],
    }),
    pastInvoice('stripe', 'in_2', 'cus_known', { number: 'S-2', status: 'draft' }),
    pastInvoice('stripe', 'in_3', 'cus_known', { number: 'S-3', status: 'uncollectible' }),
  );
  stripe.payments.push(
    pastPayment('stripe', 'pi_1', 'cus_bolt', { amount: 30_000 }),
    pastPayment('stripe', 'pi_2', 'cus_bolt', { status: 'never-paid' }),
  );
  quickbooks.payments.push(
    pastPayment('quickbooks', '201', '58', { amount: 6_000, pays: [{ invoiceId: '101', amount: 6_000 }] }),
    pastPayment('quickbooks', '202', '59', { amount: 20_000, pays: [{ invoiceId: '102', amount: 20_000 }] }),
    pastPayment('quickbooks', '203', '59', { amount: 30_000, pays: [{ invoiceId: '104', amount: 30_000 }] }),
  );
  return world;
}

export async function start(world: World, createAccounts = false): Promise<void> {
  try {
    await startLoad(world, { createAccounts, since: null }, ADMIN);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  await world.engine.idle();
  world.clock.advance(1000);
}

export async function loadOf(world: World): Promise<Load> {
  const read = await readLoad(world, ADMIN);
  if (read.outcome !== 'done' || !read.value) throw new Error('no load');
  return read.value;
}

/** All that Salesforce shows of it. */
export function endState(world: World) {
  const { mirrors } = world.loadRecords;
  const nameOf = (invoiceId: string) => mirrors.invoices.get(invoiceId)?.name ?? invoiceId;
  const sorted = (lines: string[]) => lines.sort();
  return {
    invoices: sorted(
      [...mirrors.invoices.values()].map(
        ({ name, loadedFrom, status, total, tax, balance, stripeInvoiceId, quickbooksInvoiceId, accountId }) =>
          [name, loadedFrom, status, total, tax, balance, stripeInvoiceId, quickbooksInvoiceId, accountId].join(' '),
      ),
    ),
    payments: sorted(
      [...mirrors.payments.values()].map(({ loadedFrom, sourceSystem, amount, stripePaymentId, quickbooksPaymentId }) =>
        [loadedFrom, sourceSystem, amount, stripePaymentId, quickbooksPaymentId].join(' '),
      ),
    ),
    allocations: sorted(
      [...mirrors.allocations.values()].map(({ invoiceId, paymentKey, amount }) => [nameOf(invoiceId), paymentKey, amount].join(' ')),
    ),
    links: sorted([...world.org.links.values()].map(({ system, recordId, externalId }) => [system, recordId, externalId].join(' '))),
    reviews: sorted([...world.org.reviews.keys()]),
    accounts: sorted(world.org.accounts.map(({ name }) => name)),
  };
}

/** What must hold of every load that is over, however it came there. */
export function mustBeWhole(load: Load): void {
  const unlike = load.objects.filter(({ read, expected }) => read !== expected).map(({ object }) => object);
  if (load.state !== 'completed' || !addsUp(addUp(load.objects)) || unlike.length > 0)
    throw new Error(`not whole: ${load.state}, ${JSON.stringify(addUp(load.objects))}, other than counted: ${unlike.join(', ')}`);
}
