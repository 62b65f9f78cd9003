import { buildOrder, type OrderParts } from '../../domain/build-order.ts';
import type { Draft } from '../../domain/draft.ts';
import type { InvoiceOrder, InvoiceRecord } from '../../domain/invoice.ts';
import { parseLineKey } from '../../domain/line-key.ts';
import { comparePayloads, type PayloadRow } from '../../domain/map-fields/compare-payloads.ts';
import type { FieldMapping, TargetObject } from '../../domain/map-fields/mapping.ts';
import { storedLink } from '../../domain/matching.ts';
import { done, rejected, type Outcome } from '../../domain/outcome.ts';
import { preflightProblem } from '../../domain/preflight/problems.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SourceRead } from '../../domain/source.ts';
import { findTerms, offeredTerms } from '../../domain/terms.ts';
import type { Caller, Deps } from '../deps.ts';
import { draftBody, ledgerBody, mappedTo } from '../issue-invoice/bodies.ts';
import { listsFailure, mapInvoice, readForMapping } from '../look/map-invoice.ts';

export type PayloadDeps = Pick<Deps, 'records' | 'mappings' | 'payments' | 'ledger' | 'payloads' | 'clock'>;
type Shown = Exclude<TargetObject, 'QuickBooks Invoice Line'>;

export interface ShownPayloads {
  invoiceId: string;
  number: string | null;
  problems: Problem[];
  payloads: { object: Shown; rows: PayloadRow[] }[];
}

/** A real invoice as it would be sent with the saved mappings and with those given, as if its customers were created too. Sends nothing. */
export async function showPayloads(
  deps: PayloadDeps,
  { invoiceId, before, after }: { invoiceId: string; before: FieldMapping[]; after: FieldMapping[] },
  caller: Caller,
): Promise<Outcome<ShownPayloads>> {
  const read = await deps.records.readInvoice({ invoiceId, asking: caller });
  if (read.outcome !== 'done') return read;
  if (read.value.rights?.canRead !== true) return rejected(preflightProblem('no-access', null));
  const { invoice } = read.value;
  const [source, reference] = await Promise.all([
    deps.records.readSource({ sourceId: invoice.sourceId, asking: caller }),
    deps.ledger.readReference(),
  ]);
  if (source.outcome !== 'done') return source;
  if (reference.outcome !== 'done') return reference;

  const draft = draftOf(invoice);
  const terms = findTerms(offeredTerms(reference.value.terms), invoice.terms);
  const parts = partsOf(source.value, invoice, terms ?? { value: invoice.terms, label: invoice.terms, days: 0, termId: null });
  const unlinked = { ...source.value, links: source.value.links.filter((link) => link.recordType !== 'Account') };
  const orderWith = async (mappings: FieldMapping[]) => {
    const asked = { source: unlinked, draft, mappings };
    const values = await readForMapping(deps, asked, VALUES_BELIEVED_MS);
    const failure = listsFailure(values);
    if (failure) return failure;
    const { mapped, problems } = mapInvoice(deps, asked, values, parts);
    const at = { userId: caller.userId, at: new Date(deps.clock.now()).toISOString(), correlationId: caller.correlationId };
    const order = buildOrder(source.value, draft, { ...parts, ...(mapped ? { mapped } : {}) }, at);
    return done({ order: { ...order, dueDate: invoice.dueDate }, problems });
  };
  const [was, is] = [await orderWith(before), await orderWith(after)];
  if (was.outcome !== 'done') return was;
  if (is.outcome !== 'done') return is;
  const customers = customersOf(source.value, invoice);
  const show = (order: InvoiceOrder) => payloadsOf(deps, order, invoice, customers, reference.value);
  const [old, now] = [show(was.value.order), show(is.value.order)];
  const payloads = (Object.keys(now) as Shown[]).map((object) => ({ object, rows: comparePayloads(old[object], now[object]) }));
  return done({ invoiceId, number: invoice.number, problems: is.value.problems, payloads });
}

/** While an admin types, the record's values need not be read with every key. */
const VALUES_BELIEVED_MS = 15_000;

/** The invoice as it was asked for. */
function draftOf(invoice: InvoiceRecord): Draft {
  const { accountId, contactId, invoiceDate, terms, poNumber, memo, delivery } = invoice;
  const lines = invoice.lines.map(({ lineKey, productId, description, quantity, unitPrice, serviceDate }) => {
    const key = parseLineKey(lineKey);
    const sourceLineId = key?.kind === 'source' ? key.sourceLineId : null;
    return { lineKey, sourceLineId, productId, description, quantity, unitPrice, serviceDate, include: true };
  });
  return { accountId, contactId, invoiceDate, terms, poNumber, memo, delivery, lines };
}

function partsOf({ links }: SourceRead, invoice: InvoiceRecord, terms: OrderParts['terms']): OrderParts {
  const idOf = (system: 'stripe' | 'quickbooks', productId: string) =>
    storedLink(links, system, productId, invoice.currency)?.externalId ?? null;
  const products = invoice.lines.flatMap(({ productId }) => (productId === null ? [] : [productId]));
  const nobody = { id: null, displayName: '' };
  return {
    customers: { stripe: nobody, quickbooks: nobody },
    items: new Map(products.map((id) => [id, { itemId: idOf('quickbooks', id), stripeProductId: idOf('stripe', id) }])),
    newLinks: [],
    unchecked: [],
    terms,
  };
}

/** Who it is billed to in each book; a text in its place where nobody is linked yet. */
function customersOf({ links }: SourceRead, { accountId, currency }: InvoiceRecord) {
  const idIn = (system: 'stripe' | 'quickbooks') => storedLink(links, system, accountId, currency)?.externalId ?? '(new customer)';
  return { stripe: idIn('stripe'), quickbooks: idIn('quickbooks') };
}

function payloadsOf(
  { payloads }: Pick<Deps, 'payloads'>,
  order: InvoiceOrder,
  { id, number }: InvoiceRecord,
  customers: { stripe: string; quickbooks: string },
  reference: { multicurrency: boolean; marksTaxableLines: boolean },
): Record<Shown, object> {
  const saga = { order, ids: { invoiceId: id, operationId: '' } };
  const given = number ?? '(next number)';
  const { name, email, phone, address } = order.billTo;
  const party = { accountId: order.accountId, companyKey: order.companyKey, email, phone, address };
  const taxes = order.lines.map((line) => line.tax);
  return {
    'QuickBooks Invoice': payloads.quickbooksInvoice({ ...ledgerBody(saga, reference, customers.quickbooks, taxes), number: given }),
    'Stripe Invoice': payloads.stripeInvoice(draftBody(saga, customers.stripe, given)),
    'QuickBooks Customer': payloads.quickbooksCustomer({
      ...party,
      displayName: name,
      companyName: name,
      currency: order.currency,
      multicurrency: reference.multicurrency,
      ...mappedTo(order, 'QuickBooks Customer'),
    }),
    'Stripe Customer': payloads.stripeCustomer({ ...party, name, ...mappedTo(order, 'Stripe Customer') }),
  };
}
