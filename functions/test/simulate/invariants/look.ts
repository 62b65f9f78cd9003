import { type Row, type Simulation, books, invoicesOf, rows } from '../simulation.ts';

/** An invoice with all that the three systems hold of it. */
export interface Held {
  invoice: Row;
  /** Named for people. */
  called: string;
  stripe: Row[];
  ledger: Row[];
  /** Somebody is told that the three differ: not only that a refund failed or the like. */
  listed: boolean;
}

const PLACES: Record<string, number> = { JPY: 0, KWD: 3 };

/** A decimal of Salesforce or QuickBooks in minor units. */
export const minor = (amount: unknown, currency: unknown): number =>
  Math.round(Number(amount ?? 0) * 10 ** (PLACES[String(currency)] ?? 2));

export const isVoided = (document: Row): boolean => /^Voided/.test(String(document['PrivateNote'] ?? ''));

/** The Salesforce invoice whose mark a QuickBooks document carries. */
export const markOf = (document: Row): string | null => /Trueup invoice (\w+)/.exec(String(document['PrivateNote'] ?? ''))?.[1] ?? null;
/** What another entry of ours is for: a row of Stripe's balance, a credit note, a dispute, the fees of a day. */
export const entryMarkOf = (document: Row): string | null => /Trueup entry (\S+):/.exec(String(document['PrivateNote'] ?? ''))?.[1] ?? null;
export const stripeMarkOf = (document: Row): string | null =>
  /Stripe payment (\w+)/.exec(String(document['PrivateNote'] ?? ''))?.[1] ?? null;

export const stripeInvoices = ({ stripe }: Simulation): Row[] => stripe.db.invoices.all() as Row[];
export const invoiceIdOf = (invoice: Row): string | null => (invoice['metadata'] as Row)['salesforce_invoice_id'] ?? null;

const UNBOOKED = /\.(account-missing|books-closed|not-booked|taken-off)$/;
/** Issues under the invoice's own key say that the three differ, and those that something is not booked; others only ask for a deed. */
const differs = (invoiceId: string, key: string): boolean => key.startsWith(`${invoiceId}.`) || UNBOOKED.test(key);

/** Whether a person is told that this very row, object or note of Stripe's is not booked, or was taken out of the books. */
export function unbookedIsTold(simulation: Simulation): (...ids: (string | null)[]) => boolean {
  const keys = rows(simulation, `SELECT Issue_Key__c FROM Trueup_Sync_Issue__c WHERE Status__c = 'Open'`).map((row) =>
    String(row['Issue_Key__c']),
  );
  return (...ids) => ids.some((id) => id && keys.some((key) => key.startsWith(`${id}.`) && UNBOOKED.test(key)));
}

const looked = new WeakMap<Simulation, Held[]>();

/** Every invoice of Salesforce; looked at once, when the checks begin. */
export function heldInvoices(simulation: Simulation): Held[] {
  const known = looked.get(simulation);
  if (known) return known;
  const issues = Map.groupBy(
    rows(simulation, `SELECT Invoice__c, Issue_Key__c FROM Trueup_Sync_Issue__c WHERE Status__c = 'Open'`),
    (row) => String(row['Invoice__c']),
  );
  const inStripe = stripeInvoices(simulation);
  const inBooks = books(simulation, 'Invoice');
  const held = invoicesOf(simulation).map((invoice): Held => {
    const id = String(invoice['Id']);
    const open = issues.get(id) ?? [];
    const stuck = invoice['Status__c'] === 'Needs Attention';
    return {
      invoice,
      called: `${String(invoice['Number__c'] ?? 'no number')} (${id}, ${String(invoice['Status__c'])})`,
      stripe: inStripe.filter((each) => invoiceIdOf(each) === id),
      ledger: inBooks.filter((each) => markOf(each) === id),
      listed:
        stuck || open.some((issue) => differs(id, String(issue['Issue_Key__c']))) || (Boolean(invoice['Problem__c']) && open.length === 0),
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
