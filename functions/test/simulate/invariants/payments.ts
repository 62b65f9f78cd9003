import { type Row, type Simulation, books, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { isReturn } from './accounts.ts';
import { type Held, entryMarkOf, heldInvoices, isVoided, minor, paymentsTaken, stripeMarkOf } from './look.ts';

/** Money is taken once, booked once and shown once. */
export const payments: Invariant = {
  name: 'one booking per payment',
  check(simulation) {
    const inBooks = books(simulation, 'Payment');
    const shown = rows(
      simulation,
      `SELECT Effective_Amount__c, Invoice__c, Payment__r.Stripe_Payment_Id__c, Payment__r.QuickBooks_Payment_Id__c, Payment__r.Source_System__c, Payment__r.Status__c
       FROM Trueup_Allocation__c WHERE Kind__c = 'Payment'`,
    );
    return heldInvoices(simulation).flatMap((held) => [
      ...ofStripe(simulation, held, inBooks, shown),
      ...ofQuickbooks(held, inBooks, shown),
    ]);
  },
};

function ofStripe(simulation: Simulation, held: Held, inBooks: Row[], shown: Row[]): string[] {
  const { called, invoice, stripe, listed } = held;
  const currency = invoice['Currency_Code__c'];
  const found: string[] = [];
  const taken = stripe.flatMap((each) => paymentsTaken(simulation, String(each['id'])));
  const sum = taken.reduce((all, { amount }) => all + amount, 0);
  if (sum > minor(invoice['Total__c'], currency))
    found.push(`${called}: the customer was charged ${sum} for ${String(invoice['Total__c'])}`);
  for (const { id, amount } of taken) {
    const bookings = inBooks.filter((each) => stripeMarkOf(each) === id && !isVoided(each));
    if (bookings.length > 1) found.push(`${called}: ${id} is booked ${bookings.length} times`);
    if (bookings.length === 0 && !listed) found.push(`${called}: ${id} is not booked and nobody is told`);
    for (const booking of bookings)
      if (minor(booking['TotalAmt'], currency) !== amount)
        found.push(`${called}: ${id} took ${amount}, booked are ${String(booking['TotalAmt'])}`);
    const rowsOf = shown.filter((row) => (row['Payment__r'] as Row)['Stripe_Payment_Id__c'] === id);
    if (rowsOf.length !== 1) found.push(`${called}: Salesforce shows ${id} ${rowsOf.length} times`);
    else if (minor(rowsOf[0]?.['Effective_Amount__c'], currency) !== (wasReturned(simulation, id) ? 0 : amount))
      found.push(`${called}: ${id} took ${amount}, Salesforce counts ${String(rowsOf[0]?.['Effective_Amount__c'])}`);
  }
  return found;
}

const wasReturned = (simulation: Simulation, paymentId: string): boolean =>
  simulation.stripe.db.disputes
    .where({ payment_intent: paymentId })
    .some(({ id, status }) => isReturn(simulation, id) && status !== 'won' && !status.startsWith('warning'));

function ofQuickbooks({ called, invoice, ledger, listed }: Held, inBooks: Row[], shown: Row[]): string[] {
  const currency = invoice['Currency_Code__c'];
  const ids = new Set(ledger.map((each) => String(each['Id'])));
  const found: string[] = [];
  const counted = shown.filter(
    (row) => row['Invoice__c'] === invoice['Id'] && (row['Payment__r'] as Row)['Source_System__c'] === 'QuickBooks',
  );
  const applied = new Map<string, number>();
  for (const payment of inBooks) {
    if (stripeMarkOf(payment) !== null || entryMarkOf(payment) !== null) continue;
    const amount = ((payment['Line'] ?? []) as Row[])
      .filter((line) => ((line['LinkedTxn'] ?? []) as Row[]).some((link) => ids.has(String(link['TxnId']))))
      .reduce((sum, line) => sum + minor(line['Amount'], currency), 0);
    if (amount > 0) applied.set(String(payment['Id']), amount);
  }
  for (const [id, amount] of applied) {
    const rowsOf = counted.filter((row) => (row['Payment__r'] as Row)['QuickBooks_Payment_Id__c'] === id);
    if (rowsOf.length > 1) found.push(`${called}: Salesforce shows QuickBooks' payment ${id} ${rowsOf.length} times`);
    const shownAmount = minor(rowsOf[0]?.['Effective_Amount__c'], currency);
    if (shownAmount !== amount && !listed)
      found.push(`${called}: QuickBooks' payment ${id} is ${amount} there, ${shownAmount} in Salesforce, and nobody is told`);
  }
  for (const row of counted) {
    const id = String((row['Payment__r'] as Row)['QuickBooks_Payment_Id__c']);
    if (!applied.has(id) && Number(row['Effective_Amount__c']) !== 0 && !listed)
      found.push(`${called}: Salesforce counts QuickBooks' payment ${id}, which is not there any more`);
  }
  return found;
}
