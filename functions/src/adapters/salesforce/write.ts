import type { InvoiceOrder } from '../../domain/invoice.ts';
import { OPERATION_KIND_LABEL, OPERATION_STATE_LABEL } from '../../domain/operation.ts';
import { type PaymentRecord, paymentKey } from '../../domain/payment.ts';
import type { Problem } from '../../domain/problem.ts';
import type { InvoiceChange, OperationWrite, WriteBack } from '../../ports/records.ts';
import type { Subrequest } from './client.ts';
import type { OrgFeatures } from './select.ts';
import { allocationKey, amountOf } from './translate.ts';
import { at, currencyField, given } from './write-fields.ts';
import { issueNode } from './write-issue.ts';
import { type AsOf, creditMemoNodes, disputeNode, refundNode } from './write-money.ts';

const said = (problems: Problem[], part: 'message' | 'action'): string | null =>
  [...new Set(problems.map((problem) => problem[part]))].join('\n').slice(0, 32_000) || null;

/** Fields that `intentNodes` fills, for telling which others somebody has made required. */
export const INTENT_FIELDS: Record<'Trueup_Invoice__c' | 'Trueup_Invoice_Line__c', ReadonlySet<string>> = {
  Trueup_Invoice__c: new Set([
    'Name',
    'OwnerId',
    'Company__c',
    'Account__c',
    'Source_Id__c',
    'Source_Type__c',
    'Intent_Key__c',
    'Status__c',
    'Invoice_Date__c',
    'Due_Date__c',
    'Terms__c',
    'Delivery__c',
    'Currency_Code__c',
    'Bill_To_Name__c',
    'Revision__c',
    'CurrencyIsoCode',
  ]),
  Trueup_Invoice_Line__c: new Set([
    'Invoice__c',
    'Line_Key__c',
    'Description__c',
    'Quantity__c',
    'Unit_Price__c',
    'Amount__c',
    'Tax_Amount__c',
    'Sort_Order__c',
    'CurrencyIsoCode',
  ]),
};

/** Invoice, its lines and the operation, in the order in which they refer to each other. */
export function intentNodes(order: InvoiceOrder, features: OrgFeatures): Subrequest[] {
  return [
    {
      method: 'POST',
      path: '/sobjects/Trueup_Invoice__c',
      referenceId: 'invoice',
      body: given({
        Name: 'Queued',
        OwnerId: order.ownerId,
        Company__c: order.companyId,
        Account__c: order.accountId,
        Contact__c: order.contactId,
        Opportunity__c: order.opportunityId,
        Order_Id__c: order.sourceType === 'Order' ? order.sourceId : undefined,
        Source_Id__c: order.sourceId,
        Source_Type__c: order.sourceType,
        Intent_Key__c: order.intentKey,
        Status__c: 'Queued',
        Invoice_Date__c: order.invoiceDate,
        Due_Date__c: order.dueDate,
        Terms__c: order.terms,
        PO_Number__c: order.poNumber,
        Memo__c: order.memo,
        Delivery__c: order.delivery === 'send' ? 'Send by Stripe' : 'Do Not Send',
        Currency_Code__c: order.currency,
        Bill_To_Name__c: order.billTo.name.slice(0, 255),
        Bill_To_Email__c: order.billTo.email,
        Revision__c: 0,
        ...currencyField(order.currency, features),
      }),
    },
    ...order.lines.map((line, index): Subrequest => ({
      method: 'POST',
      path: '/sobjects/Trueup_Invoice_Line__c',
      referenceId: `line${index}`,
      body: given({
        Invoice__c: '@{invoice.id}',
        Line_Key__c: line.lineKey,
        Source_Line_Id__c: line.sourceLineId,
        Product__c: line.productId,
        Description__c: line.description.slice(0, 255),
        Quantity__c: Number(line.quantity),
        Unit_Price__c: Number(line.unitPrice),
        Amount__c: amountOf(line.amount, order.currency),
        Tax_Amount__c: amountOf(line.tax, order.currency),
        Service_Date__c: line.serviceDate,
        Sort_Order__c: line.sortOrder,
        ...currencyField(order.currency, features),
      }),
    })),
    {
      method: 'POST',
      path: '/sobjects/Trueup_Operation__c',
      referenceId: 'operation',
      body: given({
        OwnerId: order.ownerId,
        Operation_Key__c: order.operationKey,
        Kind__c: OPERATION_KIND_LABEL['issue-invoice'],
        Invoice__c: '@{invoice.id}',
        State__c: OPERATION_STATE_LABEL.accepted,
        Requested_By__c: order.requestedBy,
        Requested_At__c: order.requestedAt,
        Correlation_Id__c: order.correlationId,
        Attempts__c: 0,
      }),
    },
  ];
}

function invoiceFields(change: InvoiceChange, realmId: string | null, writtenAt: string): Record<string, unknown> {
  return given({
    Status__c: change.status,
    Number__c: change.number,
    Name: change.number,
    Sent_At__c: change.sentAt,
    Voided_At__c: change.voidedAt,
    Void_Reason__c: change.voidReason?.slice(0, 255),
    Stripe_Invoice_Id__c: change.stripeInvoiceId,
    QuickBooks_Invoice_Id__c: change.quickbooksInvoiceId,
    QuickBooks_Key__c: change.quickbooksInvoiceId && realmId ? `${realmId}:${change.quickbooksInvoiceId}` : undefined,
    QuickBooks_Sync_Token__c: change.quickbooksSyncToken,
    Pay_Link__c: fitUrl(change.payLink),
    PDF_Link__c: fitUrl(change.pdfLink),
    Stripe_URL__c: change.stripeUrl,
    QuickBooks_URL__c: change.quickbooksUrl,
    Stripe_As_Of__c: change.stripeAsOf,
    QuickBooks_As_Of__c: change.quickbooksAsOf,
    Problem__c: change.problem,
    Revision__c: change.revision,
    Salesforce_As_Of__c: writtenAt,
  });
}

/** A URL field of Salesforce holds 255 characters; a cut link would lead nowhere. */
const fitUrl = (url: string | null | undefined): string | null | undefined => (url && url.length > 255 ? null : url);

export function operationNode(
  write: OperationWrite,
  referenceId: string,
  of: { invoiceId?: string; ownerId?: string | null; syncRun?: string },
): Subrequest {
  return {
    method: 'PATCH',
    path: at('Trueup_Operation__c', 'Operation_Key__c', write.key),
    referenceId,
    body: given({
      OwnerId: of.ownerId ?? undefined,
      Kind__c: OPERATION_KIND_LABEL[write.kind],
      State__c: OPERATION_STATE_LABEL[write.state],
      Step__c: write.step,
      Attempts__c: write.attempts,
      Next_Attempt_At__c: write.nextAttemptAt,
      Problem__c: said(write.problems, 'message'),
      Fix__c: said(write.problems, 'action'),
      Requested_By__c: write.requestedBy,
      Requested_At__c: write.requestedAt,
      Finished_At__c: write.finishedAt,
      Correlation_Id__c: write.correlationId,
      Invoice__c: of.invoiceId,
      Sync_Run__c: of.syncRun,
    }),
  };
}

/** A payment by its provider's id, and what of it counts against the invoice. */
function paymentNodes(payment: PaymentRecord, write: WriteBack, index: number, features: OrgFeatures, asOf: AsOf): Subrequest[] {
  const stripe = payment.sourceSystem === 'Stripe';
  const quickbooksKey =
    payment.quickbooksPaymentId && write.quickbooksRealmId ? `${write.quickbooksRealmId}:${payment.quickbooksPaymentId}` : undefined;
  const path = stripe
    ? at('Trueup_Payment__c', 'Stripe_Payment_Id__c', payment.stripePaymentId ?? '')
    : at('Trueup_Payment__c', 'QuickBooks_Key__c', quickbooksKey ?? '');
  return [
    {
      method: 'PATCH',
      path,
      referenceId: `payment${index}`,
      body: given({
        Name: payment.name.slice(0, 80),
        OwnerId: write.ownerId ?? undefined,
        Company__c: write.companyId,
        Account__c: write.accountId,
        Amount__c: amountOf(payment.amount.minor, payment.amount.currency),
        Currency_Code__c: payment.amount.currency,
        Method__c: payment.method,
        Source_System__c: payment.sourceSystem,
        Status__c: payment.status,
        Received_At__c: payment.receivedAt,
        Stripe_Charge_Id__c: payment.stripeChargeId,
        QuickBooks_Payment_Id__c: payment.quickbooksPaymentId,
        QuickBooks_Key__c: stripe ? quickbooksKey : undefined,
        Stripe_URL__c: payment.stripeUrl,
        QuickBooks_URL__c: payment.quickbooksUrl,
        Stripe_As_Of__c: stripe ? asOf.stripe : undefined,
        QuickBooks_As_Of__c: payment.booked ? asOf.quickbooks : undefined,
        Booked__c: payment.booked,
        ...currencyField(payment.amount.currency, features),
      }),
    },
    {
      method: 'PATCH',
      path: at('Trueup_Allocation__c', 'Allocation_Key__c', allocationKey(paymentKey(payment), write.invoiceId)),
      referenceId: `allocation${index}`,
      body: {
        Invoice__c: write.invoiceId,
        Payment__c: `@{payment${index}.id}`,
        Kind__c: 'Payment',
        Effective_Amount__c: amountOf(payment.allocated, write.currency),
        ...currencyField(write.currency, features),
      },
    },
  ];
}

/** A payment that is gone from QuickBooks: what was known of it stays, but it counts no more. */
function withdrawnNodes(quickbooksPaymentId: string, write: WriteBack, index: number): Subrequest[] {
  const key = paymentKey({ sourceSystem: 'QuickBooks', stripePaymentId: null, quickbooksPaymentId });
  return [
    {
      method: 'PATCH',
      path: at('Trueup_Payment__c', 'QuickBooks_Key__c', `${write.quickbooksRealmId ?? ''}:${quickbooksPaymentId}`),
      referenceId: `withdrawn${index}`,
      body: { Status__c: 'Failed', Booked__c: false },
    },
    {
      method: 'PATCH',
      path: at('Trueup_Allocation__c', 'Allocation_Key__c', allocationKey(key, write.invoiceId)),
      referenceId: `unallocated${index}`,
      body: { Effective_Amount__c: 0 },
    },
  ];
}

/** @param writtenAt ISO instant of Salesforce_As_Of__c */
export function writeBackNodes(write: WriteBack, features: OrgFeatures, writtenAt: string): Subrequest[] {
  const { invoice, operation, event } = write;
  const asOf: AsOf = { stripe: invoice.stripeAsOf, quickbooks: invoice.quickbooksAsOf };
  return [
    {
      method: 'PATCH',
      path: `/sobjects/Trueup_Invoice__c/${write.invoiceId}`,
      referenceId: 'invoice',
      body: invoiceFields(invoice, write.quickbooksRealmId, writtenAt),
    },
    ...(invoice.lineTaxes ?? []).map(({ lineKey, tax }, index): Subrequest => ({
      method: 'PATCH',
      path: at('Trueup_Invoice_Line__c', 'Line_Key__c', lineKey),
      referenceId: `line${index}`,
      body: { Tax_Amount__c: amountOf(tax, write.currency) },
    })),
    ...write.payments.flatMap((payment, index) => paymentNodes(payment, write, index, features, asOf)),
    ...(write.refunds ?? []).map((refund, index) => refundNode(refund, write, index, features, asOf)),
    ...(write.disputes ?? []).map((dispute, index) => disputeNode(dispute, write, index, features, asOf)),
    ...(write.creditMemos ?? []).flatMap((memo, index) => creditMemoNodes(memo, write, index, features, asOf)),
    ...(write.issues ?? []).map((issue, index) => issueNode(issue, index, { companyId: write.companyId })),
    ...(write.withdrawn ?? []).flatMap((id, index) => withdrawnNodes(id, write, index)),
    ...(operation ? [operationNode(operation, 'operation', write)] : []),
    ...(event
      ? [
          {
            method: 'POST' as const,
            path: '/sobjects/Trueup_Billing_Event__e',
            referenceId: 'event',
            body: given({
              Source_Id__c: write.sourceId,
              Invoice_Id__c: write.invoiceId,
              Operation_Id__c: operation ? '@{operation.id}' : undefined,
              Kind__c: event.kind,
              State__c: event.state,
              Step__c: event.step,
            }),
          },
        ]
      : []),
  ];
}
