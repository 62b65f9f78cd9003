import { compare, decimal, formatDecimal, parseDecimal } from './decimal.ts';
import type { Draft, DraftLine, DraftRequest } from './draft.ts';
import type { LeftToBill } from './left-to-bill.ts';
import { netUnitPrice } from './line-amount.ts';
import type { BillContact, SourceRead } from './source.ts';

const DEFAULT_TERMS = 'Due on receipt';

/** The draft with every absent field filled in from the source. Pure: what the panel shows first, and what a flow gets that names only a record. */
export function completeDraft(source: SourceRead, left: LeftToBill, today: string, asked: DraftRequest): Draft {
  const accountId = asked.accountId ?? source.source.accountId;
  return {
    accountId,
    contactId: asked.contactId === undefined ? defaultContact(source, accountId) : asked.contactId,
    invoiceDate: asked.invoiceDate ?? today,
    terms: asked.terms ?? source.company.defaultTerms ?? DEFAULT_TERMS,
    poNumber: asked.poNumber === undefined ? source.source.poNumber : asked.poNumber,
    memo: asked.memo ?? null,
    delivery: asked.delivery ?? 'send',
    lines: (asked.lines ?? sourceLines(left)).map(normalise),
  };
}

function sourceLines(left: LeftToBill): DraftLine[] {
  return left.lines.map(({ line, nextKey, left: quantity }) => ({
    lineKey: nextKey,
    sourceLineId: line.id,
    productId: line.productId,
    description: line.description ?? line.productName,
    quantity,
    unitPrice: netUnitPrice(line.unitPrice, line.discountPercent),
    serviceDate: line.serviceDate,
    include: compare(decimal(quantity), { unscaled: 0n, scale: 0 }) !== 0,
  }));
}

/** The source's own contact, else the account's first one that can be written to. */
function defaultContact(source: SourceRead, accountId: string): string | null {
  const ofAccount = source.contacts.filter((contact) => contact.accountId === accountId);
  const own = source.contacts.find((contact) => contact.id === source.source.contactId);
  const reachable = ofAccount.find((contact: BillContact) => contact.email !== null);
  return (own ?? reachable ?? ofAccount[0])?.id ?? null;
}

/** `1.50` and `1.5` are the same click. */
function normalise(line: DraftLine): DraftLine {
  const plain = (text: string) => {
    const value = parseDecimal(text);
    return value ? formatDecimal(value) : text;
  };
  return { ...line, quantity: plain(line.quantity), unitPrice: plain(line.unitPrice) };
}
