import type { BalanceRow } from '../../domain/balance-row.ts';
import { done, mapOutcome } from '../../domain/outcome.ts';
import type { PayoutStatus } from '../../domain/stripe-money.ts';
import type { MoneyRecords } from '../../ports/money-records.ts';
import { type Row, type SalesforceClient, isRefusal } from './client.ts';
import type { RecordsSettings } from './company.ts';
import { judge } from './errors.ts';
import { createFeatures } from './features.ts';
import { IDS_A_QUERY, quote, quoteAll } from './soql.ts';
import { amountOf, id18, text } from './translate.ts';
import { currencyField, given } from './write-fields.ts';
import { upsertAll } from './upsert-collections.ts';
import { payoutNodes } from './write-money.ts';

/** The picklist Category__c of a payout's line. */
const CATEGORY: Record<BalanceRow['category'], string> = {
  charge: 'Payment',
  refund: 'Refund',
  refund_failure: 'Refund Failure',
  dispute: 'Dispute',
  dispute_reversal: 'Dispute Reversal',
  payout: 'Payout',
  payout_reversal: 'Payout Reversal',
  fee: 'Fee',
  other: 'Other',
};

/** Salesforce behind the port for money that belongs to no invoice. */
export function createMoneyRecords(client: SalesforceClient, settings: RecordsSettings): MoneyRecords {
  const features = createFeatures(client);

  /** Stripe payment id -> row of the payment. */
  const paymentsOf = async (ids: readonly string[]) => {
    const found = new Map<string, Row>();
    for (let start = 0; start < ids.length; start += IDS_A_QUERY) {
      const some = quoteAll(ids.slice(start, start + IDS_A_QUERY));
      const answer = await client.queries('find-payments', {
        payments: `SELECT Id, Stripe_Payment_Id__c, Booked__c FROM Trueup_Payment__c WHERE Stripe_Payment_Id__c IN (${some})`,
      });
      if (answer.outcome !== 'done') return answer;
      for (const row of answer.value.payments) found.set(String(row.Stripe_Payment_Id__c), row);
    }
    return done(found);
  };

  return {
    async writePayout(write) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const answer = await client.graph('write-payout', payoutNodes(write, known.value));
      if (answer.outcome !== 'done') return answer;
      return isRefusal(answer.value) ? judge(answer.value.refused) : done({ payoutId: String(answer.value.payout?.id) });
    },

    async writePayoutLines({ payoutId, rows }) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const payments = await paymentsOf([...new Set(rows.flatMap((row) => row.paymentId ?? []))]);
      if (payments.outcome !== 'done') return payments;
      const lines = rows.map((row) =>
        given({
          Payout__c: payoutId,
          Balance_Transaction_Id__c: row.id,
          Category__c: CATEGORY[row.category],
          Amount__c: amountOf(row.amount, row.currency),
          Fee__c: amountOf(row.fee, row.currency),
          Net__c: amountOf(row.net, row.currency),
          Currency_Code__c: row.currency,
          Occurred_At__c: row.createdAt,
          Source_Id__c: row.sourceId?.slice(0, 255),
          Description__c: row.description?.slice(0, 255),
          Payment__c: row.paymentId ? payments.value.get(row.paymentId)?.Id : undefined,
          ...currencyField(row.currency, known.value),
        }),
      );
      return upsertAll(client, 'write-payout-lines', { object: 'Trueup_Payout_Line__c', key: 'Balance_Transaction_Id__c' }, lines);
    },

    async listOpenPayouts() {
      const answer = await client.queries('list-open-payouts', {
        payouts: `SELECT Stripe_Payout_Id__c, Status__c FROM Trueup_Payout__c WHERE Company__r.External_Key__c = ${quote(settings.companyKey)}
          AND (Status__c IN ('Pending', 'In Transit') OR Booked__c = false OR (Automatic__c = true AND Itemised__c = false))
          ORDER BY Initiated_At__c LIMIT 500`,
      });
      return mapOutcome(answer, ({ payouts }) =>
        payouts.map((row) => ({ stripePayoutId: text(row, 'Stripe_Payout_Id__c') ?? '', status: String(row.Status__c) as PayoutStatus })),
      );
    },

    async listUnsettledInvoices() {
      const where = (open: string) =>
        `WHERE Company__r.External_Key__c = ${quote(settings.companyKey)} AND Invoice__c != null AND (${open}Booked__c = false) ORDER BY CreatedDate LIMIT 500`;
      const answer = await client.queries('list-unsettled', {
        refunds: `SELECT Invoice__c FROM Trueup_Refund__c ${where("Status__c IN ('Pending', 'Requires Action') OR ")}`,
        disputes: `SELECT Invoice__c FROM Trueup_Dispute__c ${where("Status__c IN ('Inquiry', 'Needs Response', 'Under Review') OR ")}`,
        creditMemos: `SELECT Invoice__c FROM Trueup_Credit_Memo__c ${where('Stripe_Credit_Note_Id__c != null AND ')}`,
      });
      return mapOutcome(answer, ({ refunds, disputes, creditMemos }) => [
        ...new Set([...refunds, ...disputes, ...creditMemos].flatMap((row) => id18(row, 'Invoice__c') ?? [])),
      ]);
    },

    async listBookedPayments(stripePaymentIds) {
      const found = await paymentsOf(stripePaymentIds);
      return mapOutcome(found, (rows) => [...rows].filter(([, row]) => row.Booked__c === true).map(([id]) => id));
    },
  };
}
