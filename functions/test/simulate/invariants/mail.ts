import { type Simulation, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { heldInvoices, isIssued } from './look.ts';

/**
 * Nobody gets an invoice by e-mail more often than somebody asked for it, and who was promised one gets it, unless it was
 * voided in Stripe before it had all been carried: Stripe sends no invoice that is void, and nobody is to pay it.
 */
export const mail: Invariant = {
  name: 'nobody is mailed twice',
  check(simulation) {
    const { stripe, intentions } = simulation;
    const sent = new Map<string, number>();
    for (const event of stripe.db.events.all()) {
      if (event.type !== 'invoice.sent') continue;
      const id = String(event.object['id']);
      sent.set(id, (sent.get(id) ?? 0) + 1);
    }
    const carriedAt = carried(simulation);
    return heldInvoices(simulation).flatMap((held) => {
      const { invoice, called, listed } = held;
      const voidedAt = intentions.voids.get(String(invoice['Stripe_Invoice_Id__c'])) ?? Infinity;
      const isTooLate = voidedAt < (carriedAt.get(String(invoice['Id'])) ?? 0);
      const promised = invoice['Delivery__c'] === 'Send by Stripe' ? 1 : 0;
      const allowed = promised + (intentions.sends.get(String(invoice['Id'])) ?? 0);
      const times = sent.get(String(invoice['Stripe_Invoice_Id__c'])) ?? 0;
      return [
        ...(times > allowed ? [`${called} was e-mailed ${times} times, asked for ${allowed}`] : []),
        ...(promised && isIssued(held) && !listed && !invoice['Sent_At__c'] && !isTooLate
          ? [`${called} was to be e-mailed and never was`]
          : []),
      ];
    });
  },
};

/** When the functions were done with issuing, by invoice. */
const carried = (simulation: Simulation): Map<string, number> =>
  new Map(
    rows(simulation, `SELECT Invoice__c, Finished_At__c FROM Trueup_Operation__c WHERE Kind__c = 'Issue Invoice'`).map((row) => [
      String(row['Invoice__c']),
      Date.parse(String(row['Finished_At__c'])),
    ]),
  );
