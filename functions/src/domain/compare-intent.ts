import { compare, decimal } from './decimal.ts';
import type { InvoiceOrder, InvoiceRecord } from './invoice.ts';
import { freesQuantity } from './invoice-status.ts';
import type { Problem } from './problem.ts';

const REOPEN = 'Open that invoice, or close the panel and open it again to bill what is left.';

/** The invoice that is exactly this click, when one of those in the way is. */
export function sameIntent(order: Pick<InvoiceOrder, 'operationKey'>, inTheWay: readonly InvoiceRecord[]): InvoiceRecord | undefined {
  return inTheWay.find((invoice) => invoice.operationKey === order.operationKey);
}

/** What differs between the click and the invoices that already hold its lines, in words for the person who clicked second. */
export function whatChanged(order: InvoiceOrder, inTheWay: readonly InvoiceRecord[]): Problem[] {
  return inTheWay.flatMap((invoice) => {
    const called = invoice.number ? `Invoice ${invoice.number}` : 'An invoice that is being issued';
    if (freesQuantity(invoice.status))
      return [otherwise(null, `${called} billed this before and was ${invoice.status === 'Void' ? 'voided' : 'rejected'}.`)];
    const lines = order.lines.flatMap((line, index) => {
      const held = invoice.lines.find((each) => each.lineKey === line.lineKey);
      if (!held) return [];
      if (compare(decimal(held.quantity), decimal(line.quantity)) !== 0)
        return [
          otherwise(
            `lines[${index}].quantity`,
            `${called} already bills this line, with quantity ${held.quantity} instead of ${line.quantity}.`,
          ),
        ];
      if (compare(decimal(held.unitPrice), decimal(line.unitPrice)) !== 0)
        return [
          otherwise(`lines[${index}].unitPrice`, `${called} already bills this line, at ${held.unitPrice} instead of ${line.unitPrice}.`),
        ];
      return [];
    });
    return lines.length > 0 ? lines : [otherwise(null, `${called} already bills these lines, with other particulars.`)];
  });
}

function otherwise(field: string | null, message: string): Problem {
  return { code: 'already-issued-otherwise', severity: 'error', ...(field === null ? {} : { field }), message, action: REOPEN };
}
