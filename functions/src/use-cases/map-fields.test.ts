import { describe, expect, test } from 'vitest';
import { memoryMapping } from '../adapters/memory/mappings.ts';
import { createWorld, ACCOUNT, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { FieldMapping } from '../domain/map-fields/mapping.ts';
import type { InvoiceOrder } from '../domain/invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { previewInvoice } from './preview-invoice.ts';
import { registerWorkflows } from './workflows.ts';

const mapping = (change: Partial<FieldMapping> = {}) =>
  memoryMapping({ transform: 'Value Map', valueMap: '{"Energy":"Hardware","Consulting":"Services"}', ...change });
const REGION = mapping({
  name: 'Region',
  targetObject: 'Stripe Invoice',
  targetField: 'metadata[region]',
  sourceField: 'Account__r.Region__c',
  transform: 'None',
});
const TITLE = mapping({
  name: 'Title',
  targetObject: 'QuickBooks Customer',
  targetField: 'Title',
  sourceKind: 'Constant',
  constant: 'The',
  transform: 'None',
});

function started(mappings = [mapping(), REGION], industry = 'Energy'): World {
  const world = createWorld();
  world.mappings.all = mappings;
  world.mappings.values = { ...world.mappings.values, account: { Industry: industry, Region__c: 'West' } };
  registerWorkflows(world);
  return world;
}
const ask = { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 };
async function issue(world: World) {
  const outcome = await issueInvoice(world, ask, REP);
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
const orderOf = (world: World): InvoiceOrder => [...world.org.orders.values()][0] as InvoiceOrder;
const bodies = ({ ledger, payments }: World): string => [...ledger.keys.bodies(), ...payments.keys.bodies()].join('\n');

describe('an invoice with mapped fields', () => {
  test('carries its values into both books, by the ids of the company', async () => {
    const world = started();
    expect((await issue(world)).outcome).toBe('done');
    expect(orderOf(world).mapped?.header).toEqual({
      'QuickBooks Invoice': [{ field: 'ClassRef', value: 'Hardware', id: '5001' }],
      'Stripe Invoice': [{ field: 'metadata[region]', value: 'West', id: null }],
    });
    expect(bodies(world)).toContain('"field":"ClassRef","value":"Hardware","id":"5001"');
    expect(bodies(world)).toContain('"field":"metadata[region]","value":"West"');
  });

  test('costs one call more to Salesforce and to QuickBooks, and none without mappings', async () => {
    const [plain, mapped] = [started([]), started()];
    await issue(plain);
    await issue(mapped);
    expect(plain.calls.read()).toEqual({ salesforce: 4, stripe: 5, quickbooks: 2 });
    expect(mapped.calls.read()).toEqual({ salesforce: 5, stripe: 5, quickbooks: 3 });
  });

  test('one of the company that does not hold for what is billed leaves the general one in force', async () => {
    const ofOrder = mapping({ name: 'Of_Order', sourceObject: 'Order', sourceField: 'Type', companyKey: 'main' });
    const world = started([mapping(), ofOrder]);
    await issue(world);
    expect(orderOf(world).mapped?.header['QuickBooks Invoice']?.[0]?.value).toBe('Hardware');
  });

  test('a value without counterpart stops it before anything is written, and names the mapping', async () => {
    const world = started([mapping()], 'Mining');
    const preview = await previewInvoice(world, ask, REP);
    const problem = { code: 'mapped-value-unmapped', field: 'mapping.Class_From_Industry', severity: 'error' };
    expect(preview).toMatchObject({ value: { canIssue: false, problems: [problem] } });
    expect(await issue(world)).toMatchObject({ outcome: 'rejected', problems: [problem] });
    expect(world.org.invoices.size + world.ledger.invoices.size + world.payments.invoices.size).toBe(0);
  });

  test('a mapping mended meanwhile counts at once', async () => {
    const world = started([mapping()], 'Mining');
    const { readMappings } = world.mappings;
    world.mappings.readMappings = async (fresh) =>
      fresh ? { outcome: 'done', value: [mapping({ valueMap: '{"Mining":"Hardware"}' })] } : readMappings(fresh);
    expect((await issue(world)).outcome).toBe('done');
    expect(orderOf(world).mapped?.header['QuickBooks Invoice']?.[0]?.value).toBe('Hardware');
  });

  test('what was frozen is sent again after a crash, whatever changed since', async () => {
    const world = started();
    world.faults.plan('ledger.createInvoice', 'drop-before');
    world.faults.plan('payments.createDraft', 'unavailable', 2);
    const { createIntent } = world.records;
    world.records.createIntent = (order) => {
      world.mappings.values = { ...world.mappings.values, account: { Industry: 'Consulting', Region__c: 'East' } };
      return createIntent(order);
    };
    expect((await issue(world)).outcome).toBe('done');
    expect(bodies(world)).not.toContain('Services');
  });

  test('QuickBooks is down at the click: looked up when it answers, refused when the class is gone', async () => {
    for (const [isThere, state] of [
      [true, 'done'],
      [false, 'rejected'],
    ] as const) {
      const world = started();
      world.faults.plan('ledger.readTargets', 'unavailable');
      if (!isThere) world.ledger.targets.length = 0;
      const reply = await issue(world);
      expect([reply.outcome, reply.problems[0]?.code]).toEqual([state, isThere ? undefined : 'mapped-value-unknown']);
      if (isThere) expect(bodies(world)).toContain('"id":"5001"');
    }
  });

  test('a value that QuickBooks does not keep is found before the invoice is final, and both entries are taken back', async () => {
    const world = started();
    world.ledger.quirks.losesClass = true;
    expect(await issue(world)).toMatchObject({ outcome: 'rejected', problems: [{ code: 'mapped-value-lost' }] });
    expect([...world.ledger.invoices.values()].every((each) => each.voided)).toBe(true);
  });

  test('and so when the answer to it was lost', async () => {
    const world = started();
    world.ledger.quirks.losesClass = true;
    world.faults.plan('ledger.createInvoice', 'drop-answer');
    await issue(world);
    await world.engine.idle();
    expect([...world.org.invoices.values()]).toMatchObject([{ status: 'Rejected' }]);
    expect([...world.ledger.invoices.values()].every((each) => each.voided)).toBe(true);
  });

  test('terms are proposed by the account, and chosen by the person', async () => {
    const terms = mapping({ name: 'Terms', targetField: 'SalesTermRef', sourceField: 'Account__r.Terms__c', transform: 'None' });
    const world = started([terms, REGION]);
    world.mappings.values = { ...world.mappings.values, account: { Terms__c: 'Due on receipt', Region__c: 'West' } };
    const preview = async (draft = {}) => {
      const shown = await previewInvoice(world, { ...ask, draft }, REP);
      return shown.outcome === 'done' ? [shown.value.draft.terms, shown.value.problems.map((each) => each.code)] : [];
    };
    expect(await preview()).toEqual(['Due on receipt', []]);
    expect(await preview({ terms: 'Net 30' })).toEqual(['Net 30', []]);
    world.mappings.values = { ...world.mappings.values, account: { Terms__c: 'Whenever', Region__c: 'West' } };
    expect(await preview()).toEqual(['Whenever', ['terms-unknown']]);
    world.mappings.all = [{ ...terms, required: true }];
    world.mappings.values = { ...world.mappings.values, account: { Terms__c: '' } };
    expect(await preview()).toEqual(['Net 30', ['mapped-value-missing']]);
    world.mappings.all = [terms, REGION];
    world.mappings.values = { ...world.mappings.values, account: { Terms__c: 'Due on receipt', Region__c: 'West' } };
    await issue(world);
    expect(orderOf(world)).toMatchObject({ terms: 'Due on receipt', mapped: { header: { 'Stripe Invoice': [{ value: 'West' }] } } });
    expect(orderOf(world).mapped?.header['QuickBooks Invoice']).toBeUndefined();
  });

  test('a customer gets its values when it is created, and only then', async () => {
    const known = started([TITLE]);
    await issue(known);
    expect(orderOf(known).mapped?.header).toEqual({});
    const fresh = started([TITLE]);
    for (const [key, link] of fresh.org.links) if (link.recordId === ACCOUNT) fresh.org.links.delete(key);
    fresh.ledger.customers.clear();
    fresh.payments.customers.clear();
    await issue(fresh);
    expect(bodies(fresh)).toContain('"field":"Title","value":"The"');
  });
});
