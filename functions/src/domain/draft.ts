import type { Delivery } from './invoice.ts';

/** One line as the panel shows and returns it; decimals are plain text. */
export interface DraftLine {
  lineKey: string;
  sourceLineId: string | null;
  productId: string | null;
  description: string;
  quantity: string;
  unitPrice: string;
  serviceDate: string | null;
  include: boolean;
}

/** What the rep asks for. */
export interface Draft {
  accountId: string;
  contactId: string | null;
  invoiceDate: string;
  terms: string;
  poNumber: string | null;
  memo: string | null;
  delivery: Delivery;
  lines: DraftLine[];
}

/** What a caller may leave out; absent fields get defaults from the source. */
export type DraftRequest = Partial<Draft>;

/** The content that makes two clicks the same: everything that reaches a book. */
export function draftContent(sourceId: string, draft: Draft): string {
  const lines = draft.lines
    .filter((line) => line.include)
    .map((line) => [line.lineKey, line.productId, line.description, line.quantity, line.unitPrice, line.serviceDate])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return JSON.stringify([
    sourceId,
    draft.accountId,
    draft.contactId,
    draft.invoiceDate,
    draft.terms,
    draft.poNumber,
    draft.memo,
    draft.delivery,
    lines,
  ]);
}
