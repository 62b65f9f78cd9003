import { type Row, type Simulation, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { heldInvoices, minor } from './look.ts';
import { isReturn } from './accounts.ts';

type Shown = 'Trueup_Refund__c' | 'Trueup_Dispute__c' | 'Trueup_Credit_Memo__c' | 'Trueup_Payout__c';

const ID: Record<Shown, string> = {
  Trueup_Refund__c: 'Stripe_Refund_Id__c',
  Trueup_Dispute__c: 'Stripe_Dispute_Id__c',
  Trueup_Credit_Memo__c: 'Stripe_Credit_Note_Id__c',
  Trueup_Payout__c: 'Stripe_Payout_Id__c',
};

const STATUS: Record<string, string> = {
  pending: 'Pending',
  requires_action: 'Requires Action',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
  in_transit: 'In Transit',
  paid: 'Paid',
  needs_response: 'Needs Response',
  under_review: 'Under Review',
  warning_needs_response: 'Inquiry',
  warning_under_review: 'Inquiry',
  warning_closed: 'Inquiry Closed',
  won: 'Won',
  lost: 'Lost',
};

/** What Salesforce has to show of Stripe's money. */
interface Held {
  id: string;
  currency: string;
  amount: number;
  status: string;
}

/** Refunds, disputes, credits and payouts are in Salesforce once, as they are in Stripe. */
export const shown: Invariant = {
  name: 'Salesforce shows what became of the money',
  check(simulation) {
    const { db } = simulation.stripe;
    const ours = new Map(heldInvoices(simulation).flatMap((held) => held.stripe.map((each) => [String(each['id']), held])));
    const invoiceOf = (paymentId: string) => db.invoicePayments.where({ payment_intent: paymentId })[0]?.invoice ?? '';
    const followed = (stripeInvoiceId: string) => {
      const status = ours.get(stripeInvoiceId)?.invoice['Status__c'];
      return status !== undefined && status !== 'Void' && status !== 'Rejected';
    };
    return [
      ...compareWith(
        simulation,
        'Trueup_Refund__c',
        db.refunds.all().filter((refund) => followed(invoiceOf(refund.payment_intent))),
      ),
      ...compareWith(
        simulation,
        'Trueup_Dispute__c',
        // An inquiry moves no money, so nothing but its webhook tells of it.
        db.disputes.all().filter((dispute) => followed(invoiceOf(dispute.payment_intent)) && dispute.balance_transactions.length > 0),
      ),
      ...compareWith(
        simulation,
        'Trueup_Credit_Memo__c',
        db.creditNotes.all().flatMap((note) => {
          const amount = note.amount - note.refunds.reduce((sum, each) => sum + each.amount_refunded, 0);
          const status = note.status === 'void' ? 'Void' : amount > note.pre_payment_amount ? 'Open' : 'Applied';
          return followed(note.invoice) && amount > 0 ? [{ ...note, amount, status }] : [];
        }),
      ),
      ...compareWith(simulation, 'Trueup_Payout__c', db.payouts.all()),
      ...returned(simulation),
    ];
  },
};

function compareWith(simulation: Simulation, object: Shown, wanted: readonly Held[]): string[] {
  const field = ID[object];
  const found = Map.groupBy(rows(simulation, `SELECT ${field}, Status__c, Amount__c FROM ${object}`), (row) => String(row[field]));
  return wanted.flatMap(({ id, currency, amount, status }) => {
    const [row, ...more] = found.get(id) ?? [];
    if (!row) return [`Salesforce does not show ${id} (${status})`];
    if (more.length > 0) return [`Salesforce shows ${id} ${more.length + 1} times`];
    const said = STATUS[status] ?? status;
    const shownAmount = minor(row['Amount__c'], currency.toUpperCase());
    return [
      ...(row['Status__c'] === said ? [] : [`${id} is ${said} in Stripe, ${String(row['Status__c'])} in Salesforce`]),
      ...(shownAmount === amount ? [] : [`${id} is ${amount} in Stripe, ${shownAmount} in Salesforce`]),
    ];
  });
}

/** A debit that the bank returned no longer counts against its invoice. */
function returned(simulation: Simulation): string[] {
  const counted = rows(simulation, 'SELECT Effective_Amount__c, Payment__r.Stripe_Payment_Id__c FROM Trueup_Allocation__c');
  return simulation.stripe.db.disputes
    .all()
    .filter(({ id, status }) => isReturn(simulation, id) && status === 'lost')
    .flatMap(({ payment_intent: paymentId }) =>
      counted
        .filter(
          (row) => (row['Payment__r'] as Row | null)?.['Stripe_Payment_Id__c'] === paymentId && Number(row['Effective_Amount__c']) !== 0,
        )
        .map((row) => `${paymentId} was returned, and still counts ${String(row['Effective_Amount__c'])}`),
    );
}
