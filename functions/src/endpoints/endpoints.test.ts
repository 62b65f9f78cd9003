import { describe, expect, test } from 'vitest';
import { createWorld, LINE_A, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { registerWorkflows } from '../use-cases/workflows.ts';
import { answer } from './answer.ts';
import { ENDPOINTS } from './endpoints.ts';

function call(world: World, operationId: string, body: unknown) {
  const endpoint = ENDPOINTS.find((each) => each.operationId === operationId);
  if (!endpoint) throw new Error(`No endpoint ${operationId}.`);
  return answer(endpoint, world, body, REP);
}

function started(): World {
  const world = createWorld();
  registerWorkflows(world);
  return world;
}

describe('the operations as Salesforce calls them', () => {
  test('preview, issue what was previewed, follow, send, void, sync', async () => {
    const world = started();
    const preview = (await call(world, 'preview-invoice', { sourceId: OPPORTUNITY.slice(0, 15) })).body as Record<string, never>;
    expect(preview).toMatchObject({
      outcome: 'done',
      canIssue: true,
      problems: [],
      company: { name: 'Trueup Test Inc.', timeZone: 'America/New_York' },
      source: { id: OPPORTUNITY, type: 'Opportunity', currency: 'USD' },
      billTo: { accountName: 'Acme Rockets', contacts: [{ email: 'ann@acme.example' }] },
      identity: { stripe: { status: 'linked', id: 'cus_known' }, quickbooks: { status: 'linked', id: '58' } },
      draft: { terms: 'Net 30', invoiceDate: '2026-11-24', delivery: 'send', poNumber: null },
      lines: [
        {
          lineKey: `${LINE_A}-0`,
          quantityOrdered: '5',
          quantityBilled: '0',
          quantityLeft: '5',
          priceEditable: false,
          billable: true,
          amount: { minor: 50_000, decimal: '500.00', display: 'USD 500.00' },
        },
        { unitPrice: '36', amount: { minor: 9_000 } },
      ],
      totals: { subtotal: { display: 'USD 590.00' }, tax: { minor: 0 }, total: { minor: 59_000 } },
    });

    const issued = (await call(world, 'issue-invoice', { sourceId: OPPORTUNITY, draft: preview['draft'], waitMs: 20_000 })).body as Record<
      string,
      string
    >;
    expect(issued).toMatchObject({ outcome: 'done', invoiceNumber: 'TU-000001', problems: [] });
    expect((await call(world, 'follow-operation', { operationKey: issued['operationKey'], seen: 0, waitMs: 0 })).body).toMatchObject({
      outcome: 'done',
      state: 'done',
      invoiceNumber: 'TU-000001',
    });
    expect((await call(world, 'send-invoice', { invoiceId: issued['invoiceId'], waitMs: 1 })).body).toMatchObject({ outcome: 'done' });
    expect((await call(world, 'void-invoice', { invoiceId: issued['invoiceId'], reason: 'typing error', waitMs: 1 })).body).toMatchObject({
      outcome: 'done',
    });
    expect((await call(world, 'run-sync', { kind: 'Nightly', waitMs: 1 })).body).toMatchObject({
      outcome: 'done',
      runId: expect.any(String),
    });
  });

  test('a list is accepted as a whole, or refused with the reason', async () => {
    const world = started();
    expect((await call(world, 'issue-invoices', { sourceIds: [OPPORTUNITY, OPPORTUNITY.slice(0, 15)] })).body).toEqual({
      outcome: 'accepted',
      queued: 1,
      problems: [],
    });
    world.org.company.connected = false;
    expect((await call(world, 'issue-invoices', { sourceIds: [OPPORTUNITY] })).body).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'company-not-connected', message: expect.any(String), action: expect.any(String) }],
    });
  });

  test('an id that does not exist is a rejection in words', async () => {
    expect(await call(started(), 'preview-invoice', { sourceId: '006000000000009AAA' })).toMatchObject({
      status: 200,
      body: { outcome: 'rejected', canIssue: false, problems: [{ code: 'record-not-found' }] },
    });
    expect(await call(started(), 'follow-operation', { operationKey: 'nothing' })).toMatchObject({
      status: 200,
      body: { outcome: 'rejected', problems: [{ code: 'operation-unknown' }] },
    });
  });

  test('Salesforce down is an outcome, not an error', async () => {
    const world = started();
    world.faults.plan('records.readSource', 'unavailable');
    expect(await call(world, 'issue-invoice', { sourceId: OPPORTUNITY })).toMatchObject({
      status: 200,
      body: { outcome: 'unavailable', problems: [expect.anything()] },
    });
  });

  test.each([
    ['no body', 'issue-invoice', undefined],
    ['an id with a quote', 'preview-invoice', { sourceId: "006000000000001'--" }],
    ['a wait of an hour', 'issue-invoice', { sourceId: OPPORTUNITY, waitMs: 3_600_000 }],
    ['a delivery by pigeon', 'issue-invoice', { sourceId: OPPORTUNITY, draft: { delivery: 'pigeon' } }],
    [
      'a quantity that is an object',
      'issue-invoice',
      { sourceId: OPPORTUNITY, draft: { lines: [{ lineKey: 'x', quantity: {}, unitPrice: '1' }] } },
    ],
    ['a list of nothing', 'issue-invoices', { sourceIds: [] }],
    ['more than the longest list', 'issue-invoices', { sourceIds: Array(2_001).fill(OPPORTUNITY) }],
    ['an endless key', 'follow-operation', { operationKey: 'k'.repeat(300) }],
  ])('%s is malformed: 400, with the field', async (_title, operationId, body) => {
    const refused = await call(started(), operationId, body);
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'malformed-request', correlationId: 'test-1', action: expect.any(String) },
    });
  });

  test("nothing of a provider's own words reaches the caller", async () => {
    const world = started();
    world.faults.plan('ledger.createInvoice', 'rejected');
    const { body } = await call(world, 'issue-invoice', { sourceId: OPPORTUNITY, waitMs: 1 });
    expect(JSON.stringify(body)).not.toContain('provider');
  });
});

test('every operation has a use case of its name', async () => {
  for (const { operationId } of ENDPOINTS) await expect(import(`../use-cases/${operationId}.ts`), operationId).resolves.toBeDefined();
});
