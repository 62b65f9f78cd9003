import { z } from 'zod';
import { moneyText } from '../domain/money.ts';
import { previewInvoice, type Identity, type InvoicePreview } from '../use-cases/preview-invoice.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure, showProblem } from './reply.ts';
import { draft, money, outcome, problem, recordId } from './schemas.ts';

const identity = z.object({
  status: z.enum(['linked', 'will-be-created', 'needs-review', 'unknown']),
  id: z.string().optional(),
  name: z.string().optional(),
  url: z.string().optional(),
  reason: z.string().optional(),
});

const shownLine = z.object({
  lineKey: z.string(),
  sourceLineId: z.string().optional(),
  productId: z.string().optional(),
  productName: z.string(),
  description: z.string(),
  quantityOrdered: z.string(),
  quantityBilled: z.string(),
  quantityLeft: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  priceEditable: z.boolean(),
  serviceDate: z.string().optional(),
  amount: money,
  billable: z.boolean(),
});

/** Given back as it is, it means the same again: here null is a choice, so nothing is left out. */
const shownDraft = z.object({
  accountId: z.string(),
  contactId: z.string().nullable(),
  invoiceDate: z.string(),
  terms: z.string(),
  poNumber: z.string().nullable(),
  memo: z.string().nullable(),
  delivery: z.enum(['send', 'do-not-send']),
  lines: z.array(
    z.object({
      lineKey: z.string(),
      sourceLineId: z.string().nullable(),
      productId: z.string().nullable(),
      description: z.string(),
      quantity: z.string(),
      unitPrice: z.string(),
      serviceDate: z.string().nullable(),
      include: z.boolean(),
    }),
  ),
});

const named = z.object({ id: z.string(), name: z.string() });

const reply = z.object({
  outcome,
  company: named.extend({ timeZone: z.string() }).optional(),
  source: named.extend({ type: z.string(), currency: z.string() }).optional(),
  billTo: z
    .object({
      accountId: z.string(),
      accountName: z.string(),
      contactId: z.string().optional(),
      contacts: z.array(named.extend({ email: z.string().optional() })),
      accounts: z.array(named),
    })
    .optional(),
  identity: z.object({ stripe: identity, quickbooks: identity }).optional(),
  terms: z.array(z.object({ value: z.string(), label: z.string(), days: z.number().int() })).optional(),
  draft: shownDraft.optional(),
  lines: z.array(shownLine).optional(),
  totals: z.object({ subtotal: money, tax: money, total: money }).optional(),
  problems: z.array(problem),
  canIssue: z.boolean(),
});

export const previewInvoiceEndpoint = endpoint({
  operationId: 'preview-invoice',
  summary: 'Preview an invoice',
  description: 'Shows the exact invoice both books would hold for a record, and every problem that can be known before anything is sent.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ sourceId: recordId, draft: draft.nullish().transform((value) => value ?? {}) }),
  reply,
  handle: async (deps, body, caller) => {
    const preview = await previewInvoice(deps, { sourceId: body.sourceId, draft: withoutUndefined(body.draft) }, caller);
    return preview.outcome === 'done' ? show(preview.value) : { ...showFailure(preview), canIssue: false };
  },
});

/** Absent fields must be absent, not undefined: then they get their defaults. */
export function withoutUndefined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

function show(preview: InvoicePreview): z.input<typeof reply> {
  const { source: read, draft: completed, totals } = preview;
  const { company, source } = read;
  const amount = (minor: number) => moneyText(minor, source.currency);
  return {
    outcome: 'done',
    company: { id: company.id, name: company.name, timeZone: company.timeZone },
    source: { id: source.id, type: source.type, name: source.name, currency: source.currency },
    billTo: {
      accountId: completed.accountId,
      accountName: read.accounts.find((each) => each.id === completed.accountId)?.name ?? '',
      ...present({ contactId: completed.contactId }),
      contacts: read.contacts
        .filter((each) => each.accountId === completed.accountId)
        .map(({ id, name, email }) => ({ id, name, ...present({ email }) })),
      accounts: read.accounts.map(({ id, name }) => ({ id, name })),
    },
    identity: { stripe: showIdentity(preview.identity.stripe), quickbooks: showIdentity(preview.identity.quickbooks) },
    terms: preview.terms.map(({ value, label, days }) => ({ value, label, days })),
    draft: completed,
    lines: completed.lines.map((line) => showLine(preview, line)),
    totals: { subtotal: amount(totals.subtotal), tax: amount(totals.tax), total: amount(totals.total) },
    problems: preview.problems.map(showProblem),
    canIssue: preview.canIssue,
  };
}

type CompletedLine = InvoicePreview['draft']['lines'][number];

function showLine({ source: read, left, lines, ...rest }: InvoicePreview, line: CompletedLine): z.input<typeof shownLine> {
  const own = left.lines.find((each) => each.line.id === line.sourceLineId);
  const amount = lines.find((each) => each.lineKey === line.lineKey)?.amount ?? 0;
  const faulty = rest.problems.some(
    (each) => each.severity === 'error' && each.field?.startsWith(`lines[${rest.draft.lines.indexOf(line)}]`),
  );
  return {
    ...present({ sourceLineId: line.sourceLineId, productId: line.productId, serviceDate: line.serviceDate }),
    lineKey: line.lineKey,
    productName: own?.line.productName ?? line.description,
    description: line.description,
    quantityOrdered: own?.line.quantity ?? line.quantity,
    quantityBilled: own?.billed ?? '0',
    quantityLeft: own?.left ?? line.quantity,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    priceEditable: own === undefined || read.rights.editPrice,
    amount: moneyText(amount, read.source.currency),
    billable: !faulty && (own === undefined || own.left !== '0'),
  };
}

function showIdentity(match: Identity): z.input<typeof identity> {
  if (match === null) return { status: 'unknown', reason: 'It does not answer at the moment.' };
  switch (match.status) {
    case 'linked':
      return {
        status: 'linked',
        id: match.id,
        name: match.name,
        ...present({ url: match.url }),
        ...(match.reasons === '' ? {} : { reason: match.reasons }),
      };
    case 'will-be-created':
    case 'needs-review':
      return { status: match.status, reason: match.reason };
  }
}
