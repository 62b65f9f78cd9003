import { describe, expect, test } from 'vitest';
import { pastCustomer, pastInvoice, pastPayment } from '../adapters/memory/past.ts';
import { addUp } from '../domain/first-load/load.ts';
import type { PastPayment } from '../domain/first-load/past.ts';
import type { PaymentRecord } from '../domain/payment.ts';
import { issued, salesforce } from './issued.fixture.ts';
import { endState, mustBeWhole, loadOf, past, start } from './past.fixture.ts';

describe('what a load counts against its invoices', () => {
  test('a payment that was moved to another invoice counts against that one only', async () => {
    const world = past();
    const { quickbooks } = world.histories;
    quickbooks.invoices.push(pastInvoice('quickbooks', '106', '59', { number: '1006', total: 20_000, balance: 20_000 }));
    await start(world);
    expect(endState(world).allocations).toContain('1002 quickbooks:202 20000');

    const [from, to] = [quickbooks.invoices[1], quickbooks.invoices.at(-1)];
    if (!from || !to) throw new Error('none');
    [from.balance, to.balance] = [25_000, 0];
    quickbooks.payments.splice(
      1,
      1,
      pastPayment('quickbooks', '202', '59', { amount: 20_000, pays: [{ invoiceId: '106', amount: 20_000 }] }),
    );
    await start(world);
    mustBeWhole(await loadOf(world));
    expect(endState(world).allocations).toEqual(
      expect.arrayContaining(['1002  0', '1002 quickbooks:202 0', '1006  0', '1006 quickbooks:202 20000']),
    );
    await start(world);
    expect(addUp((await loadOf(world)).objects)).toMatchObject({ written: 0 });
  });

  test.each(['in one load', 'in two'])(
    'two equal instalments that the accountant entered %s are copies of one payment each',
    async (when) => {
      const world = past();
      const { quickbooks, stripe } = world.histories;
      const half = (paymentId: string) => ({ paymentId, amount: 15_000 });
      Object.assign(stripe.invoices[0] ?? {}, { paidBy: [half('pi_1'), half('pi_3')] });
      Object.assign(stripe.payments[0] ?? {}, { amount: 15_000 });
      stripe.payments.push(pastPayment('stripe', 'pi_3', 'cus_bolt', { amount: 15_000 }));
      const entered = ['203', '204'].map((id) =>
        pastPayment('quickbooks', id, '59', { amount: 15_000, pays: [{ invoiceId: '104', amount: 15_000 }] }),
      );
      quickbooks.payments.splice(2, 1, ...entered.slice(0, when === 'in two' ? 1 : 2));
      await start(world);
      if (when === 'in two') quickbooks.payments.push(...entered.slice(1));
      await start(world);
      await start(world);
      const mirrors = [...world.loadRecords.mirrors.payments.values()].filter(({ stripePaymentId }) => stripePaymentId !== null);
      expect(mirrors.map(({ quickbooksPaymentId }) => quickbooksPaymentId).sort()).toEqual(['203', '204']);
      expect(addUp((await loadOf(world)).objects)).toMatchObject({ written: 0 });
    },
  );

  test('a payment that was voided counts against nothing any more', async () => {
    const world = past();
    await start(world);
    const { quickbooks } = world.histories;
    quickbooks.payments.splice(1, 1, pastPayment('quickbooks', '202', '59', { amount: 0, status: 'Failed' }));
    if (quickbooks.invoices[1]) quickbooks.invoices[1].balance = 25_000;
    await start(world);
    expect(endState(world).allocations).toEqual(expect.arrayContaining(['1002  0', '1002 quickbooks:202 0']));
  });

  test('a payment that is there no more is made up for: paid and due stay those of their own system', async () => {
    const world = past();
    await start(world);
    const { quickbooks } = world.histories;
    quickbooks.payments.splice(
      1,
      1,
      pastPayment('quickbooks', '204', '59', { amount: 5_000, pays: [{ invoiceId: '102', amount: 5_000 }] }),
    );
    if (quickbooks.invoices[1]) quickbooks.invoices[1].balance = 20_000;
    await start(world);
    const { mirrors } = world.loadRecords;
    const id = [...mirrors.invoices.values()].find(({ name }) => name === '1002')?.id;
    const sum = () =>
      [...mirrors.allocations.values()].filter(({ invoiceId }) => invoiceId === id).reduce((all, { amount }) => all + amount, 0);
    expect(sum()).toBe(5_000);
    await start(world);
    expect(sum()).toBe(5_000);
    expect(addUp((await loadOf(world)).objects)).toMatchObject({ written: 0 });
  });
});

test("an accountant's copy of a payment leaves what Stripe says of it, in this load and the next", async () => {
  const world = past();
  const received = '2025-03-02T08:30:00.000Z';
  world.histories.stripe.payments.splice(
    0,
    1,
    pastPayment('stripe', 'pi_1', 'cus_bolt', { amount: 30_000, status: 'Refunded', receivedAt: received }),
  );
  const shown = () => [...world.loadRecords.mirrors.payments.values()].find(({ stripePaymentId }) => stripePaymentId === 'pi_1');
  const whole = { status: 'Refunded', receivedAt: received, quickbooksPaymentId: '203', sourceSystem: 'Stripe' };
  await start(world);
  expect(shown()).toMatchObject(whole);
  await start(world);
  expect(shown()).toMatchObject(whole);
  expect(addUp((await loadOf(world)).objects)).toMatchObject({ written: 0 });
});

describe('an allocation that Salesforce refuses', () => {
  const idOf = (world: ReturnType<typeof past>, name: string) =>
    [...world.loadRecords.mirrors.invoices.values()].find((each) => each.name === name)?.id ?? '';

  test('is named at its payment and counts nowhere, and the next load makes it', async () => {
    const calm = past();
    await start(calm);
    const world = past();
    world.loadRecords.mirrors.refuses.add(`quickbooks:201|${idOf(calm, '1001')}`);
    await start(world);
    const load = await loadOf(world);
    mustBeWhole(load);
    expect(load.causes).toContainEqual(
      expect.objectContaining({ object: 'quickbooks-payments', code: 'validation-rule', examples: ['201'] }),
    );
    expect(endState(world).allocations.filter((each) => each.startsWith('1001'))).toEqual(['1001  10000']);
    world.loadRecords.mirrors.refuses.clear();
    await start(world);
    expect(endState(world)).toEqual(endState(calm));
  });

  test('of what no payment settles, is named at the payment that changed it', async () => {
    const calm = past();
    await start(calm);
    const world = past();
    const { writePayments } = world.loadRecords;
    // Only once the invoice was written with it.
    world.loadRecords.writePayments = (payments, owner) => {
      world.loadRecords.mirrors.refuses.add(`-|${idOf(calm, '1001')}`);
      return writePayments(payments, owner);
    };
    await start(world);
    expect((await loadOf(world)).causes).toContainEqual(
      expect.objectContaining({ object: 'quickbooks-payments', code: 'validation-rule', examples: ['201'] }),
    );
    world.loadRecords.writePayments = writePayments;
    world.loadRecords.mirrors.refuses.clear();
    await start(world);
    expect(endState(world)).toEqual(endState(calm));
  });
});

describe('payments of what Trueup issued', () => {
  test('are unchanged where Salesforce holds them, and named where it does not', async () => {
    const world = await issued();
    const { quickbooksInvoiceId } = salesforce(world);
    const pay = (id: string, more: Partial<PastPayment> = {}) =>
      pastPayment('quickbooks', id, '58', { pays: [{ invoiceId: quickbooksInvoiceId ?? '', amount: 10_000 }], ...more });
    world.org.payments.set('held', paymentRecord('301'));
    world.histories.quickbooks.customers.push(pastCustomer('58', 'Acme Rockets'));
    world.histories.quickbooks.payments.push(
      pay('301', { ours: true }),
      pay('302', { ours: true }),
      pay('303'),
      pay('304', { ours: true, amount: 0 }),
      pay('305', { ours: true, pays: [{ invoiceId: '999', amount: 10_000 }] }),
    );
    await start(world);
    const load = await loadOf(world);
    mustBeWhole(load);
    expect(load.objects.at(-1)).toMatchObject({ read: 5, unchanged: 2, waiting: 2, refused: 1 });
    expect(load.causes.map(({ code, examples }) => [code, examples])).toEqual([
      ['payment-not-held', ['302', '303']],
      ['issued-elsewhere', ['305']],
    ]);
    expect(world.loadRecords.mirrors.payments.size).toBe(0);
  });
});

const paymentRecord = (quickbooksPaymentId: string): PaymentRecord => ({
  ...{ name: '1', sourceSystem: 'QuickBooks', status: 'Succeeded', amount: { minor: 10_000, currency: 'USD' }, method: null },
  ...{ receivedAt: '2025-03-10T12:00:00.000Z', stripePaymentId: null, stripeChargeId: null, quickbooksPaymentId },
  ...{ stripeUrl: null, quickbooksUrl: null, booked: true, allocated: 10_000 },
});
