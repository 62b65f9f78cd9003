import type { InvoiceOrder, OrderLine } from '../../domain/invoice.ts';
import type { HeaderTarget, MappedValue } from '../../domain/map-fields/mapped-values.ts';
import type { LedgerInvoiceBody } from '../../ports/ledger.ts';
import type { DraftBody, DraftLine } from '../../ports/payments.ts';
import type { Saga } from './saga.ts';

/** Stripe's copy of the header. */
export function draftBody({ order, ids }: Pick<Saga, 'order' | 'ids'>, customerId: string, number: string): DraftBody {
  return {
    invoiceId: ids.invoiceId,
    operationKey: order.operationKey,
    companyKey: order.companyKey,
    accountId: order.accountId,
    customerId,
    currency: order.currency,
    number,
    invoiceDate: order.invoiceDate,
    dueDate: order.dueDate,
    timeZone: order.timeZone,
    memo: order.memo,
    poNumber: order.poNumber,
    automaticTax: order.taxEngine === 'Stripe Tax',
    ...mappedTo(order, 'Stripe Invoice'),
  };
}

/** Stripe's copy of the lines; `taxes` are explicit ones by line, in order. */
export function draftLines(order: InvoiceOrder, taxes: readonly number[]): DraftLine[] {
  return order.lines.map((line, index) => ({
    lineKey: line.lineKey,
    description: line.description,
    amount: line.amount,
    tax: taxes[index] ?? 0,
    ...numbersOf(line, isWhole(line.quantity)),
    serviceDate: line.serviceDate,
    stripeProductId: line.stripeProductId,
  }));
}

/** QuickBooks' copy of the invoice; `totalTax` null leaves the computing to QuickBooks. */
export function ledgerBody(
  { order, ids }: Pick<Saga, 'order' | 'ids'>,
  reference: { multicurrency: boolean; marksTaxableLines: boolean },
  customerId: string,
  taxes: readonly number[] | null,
): Omit<LedgerInvoiceBody, 'number'> {
  return {
    invoiceId: ids.invoiceId,
    companyKey: order.companyKey,
    customerId,
    currency: order.currency,
    multicurrency: reference.multicurrency,
    invoiceDate: order.invoiceDate,
    dueDate: order.dueDate,
    termId: order.termId,
    memo: order.memo,
    poNumber: order.poNumber,
    billEmail: order.billTo.email,
    totalTax: taxes === null ? null : taxes.reduce((all, tax) => all + tax, 0),
    marksTaxableLines: reference.marksTaxableLines,
    lines: order.lines.map((line, index) => ({
      lineKey: line.lineKey,
      itemId: line.itemId,
      description: line.description,
      amount: line.amount,
      taxable: taxes === null || (taxes[index] ?? 0) !== 0,
      ...numbersOf(line, true),
      serviceDate: line.serviceDate,
      ...(order.mapped?.lines[line.lineKey] ? { mapped: order.mapped.lines[line.lineKey] } : {}),
    })),
    ...mappedTo(order, 'QuickBooks Invoice'),
  };
}

/** The mapped values of a document or customer; nothing where there are none, so that a body stays what it was without mappings. */
export function mappedTo(order: InvoiceOrder, object: HeaderTarget): { mapped?: MappedValue[] } {
  const mapped = order.mapped?.header[object];
  return mapped && mapped.length > 0 ? { mapped } : {};
}

/** Quantity and price only where they reproduce the amount, so that no system rounds a second time. */
function numbersOf(line: OrderLine, usable: boolean): { quantity: string | null; unitPrice: string | null } {
  return line.reproducible && usable ? { quantity: line.quantity, unitPrice: line.unitPrice } : { quantity: null, unitPrice: null };
}

/** Stripe counts whole, positive pieces. */
const isWhole = (quantity: string): boolean => /^[1-9]\d{0,8}$/.test(quantity);
