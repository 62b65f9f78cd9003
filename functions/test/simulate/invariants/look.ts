import { type Row, type Simulation, books, invoicesOf, rows } from '../simulation.ts';

/** An invoice with all that the three systems hold of it. */
export interface Held {
  invoice: Row;
  /** Named for people. */
  called: string;
  stripe: Row[];
  ledger: Row[];
  /** Somebody is told: a problem on the invoice, an open sync issue, or "Needs Attention". */
  listed: boolean;
}

const PLACES: Record<string, number> = { JPY: 0, KWD: 3 };

/** A decimal of Salesforce or QuickBooks in minor units. */
export const minor = (amount: unknown, currency: unknown): number =>
  Math.round(Number(amount ?? 0) * 10 ** (PLACES[String(currency)] ?? 2));

export const isVoided = (document: Row): boolean => /^Voided/.test(String(document['PrivateNote'] ?? ''));

/** The Salesforce invoice whose mark a QuickBooks document carries. */
export const markOf = (document: Row): string | null => /Trueup invoice (\w+)/.exec(String(document['PrivateNote'] ?? ''))?.[1] ?? null;
export const stripeMarkOf = (document: Row): string | null =>
  /Stripe payment (\w+)/.exec(String(document['PrivateNote'] ?? ''))?.[1] ?? null;

export const stripeInvoices = ({ stripe }: Simulation): Row[] => stripe.db.invoices.all() as Row[];
export const invoiceIdOf = (invoice: Row): string | null => (invoice['metadata'] as Row)['salesforce_invoice_id'] ?? null;

const looked = new WeakMap<Simulation, Held[]>();

/** Every invoice of Salesforce; looked at once, when the checks begin. */
export function heldInvoices(simulation: Simulation): Held[] {
  const known = looked.get(simulation);
  if (known) return known;
  const issues = new Set(
    rows(simulation, `SELECT Invoice__c FROM Trueup_Sync_Issue__c WHERE Status__c = 'Open'`).map((row) => String(row['Invoice__c'])),
  );
  const inStripe = stripeInvoices(simulation);
  const inBooks = books(simulation, 'Invoice');
  const held = invoicesOf(simulation).map((invoice): Held => {
    const id = String(invoice['Id']);
    return {
      invoice,
      called: `${String(invoice['Number__c'] ?? 'no number')} (${id}, ${String(invoice['Status__c'])})`,
      stripe: inStripe.filter((each) => invoiceIdOf(each) === id),
      ledger: inBooks.filter((each) => markOf(each) === id),
      listed: Boolean(invoice['Problem__c']) || invoice['Status__c'] === 'Needs Attention' || issues.has(id),
    };
  });
  looked.set(simulation, held);
  return held;
}

const ISSUED = new Set(['Open', 'Partially Paid', 'Paid', 'Uncollectible', 'Void']);
export const isIssued = ({ invoice }: Held): boolean => ISSUED.has(String(invoice['Status__c']));

/** The Stripe payments that took money for an invoice, refunded or not. */
export function paymentsTaken(simulation: Simulation, stripeInvoiceId: string): { id: string; amount: number }[] {
  const { db } = simulation.stripe;
  return db.invoicePayments.where({ invoice: stripeInvoiceId }).flatMap((part) => {
    const intent = db.intents.get(part.payment_intent ?? '');
    return intent?.status === 'succeeded' ? [{ id: intent.id, amount: part.amount_paid ?? intent.amount_received }] : [];
  });
}
