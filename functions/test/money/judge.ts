import { intentNodes } from '../../src/adapters/salesforce/write.ts';
import type { InvoiceOrder } from '../../src/domain/invoice.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { buildOrder } from '../../src/domain/build-order.ts';
import { sum } from '../../src/domain/money.ts';
import { issueInvoice, startCarrying } from '../../src/use-cases/issue-invoice.ts';
import { gatherInvoice, readAsked } from '../../src/use-cases/look/gather-invoice.ts';
import { type Company, REP } from './company.ts';
import type { MoneyCase } from './generate.ts';
import { readQuickbooks } from './quickbooks-in-process.ts';
import { minorFrom, minorFromThousandths, productOf, rollUp, taxOf } from './reference.ts';
import { askStripe } from './stripe-in-process.ts';

/** What became of one invoice. */
export type Verdict =
  | { verdict: 'equal' }
  /** Salesforce, Stripe and QuickBooks (or the expected sums) disagree, or something failed that preflight had let pass. */
  | { verdict: 'different'; why: string }
  /** `confirmedBy`: what the stand-in did with it when it was sent all the same; null when it took it as it was. */
  | { verdict: 'refused'; codes: string[]; confirmedBy: string | null };

/** Minor units of one system's copy: total, tax, and the lines in order. */
interface Copy {
  total: number;
  tax: number;
  lines: number[];
}

/** Issues the case by the use case; what preflight refuses is sent again past it. */
export async function judge(company: Company, each: MoneyCase): Promise<Verdict> {
  const sourceId = company.sell(each);
  const draft = { delivery: each.send ? ('send' as const) : ('do-not-send' as const) };
  const reply = await issueInvoice(company.deps, { sourceId, draft, waitMs: 1 }, REP);
  if (reply.outcome !== 'done') return different(reply.problem.message);
  const { outcome, operationKey, problems } = reply.value;
  if (operationKey === null) {
    const codes = problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
    const confirmedBy = await sendAnyway(company, sourceId, draft, codes);
    company.renewCustomer(each.currency);
    return { verdict: 'refused', codes: [...new Set(codes)], confirmedBy };
  }
  if (outcome !== 'done') return different(`${outcome}: ${textOf(problems)}`);
  return compare(company, each, sourceId);
}

/** Refusals of an amount itself: sent past preflight, it goes as it was asked for. */
const OF_AMOUNTS = new Set(['amount-too-fine', 'amount-too-large']);

/** Past preflight, with the amounts as they are: how the stand-ins stop it, or null when all three hold the same. */
async function sendAnyway(company: Company, sourceId: string, draft: object, codes: readonly string[]): Promise<string | null> {
  const { deps } = company;
  const asked = await readAsked(deps, { sourceId, draft }, REP);
  if (asked.outcome !== 'done') return null;
  const gathered = await gatherInvoice(deps, asked.value);
  const built = buildOrder(gathered.source, gathered.draft, gathered.parts, { ...REP, at: new Date(deps.clock.now()).toISOString() });
  const order = codes.some((code) => OF_AMOUNTS.has(code)) ? withExactAmounts(built) : built;
  const intent = await deps.records.createIntent(order);
  if (intent.outcome !== 'done' || 'collision' in intent.value) throw new Error(`no intent for ${sourceId}`);
  await startCarrying(deps, order, intent.value);
  await company.idle();
  const operation = await deps.progress.read(order.operationKey);
  if (operation?.state === 'done') return null;
  if (operation?.steps.some((step) => step.name === 'compared' && step.state === 'failed')) return 'the books come to different amounts';
  const [problem] = operation?.problems ?? [];
  if (codes.includes('amount-too-large')) return sendByHand(company, order);
  return problem?.provider ? `${problem.provider.system} refuses: ${problem.message.replace(/ ?Supplied value:.*/, '')}` : null;
}

/** Amounts beyond our own counting cannot pass the translators at all: Stripe is asked by hand. */
function sendByHand({ stripe, org }: Company, order: InvoiceOrder): string | null {
  const customer = org.links.get(`stripe:${order.accountId}`)?.externalId;
  const params = {
    customer,
    currency: order.currency.toLowerCase(),
    collection_method: 'send_invoice',
    days_until_due: 30,
    auto_advance: false,
  };
  const { id } = askStripe(stripe, 'POST', '/v1/invoices', params);
  const lines = order.lines.map((line) => ({ amount: line.amount, description: line.description }));
  askStripe(stripe, 'POST', `/v1/invoices/${String(id)}/add_lines`, { lines });
  const final = askStripe(stripe, 'POST', `/v1/invoices/${String(id)}/finalize`);
  return final['amount_due'] === final['total'] ? null : 'stripe asks for another amount than the total';
}

/** Preflight's rounding to what all systems hold is undone: the currency's own minor units. */
function withExactAmounts(order: InvoiceOrder): InvoiceOrder {
  const lines = order.lines.map((line) => ({ ...line, amount: productOf(line.quantity, line.unitPrice, order.currency, 1n) }));
  const subtotal = sum(lines.map((line) => line.amount));
  return { ...order, lines, subtotal, total: subtotal + order.tax };
}

function compare(company: Company, each: MoneyCase, sourceId: string): Verdict {
  const invoice = [...company.org.invoices.values()].findLast((held) => held.sourceId === sourceId);
  const order = invoice && company.org.orders.get(invoice.id);
  if (!order || !invoice.stripeInvoiceId || !invoice.quickbooksInvoiceId) return different('Salesforce does not hold what was issued');
  const copies: Record<string, Copy> = {
    expected: expectedOf(each, order),
    Salesforce: inSalesforce(order),
    Stripe: inStripe(company, invoice.stripeInvoiceId, each.currency),
    QuickBooks: inQuickbooks(company, invoice.quickbooksInvoiceId, each.currency),
  };
  const texts = Object.entries(copies).map(([system, copy]) => [system, JSON.stringify([copy.total, copy.tax, copy.lines])] as const);
  if (new Set(texts.map(([, text]) => text)).size === 1) return { verdict: 'equal' };
  return different(texts.map(([system, text]) => `${system} ${text.slice(0, 200)}`).join('; '));
}

function expectedOf(each: MoneyCase, order: InvoiceOrder): Copy {
  const lines = order.lines.map((line) => productOf(line.quantity, line.unitPrice, each.currency));
  const tax = sum(lines.map((amount) => taxOf(amount, each.taxRate, each.currency)));
  return { total: sum(lines) + tax, tax, lines };
}

/** What the records hold once the intent is written: roll-ups over the lines, the total a formula of the two. */
function inSalesforce(order: InvoiceOrder): Copy {
  const rows = intentNodes(order, { multiCurrency: true })
    .filter((node) => node.path.endsWith('/Trueup_Invoice_Line__c'))
    .map((node) => JSON.parse(JSON.stringify(node.body)) as { Amount__c: number; Tax_Amount__c: number });
  const subtotal = rollUp(rows.map((row) => row.Amount__c));
  const tax = rollUp(rows.map((row) => row.Tax_Amount__c));
  return {
    total: minorFromThousandths(subtotal + tax, order.currency),
    tax: minorFromThousandths(tax, order.currency),
    lines: rows.map((row) => minorFrom(row.Amount__c, order.currency)),
  };
}

interface StripePage {
  data: { id: string; amount: number; metadata: Record<string, string> }[];
  has_more: boolean;
}

/** All four currencies travel in their own minor units at Stripe. */
function inStripe({ stripe, org }: Company, id: string, currency: string): Copy {
  const held = askStripe(stripe, 'GET', `/v1/invoices/${id}`) as {
    total: number;
    currency: string;
    total_taxes: { amount: number }[] | null;
    lines: StripePage;
  };
  if (held.currency !== currency.toLowerCase()) throw new Error(`Stripe holds ${held.currency}`);
  const lines: StripePage['data'] = [];
  for (let page: StripePage | undefined; page === undefined || page.has_more;) {
    const last = lines.at(-1)?.id;
    page = askStripe(stripe, 'GET', `/v1/invoices/${id}/lines`, {
      limit: 100,
      ...(last ? { starting_after: last } : {}),
    }) as unknown as StripePage;
    lines.push(...page.data);
  }
  const order = [...org.invoices.values()].find((invoice) => invoice.stripeInvoiceId === id);
  const byKey = new Map(lines.map((line) => [line.metadata['trueup_line_key'], line.amount]));
  return {
    total: held.total,
    tax: sum((held.total_taxes ?? []).map((tax) => tax.amount)),
    lines: (order?.lines ?? []).map((line) => byKey.get(line.lineKey) ?? Number.NaN),
  };
}

function inQuickbooks({ quickbooks }: Company, id: string, currency: string): Copy {
  const { Invoice } = readQuickbooks(quickbooks, `invoice/${id}`) as {
    Invoice: {
      TotalAmt: number;
      TxnTaxDetail: { TotalTax: number };
      CurrencyRef: { value: string };
      Line: { DetailType: string; Amount: number }[];
    };
  };
  if (Invoice.CurrencyRef.value !== currency) throw new Error(`QuickBooks holds ${Invoice.CurrencyRef.value}`);
  return {
    total: minorFrom(Invoice.TotalAmt, currency),
    tax: minorFrom(Invoice.TxnTaxDetail.TotalTax, currency),
    lines: Invoice.Line.filter((line) => line.DetailType === 'SalesItemLineDetail').map((line) => minorFrom(line.Amount, currency)),
  };
}

const different = (why: string): Verdict => ({ verdict: 'different', why });
const textOf = (problems: readonly Problem[]): string =>
  problems.map((problem) => `${problem.code} ${problem.message} ${JSON.stringify(problem.provider ?? '')}`).join('; ');
