import { sum } from './money.ts';

export type Holder = 'salesforce' | 'stripe' | 'quickbooks';
export const HOLDERS = ['salesforce', 'stripe', 'quickbooks'] as const satisfies readonly Holder[];

/** What all three systems can say of an invoice. */
export type Standing = 'open' | 'settled' | 'void';

/** An invoice as one system holds it. Amounts: minor units; those of a void one count as nothing. */
export interface HeldDocument {
  id: string;
  /** Salesforce invoice id: its own, or the one our mark names; null where there is no mark. */
  invoiceId: string | null;
  number: string | null;
  /** `YYYY-MM` of its date. */
  month: string;
  currency: string;
  standing: Standing;
  total: number;
  due: number;
}

/** Salesforce's own, with the ids it knows of the other two. */
export interface OwnInvoice extends HeldDocument {
  invoiceId: string;
  /** Being issued or voided, or with a person already: its copies are not judged. */
  underWay: boolean;
  copies: { stripe: string | null; quickbooks: string | null };
}

export interface Holdings {
  salesforce: OwnInvoice[];
  stripe: HeldDocument[];
  quickbooks: HeldDocument[];
}

/** Counts and sums of one month, currency and standing. */
export interface Tally {
  month: string;
  currency: string;
  standing: Standing;
  of: Record<Holder, { count: number; total: number; due: number }>;
  /** What is due in Stripe besides, since QuickBooks had it paid in part. */
  byCheque: number;
}

/** A record on which the systems do not agree. */
export interface Disagreement {
  invoiceId: string;
  /** Null: Salesforce has no such invoice. */
  invoice: OwnInvoice | null;
  holder: 'stripe' | 'quickbooks';
  what: 'missing' | 'twice' | 'orphan' | 'differs';
  document: HeldDocument | null;
}

export interface Reconciliation {
  tallies: Tally[];
  disagreements: Disagreement[];
  /** Invoices that were left out. */
  underWay: number;
}

/** Compares what the three systems hold, record by record, and counts it. Documents without our mark are not ours. */
export function reconcile(holdings: Holdings): Reconciliation {
  const counted = holdings.salesforce.filter((invoice) => !invoice.underWay);
  const skipped = new Set(holdings.salesforce.filter((invoice) => invoice.underWay).map(({ invoiceId }) => invoiceId));
  const known = new Map(counted.map((invoice) => [invoice.invoiceId, invoice]));
  const inBooks = ofInvoices(holdings, 'quickbooks');
  const copies = { stripe: lessCheques(ofInvoices(holdings, 'stripe'), known, inBooks), quickbooks: inBooks };
  const disagreements = (['stripe', 'quickbooks'] as const).flatMap((holder) => [
    ...counted.flatMap((invoice) => judge(invoice, holder, copies[holder].get(invoice.invoiceId) ?? [])),
    ...[...copies[holder]].flatMap(([invoiceId, documents]) =>
      known.has(invoiceId) || skipped.has(invoiceId) ? [] : orphans(invoiceId, holder, documents),
    ),
  ]);
  const ours = (holder: 'stripe' | 'quickbooks') =>
    // A copy that was taken back before it was issued is void, and Salesforce does not count it.
    [...copies[holder]].flatMap(([invoiceId, documents]) =>
      skipped.has(invoiceId) ? [] : documents.filter((document) => known.has(invoiceId) || document.standing !== 'void'),
    );
  return {
    tallies: tallyUp({ salesforce: counted, stripe: ours('stripe'), quickbooks: ours('quickbooks') }),
    disagreements,
    underWay: skipped.size,
  };
}

/** A holder's documents by the invoice they are copies of: the one that names them, else the one their mark names. */
function ofInvoices({ salesforce, ...held }: Holdings, holder: 'stripe' | 'quickbooks'): Map<string, HeldDocument[]> {
  const named = new Map(salesforce.map((invoice) => [invoice.copies[holder], invoice.invoiceId]));
  const copies = new Map<string, HeldDocument[]>();
  for (const document of held[holder]) {
    const invoiceId = named.get(document.id) ?? document.invoiceId;
    if (invoiceId !== null) copies.set(invoiceId, [...(copies.get(invoiceId) ?? []), document]);
  }
  return copies;
}

/** Stripe is told of cheques once they pay the whole rest; until then it asks for more than is due, and the books say why. */
function lessCheques(
  inStripe: Map<string, HeldDocument[]>,
  known: Map<string, OwnInvoice>,
  inBooks: Map<string, HeldDocument[]>,
): Map<string, Counted[]> {
  return new Map(
    [...inStripe].map(([invoiceId, documents]) => {
      const invoice = known.get(invoiceId);
      const booked = inBooks.get(invoiceId)?.find(({ id }) => id === invoice?.copies.quickbooks);
      if (!invoice || invoice.standing !== 'open' || booked?.standing !== 'open' || booked.due !== invoice.due)
        return [invoiceId, documents];
      const less = (document: HeldDocument) =>
        document.standing === 'open' && document.due > invoice.due
          ? { ...document, due: invoice.due, byCheque: document.due - invoice.due }
          : document;
      return [invoiceId, documents.map(less)];
    }),
  );
}

function judge(invoice: OwnInvoice, holder: 'stripe' | 'quickbooks', documents: HeldDocument[]): Disagreement[] {
  const { invoiceId } = invoice;
  const own = documents.find(({ id }) => id === invoice.copies[holder]) ?? documents.find(({ standing }) => standing !== 'void');
  if (!own) return [{ invoiceId, invoice, holder, what: 'missing', document: null }];
  const others = documents.filter((document) => document !== own && document.standing !== 'void');
  return [
    ...(isEqual(invoice, own) ? [] : [{ invoiceId, invoice, holder, what: 'differs' as const, document: own }]),
    ...others.map((document) => ({ invoiceId, invoice, holder, what: 'twice' as const, document })),
  ];
}

const orphans = (invoiceId: string, holder: 'stripe' | 'quickbooks', documents: HeldDocument[]): Disagreement[] =>
  documents
    .filter(({ standing }) => standing !== 'void')
    .map((document) => ({ invoiceId, invoice: null, holder, what: 'orphan', document }));

const isEqual = (one: HeldDocument, other: HeldDocument): boolean =>
  one.standing === other.standing &&
  one.month === other.month &&
  one.currency === other.currency &&
  (one.standing === 'void' || (one.total === other.total && one.due === other.due));

type Counted = HeldDocument & { byCheque?: number };

function tallyUp(held: Record<Holder, Counted[]>): Tally[] {
  const cells = new Map<string, Record<Holder, Counted[]>>();
  for (const holder of HOLDERS)
    for (const document of held[holder]) {
      const key = [document.month, document.currency, document.standing].join(' ');
      const cell = cells.get(key) ?? { salesforce: [], stripe: [], quickbooks: [] };
      cell[holder].push(document);
      cells.set(key, cell);
    }
  return [...cells]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, cell]) => {
      const [month = '', currency = '', standing] = key.split(' ');
      const add = (documents: HeldDocument[]) => ({
        count: documents.length,
        total: standing === 'void' ? 0 : sum(documents.map(({ total }) => total)),
        due: standing === 'void' ? 0 : sum(documents.map(({ due }) => due)),
      });
      const of = { salesforce: add(cell.salesforce), stripe: add(cell.stripe), quickbooks: add(cell.quickbooks) };
      const byCheque = sum(cell.stripe.map((document) => document.byCheque ?? 0));
      return { month, currency, standing: standing as Standing, of, byCheque };
    });
}

export const tallyAgrees = ({ of }: Tally): boolean =>
  (['stripe', 'quickbooks'] as const).every(
    (holder) =>
      of[holder].count === of.salesforce.count && of[holder].total === of.salesforce.total && of[holder].due === of.salesforce.due,
  );
