import { describe, expect, test } from 'vitest';
import { REP, type World } from '../adapters/memory/world.ts';
import { issued, ledger, salesforce, stripe } from './issued.fixture.ts';
import { voidInvoice } from './void-invoice.ts';

describe('void', () => {
  const ask = (world: World) => voidInvoice(world, { invoiceId: salesforce(world).id, reason: '', waitMs: 1000 }, REP);

  test('is refused while a payment processes; nothing changes, and it can be asked again', async () => {
    const world = await issued();
    const ach = world.payments.pay(stripe(world).id, { status: 'Processing' });
    expect(await ask(world)).toMatchObject({ outcome: 'done', value: { outcome: 'rejected', problems: [{ code: 'payment-processing' }] } });
    expect(salesforce(world).status).toBe('Open');
    expect(ledger(world).voided).toBe(false);
    world.payments.pay(stripe(world).id, { status: 'Failed', id: ach.id });
    expect(await ask(world)).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
    expect(salesforce(world).status).toBe('Void');
  });

  test('two clicks void once', async () => {
    const world = await issued();
    const [first, second] = await Promise.all([ask(world), ask(world)]);
    expect([first, second]).toMatchObject([{ value: { outcome: 'done' } }, { value: { outcome: 'done' } }]);
    expect(salesforce(world)).toMatchObject({ status: 'Void', revision: 2 });
  });

  test.each(['drop-answer', 'drop-before', 'unavailable'] as const)('comes to an end when QuickBooks meets: %s', async (fault) => {
    const world = await issued();
    world.faults.plan('ledger.voidInvoice', fault);
    expect(await ask(world)).toMatchObject({ value: { outcome: 'done' } });
    expect(ledger(world).voided).toBe(true);
  });

  test.each(['payments.voidInvoice', 'ledger.voidInvoice', 'records.writeBack'])(
    'killed after %s took effect: finished after the restart',
    async (point) => {
      const world = await issued();
      if (point === 'records.writeBack') world.faults.plan('ledger.voidInvoice', 'kill-after');
      else world.faults.plan(point, 'kill-after');
      await ask(world);
      world.clock.advance(200_000);
      world.engine.restart();
      await world.engine.idle();
      expect([salesforce(world).status, stripe(world).status, ledger(world).voided]).toEqual(['Void', 'void', true]);
    },
  );

  test.each([
    ['a paid invoice', 'invoice-paid', (w: World) => Object.assign(salesforce(w), { paid: 1 })],
    ['a void invoice', 'invoice-void', (w: World) => Object.assign(salesforce(w), { status: 'Void' })],
    ['an invoice that is being issued', 'invoice-not-issued', (w: World) => Object.assign(salesforce(w), { status: 'Queued' })],
    ['without the right', 'no-right-to-void', (w: World) => Object.assign(w.org.rights, { voidInvoice: false })],
    ['without access', 'no-access', (w: World) => Object.assign(w.org.rights, { canRead: false })],
    ['in a closed period', 'period-closed', (w: World) => Object.assign(w.ledger.reference, { closingDate: '2026-11-30' })],
  ])('%s is refused', async (_title, code, change) => {
    const world = await issued();
    change(world);
    expect(await ask(world)).toMatchObject({ outcome: 'done', value: { outcome: 'rejected', problems: [{ code }] } });
    expect(ledger(world).voided).toBe(false);
  });
});
