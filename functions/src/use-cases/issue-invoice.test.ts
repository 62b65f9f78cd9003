import { describe, expect, test } from 'vitest';
import { createWorld, LINE_A, LINE_B, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { DraftRequest } from '../domain/draft.ts';
import { issueInvoice } from './issue-invoice.ts';
import { previewInvoice } from './preview-invoice.ts';
import { voidInvoice } from './void-invoice.ts';
import { registerWorkflows } from './workflows.ts';

function started(change: (world: World) => void = () => undefined): World {
  const world = createWorld();
  change(world);
  registerWorkflows(world);
  return world;
}

async function issue(world: World, draft: DraftRequest = {}) {
  const outcome = await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 1000 }, REP);
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const only = <T>(map: Map<string, T>): T => {
  expect(map.size).toBe(1);
  return [...map.values()][0] as T;
};

describe('the whole road', () => {
  test('one click: the same invoice in all three systems, sent once', async () => {
    const world = started();
    const reply = await issue(world);
    expect(reply).toMatchObject({ outcome: 'done', invoiceNumber: 'TU-000001', problems: [] });
    expect(reply.steps.map((step) => [step.name, step.state])).toEqual(
      [
        ['checked', 'done'],
        ['customer', 'done'],
        ['stripe', 'done'],
        ['quickbooks', 'done'],
        ['compared', 'done'],
        ['written-back', 'done'],
        ['sent', 'done'],
      ].sort((a, b) => reply.steps.findIndex((s) => s.name === a[0]) - reply.steps.findIndex((s) => s.name === b[0])),
    );
    // 5 x 100 + 2.5 x 40 less 10 %
    expect(only(world.payments.invoices)).toMatchObject({ status: 'open', number: 'TU-000001', total: 59_000, amountRemaining: 59_000 });
    expect(only(world.ledger.invoices)).toMatchObject({ number: 'TU-000001', total: 59_000, balance: 59_000, customerId: '58' });
    expect(only(world.org.invoices)).toMatchObject({
      status: 'Open',
      number: 'TU-000001',
      total: 59_000,
      stripeInvoiceId: expect.any(String),
      quickbooksInvoiceId: expect.any(String),
      revision: 1,
    });
    expect(world.payments.emails).toHaveLength(1);
    expect(only(world.org.operations)).toMatchObject({ state: 'done' });
  });

  test('the call budget: 5 to Stripe, 3 to QuickBooks, 4 to Salesforce at most', async () => {
    const world = started();
    await issue(world);
    const { stripe, quickbooks, salesforce } = world.calls.read();
    expect({ stripe, quickbooks, salesforce }).toEqual({ stripe: 5, quickbooks: 2, salesforce: 4 });
  });

  test('not to be sent: nobody is e-mailed', async () => {
    const world = started();
    const reply = await issue(world, { delivery: 'do-not-send' });
    expect(reply.outcome).toBe('done');
    expect(world.payments.emails).toEqual([]);
    expect(only(world.org.operations)).toMatchObject({ state: 'done' });
  });

  test('voided in Stripe before it was sent: not sent, and nothing is left for anybody to do', async () => {
    const world = started();
    const { send } = world.payments;
    world.payments.send = async (body, key) => {
      await world.payments.voidInvoice({ stripeInvoiceId: body.stripeInvoiceId }, 'in-the-dashboard');
      return send(body, key);
    };
    const reply = await issue(world);
    expect(reply).toMatchObject({ outcome: 'done', problems: [] });
    expect(reply.steps.find(({ name }) => name === 'sent')).toMatchObject({ state: 'skipped' });
    expect(world.payments.emails).toEqual([]);
    expect(only(world.org.operations)).toMatchObject({ state: 'done' });
    expect(world.org.shown.get(only(world.org.invoices).id)?.problem).toBeNull();
  });

  test('a new customer is created once in both books and linked', async () => {
    const world = started((w) => {
      for (const [key, link] of w.org.links) if (link.recordType === 'Account') w.org.links.delete(key);
      w.payments.customers.clear();
      w.ledger.customers.clear();
      w.ledger.otherNames.add('Acme Rockets');
    });
    expect((await issue(world)).outcome).toBe('done');
    expect(only(world.payments.customers)).toMatchObject({ name: 'Acme Rockets' });
    expect(only(world.ledger.customers)).toMatchObject({ displayName: 'Acme Rockets (USD)' });
    expect([...world.org.links.values()].filter((link) => link.matchedBy === 'Created')).toHaveLength(2);
  });

  test('tax computed by QuickBooks is spread over the lines and explicit in Stripe', async () => {
    const world = started((w) => {
      w.org.company.taxEngine = 'QuickBooks';
      w.ledger.quirks.computedTax = 1_001;
    });
    expect((await issue(world)).outcome).toBe('done');
    expect(only(world.payments.invoices)).toMatchObject({ tax: 1_001, total: 60_001 });
    expect(only(world.org.invoices)).toMatchObject({ tax: 1_001, total: 60_001, amountDue: 60_001 });
  });

  test('tax computed by Stripe is explicit in QuickBooks', async () => {
    const world = started((w) => {
      w.org.company.taxEngine = 'Stripe Tax';
    });
    expect((await issue(world)).outcome).toBe('done');
    expect(only(world.ledger.invoices)).toMatchObject({ tax: 0 });
  });

  test('a zero invoice is paid at once and nothing is sent', async () => {
    const world = started((w) => {
      for (const line of w.org.sources.get(OPPORTUNITY)?.lines ?? []) line.unitPrice = '0';
    });
    const reply = await issue(world);
    expect(reply.outcome).toBe('done');
    expect(only(world.org.invoices)).toMatchObject({ status: 'Paid', total: 0 });
    expect(world.payments.emails).toEqual([]);
  });
});

describe('exactly once, in effect', () => {
  test('a double click yields one invoice and the same answer', async () => {
    const world = started();
    const [first, second] = await Promise.all([issue(world), issue(world)]);
    expect(second.operationKey).toBe(first.operationKey);
    only(world.org.invoices);
    only(world.payments.invoices);
    only(world.ledger.invoices);
    expect(world.payments.emails).toHaveLength(1);
  });

  test('the same draft again, later, shows the same invoice', async () => {
    const world = started();
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
    if (preview.outcome !== 'done') throw new Error('no preview');
    const first = await issue(world, preview.value.draft);
    const again = await issue(world, preview.value.draft);
    expect(again).toMatchObject({ outcome: 'done', invoiceId: first.invoiceId, invoiceNumber: 'TU-000001' });
    only(world.org.invoices);
  });

  test('two tabs with different quantities: the second is refused with what changed', async () => {
    const world = started();
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
    if (preview.outcome !== 'done') throw new Error('no preview');
    const other = {
      ...preview.value.draft,
      lines: preview.value.draft.lines.map((line) => (line.sourceLineId === LINE_A ? { ...line, quantity: '2' } : line)),
    };
    const [first, second] = await Promise.all([issue(world, preview.value.draft), issue(world, other)]);
    expect(first.outcome).toBe('done');
    expect(second).toMatchObject({
      outcome: 'rejected',
      invoiceId: first.invoiceId,
      problems: [{ code: 'already-issued-otherwise', field: 'lines[0].quantity' }],
    });
    only(world.org.invoices);
  });

  test('partial, then the rest, then nothing is left', async () => {
    const world = started();
    const part = (quantity: string, n: number) => ({
      lines: [
        {
          lineKey: `${LINE_A}-${n}`,
          sourceLineId: LINE_A,
          productId: '01t000000000001AAA',
          description: 'Rocket',
          quantity,
          unitPrice: '100',
          serviceDate: null,
          include: true,
        },
      ],
    });
    expect((await issue(world, part('3', 0))).outcome).toBe('done');
    expect(await issue(world, part('3', 1))).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'quantity-above-left', field: 'lines[0].quantity' }],
    });
    expect((await issue(world, part('2', 1))).outcome).toBe('done');
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
    expect(preview).toMatchObject({
      outcome: 'done',
      value: {
        draft: {
          lines: [
            { quantity: '0', include: false, lineKey: `${LINE_A}-2` },
            { quantity: '2.5', include: true, lineKey: `${LINE_B}-0` },
          ],
        },
      },
    });
    expect(world.org.invoices.size).toBe(2);
  });

  test('void frees the quantities and the invoice can be issued anew, under the next number', async () => {
    const world = started();
    const first = await issue(world);
    const voided = await voidInvoice(world, { invoiceId: first.invoiceId ?? '', reason: 'wrong address', waitMs: 1000 }, REP);
    expect(voided).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
    expect(only(world.org.invoices)).toMatchObject({ status: 'Void', amountDue: 0 });
    expect(only(world.payments.invoices)).toMatchObject({ status: 'void' });
    expect(only(world.ledger.invoices)).toMatchObject({ voided: true });
    expect(await issue(world)).toMatchObject({ outcome: 'done', invoiceNumber: 'TU-000002' });
    expect(world.org.invoices.size).toBe(2);
  });
});

describe('when the books would differ', () => {
  test('a mismatch before it is final: draft deleted, QuickBooks invoice voided, nobody e-mailed', async () => {
    const world = started((w) => {
      w.payments.quirks.extraTax = 5;
    });
    const reply = await issue(world);
    expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'books-differ' }] });
    expect(world.payments.invoices.size).toBe(0);
    expect(only(world.ledger.invoices)).toMatchObject({ voided: true });
    expect(only(world.org.invoices)).toMatchObject({ status: 'Rejected' });
    expect(only(world.org.operations)).toMatchObject({ state: 'compensated' });
    expect(world.numbers.gaps.map((gap) => gap.number)).toEqual(['TU-000001']);
    expect(world.payments.emails).toEqual([]);
  });

  test('a mismatch found after it is final: voided in both', async () => {
    const world = started((w) => {
      w.payments.quirks.numberOverride = 'ACME-0001';
    });
    expect(await issue(world)).toMatchObject({ outcome: 'rejected', problems: [{ code: 'books-differ' }] });
    expect(only(world.payments.invoices)).toMatchObject({ status: 'void' });
    expect(only(world.ledger.invoices)).toMatchObject({ voided: true });
  });

  test('QuickBooks refuses: the draft is deleted and the quantities are free', async () => {
    const world = started((w) => w.faults.plan('ledger.createInvoice', 'rejected'));
    expect(await issue(world)).toMatchObject({ outcome: 'rejected' });
    expect(world.payments.invoices.size).toBe(0);
    expect(world.ledger.invoices.size).toBe(0);
    expect(await issue(world)).toMatchObject({ outcome: 'done', invoiceNumber: 'TU-000002' });
  });
});
