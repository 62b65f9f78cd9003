import { type Simulation, books } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { creditOf } from './books.ts';
import { type Held, entryMarkOf, heldInvoices, isIssued, isVoided, minor } from './look.ts';
import { movedMoney } from './stripe-rows.ts';

/** An invoice nobody is told about is the same in all three systems, to the minor unit. */
export const amounts: Invariant = {
  name: 'amounts are equal',
  check: (simulation) =>
    heldInvoices(simulation)
      .filter((held) => isIssued(held) && !held.listed)
      .flatMap(differences),
};

/** A problem that is shown has a reason: where all three agree, nobody is told anything. */
export const noFalseAlarm: Invariant = {
  name: 'no problem is shown where all agree',
  check: (simulation) =>
    heldInvoices(simulation)
      .filter((held) => isIssued(held) && held.listed && held.ledger.length === 1 && differences(held).length === 0)
      .filter((held) => !hasUnbooked(simulation, held))
      .map(({ called, invoice }) => `${called}: ${String(invoice['Problem__c'] ?? 'an open sync issue')}`),
};

/** Its money moved in Stripe, or it was credited there, and that is not in QuickBooks, though what is open may be the same. */
function hasUnbooked(simulation: Simulation, { stripe }: Held): boolean {
  const isIts = (invoiceId: string) => stripe.some(({ id }) => id === invoiceId);
  const memos = new Set(books(simulation, 'CreditMemo').flatMap((memo) => (isVoided(memo) ? [] : (entryMarkOf(memo) ?? []))));
  return (
    movedMoney(simulation).some(({ entries, needed, invoices }) => needed && entries.length === 0 && invoices.some(isIts)) ||
    simulation.stripe.db.creditNotes
      .all()
      .some((note) => note.status === 'issued' && isIts(note.invoice) && creditOf(note) > 0 && !memos.has(note.id))
  );
}

function differences({ called, invoice, stripe: [stripe], ledger: [ledger] }: Held): string[] {
  const currency = invoice['Currency_Code__c'];
  const voided = invoice['Status__c'] === 'Void';
  const found: string[] = [];
  const equal = (what: string, ours: unknown, theirs: unknown, system: string) => {
    if (ours !== theirs) found.push(`${called}: ${what} is ${String(ours)} in Salesforce, ${String(theirs)} in ${system}`);
  };
  if (stripe) {
    equal('number', invoice['Number__c'], stripe['number'], 'Stripe');
    equal('being void', voided, stripe['status'] === 'void', 'Stripe');
    if (!voided) {
      equal('total', minor(invoice['Total__c'], currency), stripe['total'], 'Stripe');
      // A cheque for a part is not told to Stripe, so only the end of the debt must be the same there.
      equal('being paid', Number(invoice['Amount_Due__c']) === 0, stripe['status'] === 'paid', 'Stripe');
    }
  } else found.push(`${called} is not in Stripe`);
  if (ledger) {
    equal('being void', voided, isVoided(ledger), 'QuickBooks');
    if (!voided) {
      equal('number', invoice['Number__c'], ledger['DocNumber'], 'QuickBooks');
      equal('date', invoice['Invoice_Date__c'], ledger['TxnDate'], 'QuickBooks');
      equal('total', minor(invoice['Total__c'], currency), minor(ledger['TotalAmt'], currency), 'QuickBooks');
      equal('amount due', minor(invoice['Amount_Due__c'], currency), minor(ledger['Balance'], currency), 'QuickBooks');
    }
  }
  return found;
}
