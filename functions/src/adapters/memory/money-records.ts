import type { BalanceRow } from '../../domain/balance-row.ts';
import { done } from '../../domain/outcome.ts';
import type { MoneyRecords } from '../../ports/money-records.ts';
import type { Faults } from './faults.ts';
import type { MemoryOrg } from './org.ts';

export function createMoneyRecords(faults: Faults, org: MemoryOrg): MoneyRecords {
  return {
    writePayout: ({ payout, issues }) =>
      faults.outcome('moneyRecords.writePayout', () => {
        const held = org.payouts.get(payout.stripePayoutId);
        org.payouts.set(payout.stripePayoutId, structuredClone({ ...payout, lines: held?.lines ?? new Map<string, BalanceRow>() }));
        for (const issue of issues) org.issues.set(issue.key, issue);
        return done({ payoutId: payout.stripePayoutId });
      }),
    writePayoutLines: ({ payoutId, rows }) =>
      faults.outcome('moneyRecords.writePayoutLines', () => {
        for (const row of rows) org.payouts.get(payoutId)?.lines.set(row.id, row);
        return done(null);
      }),
    listOpenPayouts: () =>
      faults.outcome('moneyRecords.listOpenPayouts', () =>
        done(
          [...org.payouts.values()]
            .filter(
              ({ status, booked, automatic, itemised }) =>
                status === 'Pending' || status === 'In Transit' || !booked || (automatic && !itemised),
            )
            .map(({ stripePayoutId, status }) => ({ stripePayoutId, status })),
        ),
      ),
    listUnsettledInvoices: () =>
      faults.outcome('moneyRecords.listUnsettledInvoices', () =>
        done([
          ...new Set(
            [...org.moneyOf].flatMap(([key, invoiceId]) => {
              const refund = org.refunds.get(key);
              const dispute = org.disputes.get(key);
              const open =
                (refund && (!refund.booked || refund.status === 'Pending' || refund.status === 'Requires Action')) ||
                (dispute && (!dispute.booked || !['Won', 'Lost', 'Inquiry Closed'].includes(dispute.status))) ||
                org.creditMemos.get(key)?.booked === false;
              return open ? [invoiceId] : [];
            }),
          ),
        ]),
      ),
    listBookedPayments: (ids) =>
      faults.outcome('moneyRecords.listBookedPayments', () =>
        done(
          [...org.payments.values()].flatMap((each) =>
            each.booked && ids.includes(each.stripePaymentId ?? '') ? (each.stripePaymentId ?? []) : [],
          ),
        ),
      ),
  };
}
