import type { IntentIds, InvoiceRecord } from '../../domain/invoice.ts';
import { isSettled } from '../../domain/operation.ts';
import { done, rejected, type Failure } from '../../domain/outcome.ts';
import { paymentKey } from '../../domain/payment.ts';
import type { IntentCollision, OperationWrite, Records, SyncedRecord, WriteBack } from '../../ports/records.ts';
import { askedOf } from './asked-operation.ts';
import type { MemoryClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { linksOf, reviewsOf, type MemoryOrg } from './org.ts';
import { recordOf } from './record-of.ts';

export function createRecords(clock: MemoryClock, faults: Faults, org: MemoryOrg): Records {
  let serial = 0;
  const nextId = (prefix: string) => `${prefix}${String((serial += 1)).padStart(15, '0')}AAA`.slice(0, 18);
  const iso = () => new Date(clock.now()).toISOString();

  return {
    readSource: ({ sourceId }) =>
      faults.outcome('records.readSource', () => {
        const held = org.sources.get(sourceId);
        if (!held) return notFound(sourceId);
        const accountIds = new Set(org.accounts.map((account) => account.id));
        return done(
          structuredClone({
            org: org.org,
            company: org.company,
            source: held.source,
            accounts: org.accounts.filter((account) => account.id === held.source.accountId),
            contacts: org.contacts.filter((contact) => contact.accountId === held.source.accountId),
            lines: held.lines,
            earlierLines: [...org.invoices.values()]
              .filter((invoice) => invoice.sourceId === sourceId)
              .flatMap((invoice) => earlierOf(org, invoice)),
            links: linksOf(org).filter(
              (link) => link.status !== 'Undone' && (link.recordType === 'Product2' || accountIds.has(link.recordId)),
            ),
            reviews: reviewsOf(org),
            itemReviews: [...org.itemReviews.values()],
            rights: org.rights,
          }),
        );
      }),
    createIntent: (order) =>
      faults.outcome<IntentIds | IntentCollision>('records.createIntent', () => {
        const keys = new Set(order.lines.map((line) => line.lineKey));
        const inTheWay = [...org.invoices.values()].filter(
          (invoice) => invoice.intentKey === order.intentKey || invoice.lines.some((line) => keys.has(line.lineKey)),
        );
        if (inTheWay.length > 0) return done({ collision: true as const, invoices: structuredClone(inTheWay) });
        const ids = { invoiceId: nextId('a01'), operationId: nextId('a02') };
        org.invoices.set(ids.invoiceId, recordOf(order, ids.invoiceId, iso()));
        org.orders.set(ids.invoiceId, structuredClone(order));
        org.operations.set(order.operationKey, {
          key: order.operationKey,
          kind: 'issue-invoice',
          state: 'accepted',
          step: null,
          problems: [],
          invoiceId: ids.invoiceId,
          operationId: ids.operationId,
          requestedAt: order.requestedAt,
        });
        return done(ids);
      }),
    readInvoice: ({ invoiceId, asking }) =>
      faults.outcome('records.readInvoice', () => {
        const invoice = org.invoices.get(invoiceId);
        if (!invoice) return notFound(invoiceId);
        return done(
          structuredClone({ invoice, company: org.company, links: [...org.links.values()], rights: asking === null ? null : org.rights }),
        );
      }),
    findInvoice: (by) =>
      faults.outcome('records.findInvoice', () => {
        const found = [...org.invoices.values()].find((each) =>
          'stripeInvoiceId' in by ? each.stripeInvoiceId === by.stripeInvoiceId : each.quickbooksInvoiceId === by.quickbooksInvoiceId,
        );
        return done(found ? { invoiceId: found.id } : null);
      }),
    findSynced: (recordIds) =>
      faults.outcome('records.findSynced', () =>
        done(
          recordIds.flatMap((recordId): SyncedRecord[] => [
            ...[...org.invoices.values()]
              .filter((invoice) => isOf(invoice, recordId))
              .map(({ id }) => ({ recordId, kind: 'invoice' as const, id })),
            ...(linksOf(org).some((link) => link.recordId === recordId && link.recordType === 'Account' && link.status === 'Linked')
              ? [{ recordId, kind: 'account' as const, id: recordId }]
              : []),
          ]),
        ),
      ),
    writeBack: (write) =>
      faults.outcome('records.writeBack', () => {
        if (write.operation && isOver(org, write.operation)) return SETTLED_STAYS_SETTLED;
        applyWrite(org, structuredClone(write), iso());
        return done(null);
      }),
    readCompany: ({ asking }) =>
      faults.outcome('records.readCompany', () =>
        done(structuredClone({ company: org.company, rights: asking === null ? null : org.rights })),
      ),
    listOpenInvoices: () =>
      faults.outcome('records.listOpenInvoices', () =>
        done({
          invoices: structuredClone(
            [...org.invoices.values()].filter(
              (each) => each.stripeInvoiceId !== null && each.status !== 'Void' && each.status !== 'Rejected',
            ),
          ),
          next: null,
        }),
      ),
    listBriefly: () =>
      faults.outcome('records.listBriefly', () =>
        done({ invoices: structuredClone([...org.invoices.values()].filter((each) => each.status !== 'Rejected')), next: null }),
      ),
    writeSyncRun: (write) =>
      faults.outcome('records.writeSyncRun', () => {
        const found = write.issues.filter(({ written }) => !written);
        for (const issue of found) org.issues.set(issue.key, issue);
        if (write.operation) keepOperation(org, structuredClone(write.operation), null, iso());
        for (const { invoiceId, key } of found) {
          const about = org.invoices.get(invoiceId ?? '');
          if (about && !about.openIssues.includes(key)) about.openIssues.push(key);
        }
        for (const invoice of org.invoices.values())
          invoice.openIssues = invoice.openIssues.filter((key) => !write.resolved?.includes(key));
        org.syncRuns.set(write.key, { ...org.syncRuns.get(write.key), ...structuredClone(write) });
        return done({ runId: `a03${write.key}` });
      }),
    writeFreshness: (write) =>
      faults.outcome('records.writeFreshness', () => {
        for (const issue of write.issues) org.issues.set(issue.key, issue);
        org.freshness = structuredClone({ stripeReadTo: write.stripeReadTo, quickbooksReadTo: write.quickbooksReadTo });
        org.budgets = structuredClone({ ...write.budgets, salesforce: write.budgets.salesforce ?? org.budgets?.salesforce ?? null });
        return done(null);
      }),
    writeIssues: ({ issues }) =>
      faults.outcome('records.writeIssues', () => {
        for (const issue of issues) org.issues.set(issue.key, issue);
        return done(null);
      }),
    listOperations: (invoiceId) =>
      faults.outcome('records.listOperations', () =>
        done([...org.operations.values()].filter((each) => each.invoiceId === invoiceId).map(askedOf)),
      ),
    listUnfinishedOperations: (before) =>
      faults.outcome('records.listUnfinishedOperations', () =>
        done(
          structuredClone(
            [...org.operations.values()].filter(
              (each) => (each.state === 'accepted' || each.state === 'running' || each.state === 'waiting') && each.requestedAt < before,
            ),
          ),
        ),
      ),
  };
}

function applyWrite(org: MemoryOrg, write: WriteBack, at: string): void {
  const invoice = org.invoices.get(write.invoiceId);
  if (!invoice) throw new Error(`No invoice ${write.invoiceId}.`);
  const { status, number, sentAt, problem, stripeInvoiceId, quickbooksInvoiceId, quickbooksSyncToken, revision, lineTaxes } = write.invoice;
  if (revision !== undefined && revision < invoice.revision) throw new Error('The revision went back.');
  if (status !== undefined) invoice.status = status;
  if (number !== undefined) invoice.number = number;
  if (sentAt !== undefined) invoice.sentAt = sentAt;
  if (problem !== undefined) invoice.problem = problem;
  if (stripeInvoiceId !== undefined) invoice.stripeInvoiceId = stripeInvoiceId;
  if (quickbooksInvoiceId !== undefined) invoice.quickbooksInvoiceId = quickbooksInvoiceId;
  if (quickbooksSyncToken !== undefined) invoice.quickbooksSyncToken = quickbooksSyncToken;
  if (revision !== undefined) invoice.revision = revision;
  for (const { lineKey, tax } of lineTaxes ?? []) for (const line of invoice.lines) if (line.lineKey === lineKey) line.tax = tax;
  for (const payment of write.payments) {
    const key = paymentKey(payment);
    org.payments.set(key, payment);
    invoice.allocations = [
      ...invoice.allocations.filter((each) => each.paymentKey !== key),
      { paymentKey: key, kind: 'Payment', amount: payment.allocated },
    ];
  }
  for (const { stripeRefundId: id } of write.refunds ?? []) org.moneyOf.set(id, write.invoiceId);
  for (const { stripeDisputeId: id } of write.disputes ?? []) org.moneyOf.set(id, write.invoiceId);
  for (const { stripeCreditNoteId: id } of write.creditMemos ?? []) org.moneyOf.set(id, write.invoiceId);
  for (const refund of write.refunds ?? []) org.refunds.set(refund.stripeRefundId, refund);
  for (const dispute of write.disputes ?? []) org.disputes.set(dispute.stripeDisputeId, dispute);
  for (const memo of write.creditMemos ?? []) {
    const key = `credit:${memo.stripeCreditNoteId}`;
    org.creditMemos.set(memo.stripeCreditNoteId, memo);
    invoice.allocations = [
      ...invoice.allocations.filter((each) => each.paymentKey !== key),
      { paymentKey: key, kind: 'Credit', amount: memo.applied },
    ];
  }
  for (const issue of write.issues ?? []) org.issues.set(issue.key, issue);
  for (const id of write.withdrawn ?? []) withdraw(org, invoice, id);
  org.shown.set(invoice.id, { ...org.shown.get(invoice.id), ...write.invoice });
  if (write.operation) keepOperation(org, write.operation, write.invoiceId, at);
  if (write.event) org.events.push(write.event);
  sumUp(invoice);
}

/** As the org's validation rule Settled_Stays_Settled has it: then nothing of the write is kept. */
function isOver(org: MemoryOrg, { key, state }: OperationWrite): boolean {
  const held = org.operations.get(key);
  return held !== undefined && isSettled(held.state) && !isSettled(state);
}

const SETTLED_STAYS_SETTLED = rejected({
  code: 'validation-rule',
  severity: 'error',
  message: 'A validation rule of the org refuses the record.',
  action: 'Ask an admin which rule it is; the operation holds its message.',
});

function keepOperation(org: MemoryOrg, operation: OperationWrite, invoiceId: string | null, at: string): void {
  const held = org.operations.get(operation.key);
  const operationId = `op-${operation.key}`;
  org.operations.set(operation.key, { invoiceId, operationId, ...held, ...operation, requestedAt: held?.requestedAt ?? at });
}

function withdraw(org: MemoryOrg, invoice: InvoiceRecord, quickbooksPaymentId: string): void {
  const key = paymentKey({ sourceSystem: 'QuickBooks', stripePaymentId: null, quickbooksPaymentId });
  const payment = org.payments.get(key);
  if (payment) org.payments.set(key, { ...payment, status: 'Failed', allocated: 0 });
  for (const each of invoice.allocations) if (each.paymentKey === key) each.amount = 0;
}

/** What roll-ups and formulas do in the org. */
function sumUp(invoice: InvoiceRecord): void {
  invoice.tax = invoice.lines.reduce((all, line) => all + line.tax, 0);
  invoice.total = invoice.subtotal + invoice.tax;
  invoice.paid = invoice.allocations.reduce((all, each) => all + (each.kind === 'Payment' ? each.amount : 0), 0);
  invoice.credited = invoice.allocations.reduce((all, each) => all + (each.kind === 'Credit' ? each.amount : 0), 0);
  invoice.amountDue = invoice.status === 'Void' ? 0 : invoice.total - invoice.paid - invoice.credited;
}

/** Itself, or by a payment of it. */
const isOf = (invoice: InvoiceRecord, recordId: string): boolean =>
  !invoice.loaded &&
  invoice.stripeInvoiceId !== null &&
  (invoice.id === recordId || invoice.allocations.some((each) => each.paymentKey === recordId));

function earlierOf(org: MemoryOrg, invoice: InvoiceRecord) {
  return invoice.lines.map((line) => ({
    lineKey: line.lineKey,
    sourceLineId: org.orders.get(invoice.id)?.lines.find((each) => each.lineKey === line.lineKey)?.sourceLineId ?? null,
    productId: line.productId,
    quantity: line.quantity,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    invoiceStatus: invoice.status,
  }));
}

function notFound(id: string): Failure {
  return rejected({
    code: 'record-not-found',
    severity: 'error',
    message: `No record ${id} was found.`,
    action: 'Check that it was not deleted and that you can see it.',
  });
}
