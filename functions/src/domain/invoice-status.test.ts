import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvoiceStatus } from './invoice.ts';
import { assertMayBecome, freesQuantity, isIssued, mayBecome, statusOf } from './invoice-status.ts';
import { assertInvoiceFields, assertMayWrite, OWNERSHIP, type Fact } from './ownership.ts';

const ALL: InvoiceStatus[] = [
  'Queued',
  'Issuing',
  'Open',
  'Partially Paid',
  'Paid',
  'Voiding',
  'Void',
  'Uncollectible',
  'Needs Attention',
  'Rejected',
];
const status = fc.constantFrom(...ALL);

describe('the steps an invoice may take', () => {
  test('nothing comes after Void or Rejected', () => {
    fc.assert(fc.property(status, (next) => next === 'Void' || !mayBecome('Void', next)));
    fc.assert(fc.property(status, (next) => next === 'Rejected' || !mayBecome('Rejected', next)));
  });

  test('what was issued is never queued again, and a paid invoice is never voided', () => {
    fc.assert(
      fc.property(
        status.filter(isIssued),
        (from) => !mayBecome(from, 'Queued') && !mayBecome(from, 'Issuing') && !mayBecome(from, 'Rejected'),
      ),
    );
    expect(mayBecome('Paid', 'Void')).toBe(false);
    expect(() => assertMayBecome('Paid', 'Voiding')).toThrow('An invoice cannot go from Paid to Voiding.');
  });

  test('a bounced payment reopens', () => {
    expect(mayBecome('Paid', 'Open') && mayBecome('Paid', 'Partially Paid')).toBe(true);
  });

  test('only void and rejected invoices give their quantities back', () => {
    expect(ALL.filter(freesQuantity)).toEqual(['Void', 'Rejected']);
  });
});

describe('the status by allocations', () => {
  const standing = fc.record({ total: fc.nat(1_000_000), settled: fc.nat(1_000_000), voided: fc.boolean(), uncollectible: fc.boolean() });

  test('is paid exactly when everything is settled', () => {
    fc.assert(fc.property(standing, (each) => (statusOf(each) === 'Paid') === (!each.voided && each.settled >= each.total)));
  });

  test('does not depend on the order in which payments became known', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { maxLength: 6 }), fc.nat(5_000), (payments, total) => {
        const settled = (list: number[]) => list.reduce((all, each) => all + each, 0);
        const of = (list: number[]) => statusOf({ total, settled: settled(list), voided: false, uncollectible: false });
        expect(of([...payments].reverse())).toBe(of(payments));
      }),
    );
  });
});

describe('who owns which fact', () => {
  test('nobody writes into the system that owns the fact', () => {
    for (const [fact, owner] of Object.entries(OWNERSHIP)) {
      for (const system of ['salesforce', 'stripe', 'quickbooks'] as const) {
        const write = () => assertMayWrite(system, [fact as Fact]);
        if (owner === system) expect(write, `${fact} into ${system}`).toThrow(/owns/);
        else expect(write, `${fact} into ${system}`).not.toThrow();
      }
    }
  });

  test('a write-back may not touch what Salesforce owns, nor a field without an owner', () => {
    expect(() => assertInvoiceFields(['status', 'number', 'stripeAsOf', 'lineTaxes'])).not.toThrow();
    for (const field of ['invoiceDate', 'lines', 'accountId', 'memo'])
      expect(() => assertInvoiceFields([field])).toThrow(/salesforce owns/);
    expect(() => assertInvoiceFields(['surprise'])).toThrow(/no owner/);
  });
});
