import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HeldDocument, type Holdings, type OwnInvoice, type Standing, reconcile, tallyAgrees } from './reconcile.ts';

const invoice = fc
  .record({
    month: fc.constantFrom('2026-10', '2026-11'),
    currency: fc.constantFrom('USD', 'EUR'),
    standing: fc.constantFrom<Standing>('open', 'settled', 'void'),
    total: fc.integer({ min: 1, max: 1_000_000 }),
    underWay: fc.boolean(),
  })
  .map((part) => ({ ...part, due: part.standing === 'open' ? part.total : 0 }));

/** The same invoices in all three systems; the mark is left out where the id alone tells. */
function agreeing(parts: (Omit<HeldDocument, 'id' | 'invoiceId' | 'number'> & { underWay: boolean })[]): Holdings {
  const salesforce = parts.map((part, n): OwnInvoice => ({
    ...part,
    id: `sf${n}`,
    invoiceId: `sf${n}`,
    number: `RR-${n}`,
    copies: { stripe: `in_${n}`, quickbooks: `${n}` },
  }));
  const copy = (holder: 'stripe' | 'quickbooks') =>
    salesforce.map(({ id, invoiceId, number, month, currency, standing, total, due, copies }, n): HeldDocument => ({
      id: copies[holder] ?? id,
      invoiceId: n % 2 === 0 ? invoiceId : null,
      number,
      month,
      currency,
      standing,
      total: standing === 'void' && holder === 'quickbooks' ? 0 : total,
      due,
    }));
  return { salesforce, stripe: copy('stripe'), quickbooks: copy('quickbooks') };
}
const holdings = fc.array(invoice, { minLength: 1, maxLength: 20 }).map(agreeing);
const holder = fc.constantFrom('stripe' as const, 'quickbooks' as const);
const anyOf = (held: Holdings, drawn: number): number => drawn % held.salesforce.length;

/** What can become of a copy, and what it is then called. */
const SPOILED: Record<string, (document: HeldDocument) => HeldDocument[]> = {
  missing: () => [],
  differs: (document) => [{ ...document, total: document.total + 1, due: document.due + 1, standing: 'open' }],
  twice: (document) => [
    document,
    { ...document, id: `${document.id}-again`, invoiceId: `sf${/\d+/.exec(document.id)?.[0]}`, standing: 'open' },
  ],
};

describe('reconcile', () => {
  test('what is the same everywhere gives no difference, in counts, sums and records', () => {
    fc.assert(
      fc.property(holdings, (held) => {
        const { tallies, disagreements, underWay } = reconcile(held);
        expect(disagreements).toEqual([]);
        expect(tallies.every(tallyAgrees)).toBe(true);
        expect(tallies.reduce((all, { of }) => all + of.salesforce.count, 0)).toBe(held.salesforce.length - underWay);
      }),
    );
  });

  test.each(Object.keys(SPOILED))('a copy that is %s is named, and nothing else is; the counts or sums show it', (what) => {
    fc.assert(
      fc.property(holdings, holder, fc.nat(), (held, where, drawn) => {
        const at = anyOf(held, drawn);
        const spoiled = {
          ...held,
          [where]: held[where].flatMap((document, n) => (n === at ? (SPOILED[what]?.(document) ?? []) : [document])),
        };
        const { tallies, disagreements } = reconcile(spoiled);
        const expected = held.salesforce[at]?.underWay ? [] : [{ invoiceId: `sf${at}`, holder: where, what }];
        expect(disagreements.map(({ invoiceId, holder: by, what: is }) => ({ invoiceId, holder: by, what: is }))).toEqual(expected);
        expect(tallies.every(tallyAgrees)).toBe(expected.length === 0);
      }),
    );
  });

  test('our documents that Salesforce does not have are named; foreign and taken back ones are not', () => {
    fc.assert(
      fc.property(holdings, holder, fc.constantFrom<Standing>('open', 'settled', 'void'), (held, where, standing) => {
        const stray: HeldDocument = { ...(held.stripe[0] as HeldDocument), id: 'x1', invoiceId: 'sf-gone', standing };
        const foreign: HeldDocument = { ...stray, id: 'x2', invoiceId: null, standing: 'open' };
        const { disagreements } = reconcile({ ...held, [where]: [...held[where], stray, foreign] });
        expect(disagreements.map(({ what, document }) => [what, document?.id])).toEqual(standing === 'void' ? [] : [['orphan', 'x1']]);
      }),
    );
  });

  test('a cheque for a part is due in Stripe still, and no difference; where the books do not say so, it is one', () => {
    const part = { month: '2026-11', currency: 'USD', standing: 'open' as const, total: 100, due: 60, underWay: false };
    const held = agreeing([part]);
    const inStripe = held.stripe.map((document) => ({ ...document, due: 100 }));
    const { disagreements, tallies } = reconcile({ ...held, stripe: inStripe });
    expect(disagreements).toEqual([]);
    expect(tallies).toMatchObject([{ byCheque: 40, of: { stripe: { due: 60 } } }]);
    const unbooked = held.quickbooks.map((document) => ({ ...document, due: 100 }));
    expect(reconcile({ ...held, stripe: inStripe, quickbooks: unbooked }).disagreements).toHaveLength(2);
    expect(reconcile({ ...held, stripe: held.stripe.map((document) => ({ ...document, due: 50 })) }).disagreements).toHaveLength(1);
  });
});
