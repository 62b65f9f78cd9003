import { describe, expect, test } from 'vitest';
import type { VerifiedEvent } from '../ports/webhook-verifier.ts';
import { dirtyObject } from './dirty-objects.ts';
import { event } from './heard.fixture.ts';

describe('dirtyObject', () => {
  test.each(['invoice.finalized', 'invoice.updated', 'invoice.sent', 'payment_intent.created'])(
    '%s of our own making says nothing new',
    (type) => {
      const objectType = type.split('.')[0] ?? '';
      expect(dirtyObject(event({ type, objectType, ownWrite: true }))).toBeNull();
      expect(dirtyObject(event({ type, objectType }))).toMatchObject({ id: 'in_1' });
    },
  );

  test('a payment is looked at whoever made it, a new document never', () => {
    expect(dirtyObject(event({ ownWrite: true }))).toMatchObject({ kind: 'stripe:invoice' });
    expect(dirtyObject(event({ provider: 'quickbooks', type: 'qbo.invoice.created.v1' }))).toBeNull();
    expect(dirtyObject(event({ provider: 'quickbooks', type: 'qbo.invoice.updated.v1' }))).toMatchObject({ kind: 'quickbooks:invoice' });
  });
});

describe('dirtyObject of money after payment', () => {
  test.each([
    ['refund.updated', 'refund', 'stripe:refund'],
    ['charge.refund.updated', 'refund', 'stripe:refund'],
    ['charge.refunded', 'charge', 'stripe:refunded_charge'],
    ['charge.dispute.funds_withdrawn', 'dispute', 'stripe:dispute'],
    ['credit_note.voided', 'credit_note', 'stripe:credit_note'],
    ['payout.reconciliation_completed', 'payout', 'stripe:payout'],
  ])('%s', (type, objectType, kind) => {
    expect(dirtyObject(event({ type, objectType, objectId: 'x_1' }))).toEqual({ kind, id: 'x_1', invoiceId: null });
  });
});

describe('dirtyObject of customers', () => {
  test.each([
    ['stripe', 'customer.deleted', 'stripe:customer'],
    ['quickbooks', 'qbo.customer.deleted.v1', 'quickbooks:customer'],
    ['quickbooks', 'qbo.customer.merged.v1', 'quickbooks:merged_customer'],
    ['quickbooks', 'qbo.customer.merge', 'quickbooks:merged_customer'],
  ] as const)('%s: %s', (provider, type, kind) => {
    expect(dirtyObject(event({ provider, type, objectType: 'customer', objectId: '7' }))).toEqual({ kind, id: '7', invoiceId: null });
  });

  test('of one that stays, a change to what Salesforce owns counts, unless it was ours', () => {
    const changed = (previous: object, part: Partial<VerifiedEvent> = {}) =>
      dirtyObject(
        event({
          ...{ type: 'customer.updated', objectType: 'customer', objectId: '7' },
          ...{ body: JSON.stringify({ data: { previous_attributes: previous } }), ...part },
        }),
      );
    expect(changed({ phone: '1' })).toEqual({ kind: 'stripe:customer', id: '7', invoiceId: null });
    expect([changed({ balance: 0 }), changed({ phone: '1' }, { ownWrite: true })]).toEqual([null, null]);
    const inQuickbooks = event({ provider: 'quickbooks', type: 'qbo.customer.updated.v1', objectType: 'customer', objectId: '7' });
    expect(dirtyObject(inQuickbooks)).toEqual({ kind: 'quickbooks:customer', id: '7', invoiceId: null });
    expect(dirtyObject({ ...inQuickbooks, type: 'qbo.customer.created.v1' })).toBeNull();
  });
});

test('a product counts when it is deleted, archived or restored, not when it is renamed or made', () => {
  const changed = (type: string, previous: object) =>
    dirtyObject(event({ type, objectType: 'product', objectId: 'p_1', body: JSON.stringify({ data: { previous_attributes: previous } }) }));
  expect(changed('product.deleted', {})).toEqual({ kind: 'stripe:product', id: 'p_1', invoiceId: null });
  expect(changed('product.updated', { active: true, updated: 1 })).toEqual({ kind: 'stripe:product', id: 'p_1', invoiceId: null });
  expect([changed('product.updated', { name: 'A' }), changed('product.created', {})]).toEqual([null, null]);
});

describe('what an event makes dirty', () => {
  test.each([
    [event(), 'stripe:invoice'],
    [event({ type: 'charge.failed', objectType: 'charge', objectId: 'ch_1' }), 'stripe:charge'],
    [event({ provider: 'quickbooks', type: 'qbo.payment.created.v1', objectType: 'payment', objectId: '7' }), 'quickbooks:payment'],
  ])('%#', (given, kind) => expect(dirtyObject(given)?.kind).toBe(kind));

  test.each([
    ['an unknown type', event({ type: 'radar.early_fraud_warning.created', objectType: 'radar.early_fraud_warning' })],
    ["a draft's birth", event({ type: 'invoice.created' })],
    ["a companion of the invoice's own event", event({ type: 'charge.succeeded', objectType: 'charge', objectId: 'ch_1' })],
    ['an event without an object', event({ objectId: '' })],
  ])('%s is kept and not applied', (_title, given) => expect(dirtyObject(given)).toBeNull());
});
