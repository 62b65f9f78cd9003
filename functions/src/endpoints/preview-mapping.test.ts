import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { answer } from './answer.ts';
import { ENDPOINTS } from './endpoints.ts';
import { issueInvoice } from '../use-cases/issue-invoice.ts';
import { registerWorkflows } from '../use-cases/workflows.ts';

const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };
const call = async (world: World, operationId: string, body: object, caller = ADMIN): Promise<Record<string, unknown>> => {
  const endpoint = ENDPOINTS.find((each) => each.operationId === operationId);
  if (!endpoint) throw new Error(operationId);
  const { status, body: reply } = await answer(endpoint, world, body, caller);
  expect(status).toBe(200);
  return reply as Record<string, unknown>;
};

const CLASS = {
  name: 'Class_From_Industry',
  targetObject: 'QuickBooks Invoice',
  targetField: 'ClassRef',
  sourceField: 'Account__r.Industry',
};

function started(): World {
  const world = createWorld();
  world.mappings.values = { ...world.mappings.values, account: { Industry: 'Hardware' } };
  world.mappings.described = [
    { object: 'Account', field: 'Industry', found: true, type: 'picklist', length: null, options: ['Hardware', 'Mining'] },
  ];
  registerWorkflows(world);
  return world;
}

describe('mappings before they are saved', () => {
  test('the fields that can be mapped to, and why others cannot', async () => {
    const reply = await call(started(), 'list-target-fields', {});
    expect(reply).toMatchObject({ outcome: 'done', companyKey: 'main', problems: [] });
    const [invoice] = reply['targets'] as { object: string; fields: { name: string; writable: boolean; reason?: string }[] }[];
    expect(invoice?.fields.find((each) => each.name === 'ClassRef')).toMatchObject({ writable: true, type: 'list' });
    expect(invoice?.fields.find((each) => each.name === 'DocNumber')).toMatchObject({ writable: false, reason: expect.any(String) });
  });

  test('QuickBooks does not answer: the fields of Stripe, and why the others are missing', async () => {
    const world = started();
    world.faults.plan('ledger.readTargets', 'unavailable');
    const reply = await call(world, 'list-target-fields', {});
    expect((reply['targets'] as { object: string }[]).map((each) => each.object)).toEqual(['Stripe Invoice', 'Stripe Customer']);
    expect(reply['problems']).toHaveLength(1);
  });

  test('checked as they stand in the editor, beside the field that is wrong', async () => {
    const reply = await call(started(), 'preview-mapping', {
      mappings: [
        CLASS,
        {
          name: 'Number',
          targetObject: 'QuickBooks Invoice',
          targetField: 'DocNumber',
          sourceKind: 'Constant',
          constantValue: 'X',
          transform: '',
        },
      ],
    });
    expect(reply['checks']).toMatchObject([
      { name: 'Class_From_Industry', problems: [{ code: 'value-map-incomplete', severity: 'warning', field: 'Transform__c' }] },
      { name: 'Number', problems: [{ code: 'target-not-writable', field: 'Target_Field__c' }] },
    ]);
  });

  test('a real invoice before and after, with what would stop it', async () => {
    const world = started();
    const issued = await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
    const invoiceId = (issued as { value: { invoiceId: string } }).value.invoiceId;
    const { preview } = (await call(world, 'preview-mapping', { mappings: [CLASS], invoiceId })) as {
      preview: {
        number: string;
        problems: unknown[];
        payloads: { object: string; rows: { path: string; before?: string; after?: string; changed: boolean }[] }[];
      };
    };
    expect(preview).toMatchObject({ number: 'TU-000001', problems: [] });
    const rows = preview.payloads.find((each) => each.object === 'QuickBooks Invoice')?.rows ?? [];
    expect(rows.filter((each) => each.changed)).toEqual([
      { path: 'mapped[0].field', after: 'ClassRef', changed: true },
      { path: 'mapped[0].value', after: 'Hardware', changed: true },
      { path: 'mapped[0].id', after: '5001', changed: true },
    ]);
    expect(rows.find((each) => each.path === 'lines[0].itemId')).toEqual({
      path: 'lines[0].itemId',
      before: '11',
      after: '11',
      changed: false,
    });

    world.mappings.values = { ...world.mappings.values, account: { Industry: 'Mining' } };
    const failing = await call(world, 'preview-mapping', { mappings: [CLASS], invoiceId });
    expect(failing['preview']).toMatchObject({ problems: [{ code: 'mapped-value-unknown', field: 'mapping.Class_From_Industry' }] });
  });

  test('only administrators map', async () => {
    for (const operationId of ['list-target-fields', 'preview-mapping'])
      expect(await call(started(), operationId, {}, REP)).toMatchObject({ outcome: 'rejected', problems: [{ code: 'no-right-to-map' }] });
  });
});
