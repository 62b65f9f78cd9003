import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';
import { type Failure, type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { History, PageAsk, PastPage, PastRange } from '../../ports/history.ts';
import type { LoadObject } from '../../domain/first-load/load.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboCustomer, QboInvoice, QboPayment } from './entities.ts';
import { judgeFault, readFault } from './errors.ts';
import { ACTIVE_OR_NOT, clauses, literal } from './query.ts';
import { rowsOf } from './read-many.ts';
import { PAGE } from './read-pages.ts';
import { type AppBase, fromCustomer, fromInvoice, fromPayment } from './translate.ts';

type Entity = 'Customer' | 'Invoice' | 'Payment';
const ENTITY: Partial<Record<LoadObject, Entity>> = {
  'quickbooks-customers': 'Customer',
  'quickbooks-invoices': 'Invoice',
  'quickbooks-payments': 'Payment',
};

/** Names, the inactive too, whatever their age; documents of that day and later. */
function rangeOf(entity: Entity, { since }: PastRange): string[] {
  if (entity === 'Customer') return [ACTIVE_OR_NOT];
  return since === null ? [] : [`TxnDate >= ${literal(since)}`];
}

/** QuickBooks behind the history port: pages by key, so that what is deleted meanwhile moves nothing past us. */
export function createHistory(client: QuickBooksClient, app: AppBase, homeCurrency: () => Promise<Outcome<string>>): History {
  const find = (entity: Entity, clause: string) =>
    client.call<{ QueryResponse?: Record<string, unknown> }>('read', `find${entity}s`, (sdk, ready) =>
      sdk[`find${entity}s`](clause, ready),
    );

  async function list<Row extends { Id: string }, Past>(
    entity: Entity,
    ask: PageAsk,
    translate: (row: Row, homeCurrency: string) => Past,
  ): Promise<Outcome<PastPage<Past>>> {
    const where = [...rangeOf(entity, ask), ...(ask.cursor === null ? [] : [`Id > ${literal(ask.cursor)}`])].join(' AND ');
    const home = await homeCurrency();
    if (home.outcome !== 'done') return home;
    const answer = await find(entity, clauses(where || null, { max: PAGE }));
    return mapOutcome(answer, ({ QueryResponse }) => {
      const rows = rowsOf(QueryResponse) as Row[];
      const page: PastPage<Past> = { records: [], unreadable: [], next: rows.length < PAGE ? null : (rows.at(-1)?.Id ?? null) };
      for (const row of rows) {
        try {
          page.records.push(translate(row, home.value));
        } catch (error) {
          page.unreadable.push({ id: row.Id, why: error instanceof Error ? error.message : String(error) });
        }
      }
      return page;
    });
  }

  return {
    async count(object, range) {
      const entity = ENTITY[object];
      if (!entity) return done({ records: 0, estimated: false });
      const where = rangeOf(entity, range).join(' AND ');
      return countRows(client, `select count(*) from ${entity}${where && ` where ${where}`}`);
    },
    listCustomers: (ask) => list<QboCustomer, PastCustomer>('Customer', ask, (row, home) => pastCustomer(row, home, app)),
    listInvoices: (ask) => list<QboInvoice, PastInvoice>('Invoice', ask, (row, home) => pastInvoice(row, home, app)),
    listPayments: (ask) => list<QboPayment, PastPayment>('Payment', ask, (row, home) => pastPayment(row, home, app)),
  };
}

interface Counted {
  BatchItemResponse: { QueryResponse?: { totalCount?: number } }[];
}

/** So long the share of people may be left to them: the panels of some reps at work take a batch each. */
const PATIENCE_MS = 20_000;

/** The SDK puts `select *` before whatever it is given; in a batch a query stands as it is. */
async function countRows(client: QuickBooksClient, query: string): Promise<Outcome<{ records: number; estimated: boolean }>> {
  if (!(await client.mayBatch(PATIENCE_MS))) return NO_BATCH_LEFT;
  const answer = await client.call<Counted>('read', 'batch', (sdk, ready) => sdk.batch([{ bId: 'count', Query: query }], ready));
  if (answer.outcome !== 'done') return answer;
  const [item] = answer.value.BatchItemResponse;
  const fault = readFault(item);
  if (fault) return judgeFault(fault, 200, undefined);
  return done({ records: item?.QueryResponse?.totalCount ?? 0, estimated: false });
}

const NO_BATCH_LEFT: Failure = {
  outcome: 'rate-limited',
  retryAfterMs: 5000,
  problem: {
    code: 'quickbooks-budget-spent',
    severity: 'error',
    message: 'Our own limit of batches to QuickBooks is used up for the moment.',
    action: 'Try again in a few seconds.',
  },
};

function pastCustomer(row: QboCustomer, home: string, app: AppBase): PastCustomer {
  const { displayName, ...customer } = fromCustomer(row, home, app);
  return { ...customer, name: displayName };
}

function pastInvoice(row: QboInvoice, home: string, app: AppBase): PastInvoice {
  const invoice = fromInvoice(row, home, app);
  const { id, customerId, number, currency, total, tax, balance, invoiceDate, dueDate, invoiceId, url, syncToken } = invoice;
  return {
    ...{ system: 'quickbooks', id, customerId, number, currency, total, tax, balance, invoiceDate, dueDate, invoiceId, url, syncToken },
    status: invoice.voided ? 'void' : 'issued',
    memo: null,
    email: row.BillEmail?.Address ?? null,
    payLink: null,
    pdfLink: null,
    paidBy: [],
  };
}

function pastPayment(row: QboPayment, home: string, app: AppBase): PastPayment {
  const { id, customerId, currency, amount, method, reference, voided, stripePaymentId, appliesCredit, allocations, date, url } =
    fromPayment(row, home, app);
  return {
    ...{ system: 'quickbooks', id, chargeId: null, customerId, currency, amount, method, url },
    status: voided ? 'Failed' : 'Succeeded',
    name: reference ?? `QuickBooks ${id}`,
    receivedAt: `${date}T12:00:00.000Z`,
    ours: stripePaymentId !== null || appliesCredit,
    pays: allocations.map((each) => ({ invoiceId: each.quickbooksInvoiceId, amount: each.amount })),
  };
}
