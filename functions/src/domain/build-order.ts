import type { Draft } from './draft.ts';
import type { InvoiceOrder, OrderLine } from './invoice.ts';
import { FREE_LINE_ITEM } from './match-item.ts';
import type { BooksContext } from './preflight/context.ts';
import { lineAmount, reproducesAmount, taxOfLine } from './line-amount.ts';
import { sum } from './money.ts';
import { intentKey, issueOperationKey } from './operation-key.ts';
import { draftContent } from './draft.ts';
import type { Link } from './link.ts';
import { hasMappedItem, type MappedValues } from './map-fields/mapped-values.ts';
import type { SourceRead } from './source.ts';
import { dueDate, type Terms } from './terms.ts';

/** What the two books already know of the order's parties and goods. */
export interface OrderParts {
  customers: InvoiceOrder['customers'];
  /** QuickBooks item and Stripe product by Product2 id; `free` for lines without a product. */
  items: ReadonlyMap<string, { itemId: string | null; stripeProductId: string | null }>;
  terms: Terms;
  newLinks: Link[];
  unchecked: InvoiceOrder['unchecked'];
  mapped?: MappedValues;
}

export interface Asking {
  userId: string;
  at: string;
  correlationId: string;
}

/** The frozen order. The draft has passed preflight; amounts are rounded here, once per line. */
export function buildOrder(source: SourceRead, draft: Draft, parts: OrderParts, asking: Asking): InvoiceOrder {
  const lines = orderLines(source, draft, parts.items);
  const account = source.accounts.find((each) => each.id === draft.accountId);
  const contact = source.contacts.find((each) => each.id === draft.contactId);
  const intent = intentKey(
    source.source.id,
    lines.map((line) => line.lineKey),
  );
  const subtotal = sum(lines.map((line) => line.amount));
  const tax = sum(lines.map((line) => line.tax));
  return {
    operationKey: issueOperationKey(intent, draftContent(source.source.id, draft)),
    intentKey: intent,
    companyKey: source.company.key,
    companyId: source.company.id,
    sourceId: source.source.id,
    sourceType: source.source.type,
    accountId: draft.accountId,
    contactId: draft.contactId,
    opportunityId: source.source.opportunityId,
    ownerId: source.source.ownerId,
    requestedBy: asking.userId,
    requestedAt: asking.at,
    correlationId: asking.correlationId,
    currency: source.source.currency,
    invoiceDate: draft.invoiceDate,
    dueDate: dueDate(draft.invoiceDate, parts.terms),
    terms: parts.terms.label,
    termId: parts.terms.termId,
    poNumber: draft.poNumber,
    memo: draft.memo,
    delivery: draft.delivery,
    billTo: { name: account?.name ?? '', email: contact?.email ?? null, phone: account?.phone ?? null, address: account?.address ?? null },
    customers: parts.customers,
    links: source.links,
    reviews: source.reviews,
    itemReviews: source.itemReviews,
    newLinks: parts.newLinks,
    taxEngine: source.company.taxEngine,
    timeZone: source.company.timeZone,
    quickbooksRealmId: source.company.quickbooksRealmId,
    numberPrefix: source.company.numberPrefix,
    lines,
    subtotal,
    tax,
    total: sum([subtotal, tax]),
    unchecked: parts.unchecked,
    ...(parts.mapped ? { mapped: parts.mapped } : {}),
  };
}

/** The included lines with their amounts; lines whose numbers cannot be read get amount 0 (preflight names them). */
export function orderLines(source: SourceRead, draft: Draft, items: OrderParts['items']): OrderLine[] {
  const { currency } = source.source;
  const rate = source.company.taxEngine === 'Salesforce Rate' ? source.company.taxRate : null;
  return draft.lines
    .filter((line) => line.include)
    .map((line, index) => {
      const amount = lineAmount(line.quantity, line.unitPrice, currency) ?? 0;
      const item = items.get(line.productId ?? 'free');
      return {
        lineKey: line.lineKey,
        sourceLineId: line.sourceLineId,
        productId: line.productId,
        description: line.description,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        amount,
        tax: rate === null ? 0 : taxOfLine(amount, rate, currency),
        reproducible: reproducesAmount(line.quantity, line.unitPrice, currency),
        serviceDate: line.serviceDate,
        sortOrder: index + 1,
        productName: productName(source, line),
        productCode: source.lines.find((each) => each.productId === line.productId && line.productId !== null)?.productCode ?? null,
        itemId: item?.itemId ?? null,
        stripeProductId: item?.stripeProductId ?? null,
      };
    });
}

/** What the line sells, in words. */
export function productName(source: SourceRead, line: { productId: string | null; description: string }): string {
  if (line.productId === null) return FREE_LINE_ITEM;
  return source.lines.find((each) => each.productId === line.productId)?.productName ?? line.description;
}

/** What the two books judge of this draft; lines whose item a mapping names need none of their product. */
export function booksContext(source: SourceRead, draft: Draft, mapped?: MappedValues): BooksContext {
  const lines = draft.lines.flatMap((line, index) =>
    line.include
      ? [{ lineKey: line.lineKey, at: `lines[${index}].productId`, key: line.productId ?? 'free', name: productName(source, line) }]
      : [],
  );
  return {
    currency: source.source.currency,
    accountName: source.accounts.find((account) => account.id === draft.accountId)?.name ?? '',
    invoiceDate: draft.invoiceDate,
    sold: lines,
    goods: lines.filter(({ lineKey }) => !hasMappedItem(mapped, lineKey)),
  };
}
