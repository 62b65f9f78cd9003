import type { CreditMemoRecord, DisputeRecord, RefundRecord } from '../../domain/stripe-money.ts';
import type { PayoutWrite } from '../../ports/money-records.ts';
import type { WriteBack } from '../../ports/records.ts';
import type { Subrequest } from './client.ts';
import type { OrgFeatures } from './select.ts';
import { allocationKey, amountOf } from './translate.ts';
import { at, currencyField, given } from './write-fields.ts';
import { issueNode } from './write-issue.ts';

/** The payment of this write by its reference; refunds and disputes are written with their payments. */
function paymentReference(write: WriteBack, stripePaymentId: string): string | undefined {
  const index = write.payments.findIndex((payment) => payment.stripePaymentId === stripePaymentId);
  return index < 0 ? undefined : `@{payment${index}.id}`;
}

type Money = { amount: { minor: number; currency: string }; quickbooksUrl: string | null; stripeUrl: string; booked: boolean };

/** ISO instants: when the two systems were as shown. Undefined: as it was. */
export interface AsOf {
  stripe: string | undefined;
  quickbooks: string | undefined;
}

/** What every record of Stripe's money carries. */
const common = (money: Money, write: Pick<WriteBack, 'companyId'>, features: OrgFeatures, asOf: AsOf) => ({
  Company__c: write.companyId,
  Amount__c: amountOf(money.amount.minor, money.amount.currency),
  Currency_Code__c: money.amount.currency,
  Stripe_URL__c: money.stripeUrl,
  QuickBooks_URL__c: money.quickbooksUrl ?? undefined,
  Stripe_As_Of__c: asOf.stripe,
  QuickBooks_As_Of__c: money.booked ? asOf.quickbooks : undefined,
  Booked__c: money.booked,
  ...currencyField(money.amount.currency, features),
});

const ofInvoice = (write: WriteBack) => ({
  OwnerId: write.ownerId ?? undefined,
  Account__c: write.accountId,
  Invoice__c: write.invoiceId,
});

export function refundNode(refund: RefundRecord, write: WriteBack, index: number, features: OrgFeatures, asOf: AsOf): Subrequest {
  return {
    method: 'PATCH',
    path: at('Trueup_Refund__c', 'Stripe_Refund_Id__c', refund.stripeRefundId),
    referenceId: `refund${index}`,
    body: given({
      Name: refund.stripeRefundId.slice(0, 80),
      ...ofInvoice(write),
      Payment__c: paymentReference(write, refund.stripePaymentId),
      Status__c: refund.status,
      Reason__c: refund.reason?.slice(0, 255),
      Failure_Reason__c: refund.failureReason?.slice(0, 255),
      Refunded_At__c: refund.refundedAt,
      QuickBooks_Refund_Id__c: refund.quickbooksId ?? undefined,
      ...common(refund, write, features, asOf),
    }),
  };
}

export function disputeNode(dispute: DisputeRecord, write: WriteBack, index: number, features: OrgFeatures, asOf: AsOf): Subrequest {
  return {
    method: 'PATCH',
    path: at('Trueup_Dispute__c', 'Stripe_Dispute_Id__c', dispute.stripeDisputeId),
    referenceId: `dispute${index}`,
    body: given({
      Name: dispute.stripeDisputeId.slice(0, 80),
      ...ofInvoice(write),
      Payment__c: paymentReference(write, dispute.stripePaymentId),
      Kind__c: dispute.kind,
      Status__c: dispute.status,
      Reason__c: dispute.reason?.slice(0, 255),
      Opened_At__c: dispute.openedAt,
      Respond_By__c: dispute.respondBy,
      QuickBooks_Entry_Id__c: dispute.quickbooksId ?? undefined,
      ...common(dispute, write, features, asOf),
    }),
  };
}

/** A credit memo, and what of it counts against the invoice. */
export function creditMemoNodes(memo: CreditMemoRecord, write: WriteBack, index: number, features: OrgFeatures, asOf: AsOf): Subrequest[] {
  return [
    {
      method: 'PATCH',
      path: at('Trueup_Credit_Memo__c', 'Stripe_Credit_Note_Id__c', memo.stripeCreditNoteId),
      referenceId: `creditMemo${index}`,
      body: given({
        Name: memo.number.slice(0, 80),
        ...ofInvoice(write),
        Status__c: memo.status,
        Credit_Date__c: memo.creditDate,
        Reason__c: memo.reason?.slice(0, 255),
        QuickBooks_Key__c: memo.quickbooksId && write.quickbooksRealmId ? `${write.quickbooksRealmId}:${memo.quickbooksId}` : undefined,
        ...common(memo, write, features, asOf),
      }),
    },
    {
      method: 'PATCH',
      path: at('Trueup_Allocation__c', 'Allocation_Key__c', allocationKey(`credit:${memo.stripeCreditNoteId}`, write.invoiceId)),
      referenceId: `creditAllocation${index}`,
      body: {
        Invoice__c: write.invoiceId,
        Credit_Memo__c: `@{creditMemo${index}.id}`,
        Kind__c: 'Credit',
        Effective_Amount__c: amountOf(memo.applied, write.currency),
        ...currencyField(write.currency, features),
      },
    },
  ];
}

export function payoutNodes({ companyId, asOf, payout, issues }: PayoutWrite, features: OrgFeatures): Subrequest[] {
  return [
    {
      method: 'PATCH',
      path: at('Trueup_Payout__c', 'Stripe_Payout_Id__c', payout.stripePayoutId),
      referenceId: 'payout',
      body: given({
        Name: payout.stripePayoutId.slice(0, 80),
        Status__c: payout.status,
        Initiated_At__c: payout.initiatedAt,
        Arrival_Date__c: payout.arrivalDay,
        Automatic__c: payout.automatic,
        Itemised__c: payout.itemised,
        Failure_Reason__c: payout.failureReason?.slice(0, 255),
        QuickBooks_Transfer_Id__c: payout.quickbooksId ?? undefined,
        ...common(payout, { companyId }, features, { stripe: asOf, quickbooks: asOf }),
      }),
    },
    ...issues.map((issue, index) => issueNode(issue, index, { companyId })),
  ];
}
