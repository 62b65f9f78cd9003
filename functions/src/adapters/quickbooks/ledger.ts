import { quickbooksRetryId } from '../../domain/operation-key.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { Json } from '../../ports/effect-log.ts';
import { createRecent } from '../../platform/recent.ts';
import type { Ledger, LedgerCustomer, LedgerInvoice, LedgerInvoiceBody, LedgerItem, LedgerPayment } from '../../ports/ledger.ts';
import { createAskTogether } from './ask-together.ts';
import { createCalls } from './calls.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboCustomer, QboInvoice, QboItem, QboName, QboPayment } from './entities.ts';
import { ACTIVE_OR_NOT, clauses, literal, within } from './query.ts';
import { type Query, readMany, rowsOf } from './read-many.ts';
import { lostOf } from './mapped.ts';
import { createReference } from './reference.ts';
import { createTargets } from './targets.ts';
import type { Together } from './together.ts';
import { type AppBase, fromCustomer, fromInvoice, fromItem, fromPayment, toCustomer, toInvoice, toPayment } from './translate.ts';

/** The most rows of one query. */
const PAGE = 1000;

/** Each of them once. */
const itemsOf = (found: Record<string, unknown[]>): LedgerItem[] => [
  ...new Map((Object.values(found).flat() as QboItem[]).map((item) => [item.Id, fromItem(item)])).values(),
];

/** QuickBooks Online behind the ledger port, for one company. */
export function createLedger(client: QuickBooksClient, app: AppBase, realmId: string, together?: Together): Ledger {
  const readReference = createReference(client);
  const { find, write, create } = createCalls(client, together);
  const looks = createRecent<{ customer: LedgerCustomer | null; items: LedgerItem[] }>();
  const home = async (): Promise<string> => {
    const reference = await readReference();
    return reference.outcome === 'done' ? reference.value.homeCurrency : 'USD';
  };
  /** `as`: what was sent; which of its mapped values are not held is told. */
  const invoicesOf = async (outcome: Outcome<QboInvoice[]>, as?: LedgerInvoiceBody): Promise<Outcome<LedgerInvoice[]>> => {
    const currency = await home();
    return mapOutcome(outcome, (invoices) => invoices.map((invoice) => withLost(fromInvoice(invoice, currency, app), invoice, as)));
  };
  const paymentsOf = async (outcome: Outcome<QboPayment[]>): Promise<Outcome<LedgerPayment[]>> => {
    const currency = await home();
    return mapOutcome(outcome, (payments) => payments.map((payment) => fromPayment(payment, currency, app)));
  };
  const invoicesById = createAskTogether<QboInvoice>(client, { find }, 'findInvoices', together?.few);
  const paymentsById = createAskTogether<QboPayment>(client, { find }, 'findPayments', together?.few);
  const readInvoice = async (id: string): Promise<Outcome<LedgerInvoice | null>> => {
    const found = await invoicesOf(await invoicesById([id]));
    return mapOutcome(found, ([invoice]) => invoice ?? null);
  };
  const readPayments = async (ids: string[]) => (ids.length === 0 ? done([]) : paymentsOf(await paymentsById(ids)));

  return {
    readReference,
    readTargets: createTargets(client, readReference),

    async readForInvoice({ customerId, itemIds, believeMs = 0 }) {
      const asked = JSON.stringify([customerId, [...itemIds].sort()]);
      const known = looks.read(asked, believeMs);
      if (known) return done(known);
      const read = await readMany(client, {
        customer: { entity: 'Customer' as const, where: `${within('Id', customerId ? [customerId] : [])} AND ${ACTIVE_OR_NOT}` },
        items: { entity: 'Item' as const, where: `${within('Id', itemIds)} AND ${ACTIVE_OR_NOT}` },
      });
      if (read.outcome !== 'done') return read;
      const currency = await home();
      const [customer] = read.value.customer as QboCustomer[];
      const look = {
        customer: customer ? fromCustomer(customer, currency, app) : null,
        items: (read.value.items as QboItem[]).map(fromItem),
      };
      looks.keep(asked, look);
      return done(look);
    },

    async findCustomers({ email, name }) {
      const queries: Record<string, Query> = {
        byDisplayName: { entity: 'Customer' as const, where: `DisplayName = ${literal(name)} AND ${ACTIVE_OR_NOT}` },
        byCompany: { entity: 'Customer' as const, where: `CompanyName = ${literal(name)} AND ${ACTIVE_OR_NOT}` },
        ...(email ? { byEmail: { entity: 'Customer' as const, where: `PrimaryEmailAddr = ${literal(email)} AND ${ACTIVE_OR_NOT}` } } : {}),
      };
      const read = await readMany(client, queries);
      if (read.outcome !== 'done') return read;
      const currency = await home();
      const found = new Map<string, LedgerCustomer>();
      for (const customer of Object.values(read.value).flat() as QboCustomer[])
        found.set(customer.Id, fromCustomer(customer, currency, app));
      return done([...found.values()]);
    },

    async findItems({ codes, names }) {
      const read = await readMany(client, {
        byCode: { entity: 'Item' as const, where: `${within('Sku', codes)} AND ${ACTIVE_OR_NOT}` },
        byName: { entity: 'Item' as const, where: `${within('Name', names)} AND ${ACTIVE_OR_NOT}` },
      });
      return mapOutcome(read, itemsOf);
    },

    async findAlikeItems(words) {
      // "OR" is not in the query language.
      const queries = words.map((word, at): [string, Query] => [
        `word${at}`,
        { entity: 'Item', where: `Name LIKE ${literal(`%${word}%`)} AND ${ACTIVE_OR_NOT}` },
      ]);
      return mapOutcome(await readMany(client, Object.fromEntries(queries)), itemsOf);
    },

    async findNameHolder(displayName) {
      const named = `DisplayName = ${literal(displayName)} AND ${ACTIVE_OR_NOT}`;
      const read = await readMany(client, {
        Customer: { entity: 'Customer' as const, where: named },
        Vendor: { entity: 'Vendor' as const, where: named },
        Employee: { entity: 'Employee' as const, where: named },
      });
      return mapOutcome(read, (found) => {
        for (const type of ['Customer', 'Vendor', 'Employee'] as const) {
          const [holder] = found[type] as QboName[];
          if (holder)
            return {
              type,
              id: holder.Id,
              active: holder.Active !== false,
              accountId: holder.Notes?.match(/Trueup account (\w+)/)?.[1] ?? null,
            };
        }
        return null;
      });
    },

    async createCustomer(body, key) {
      const answer = await write<QboCustomer>('createCustomer', (sdk) => sdk.createCustomer, toCustomer(body), key);
      return mapOutcome(answer, (customer) => fromCustomer(customer, body.currency, app));
    },

    async createInvoice(body, key, sending) {
      const answer = await create<QboInvoice>('Invoice', toInvoice(body), key, { sending });
      // What was believed of customer and items may be why.
      if (answer.outcome === 'rejected') looks.forget();
      return mapOutcome(answer, (invoice) => withLost(fromInvoice(invoice, body.currency, app), invoice, body));
    },

    async findInvoices({ customerId, date, number, as }) {
      const where = [
        customerId ? `CustomerRef = ${literal(customerId)}` : '',
        date ? `TxnDate = ${literal(date)}` : '',
        number ? `DocNumber = ${literal(number)}` : '',
      ]
        .filter(Boolean)
        .join(' AND ');
      return invoicesOf(await find<QboInvoice>('findInvoices', where), as);
    },
    readInvoice,
    async readInvoices(ids) {
      return ids.length === 0 ? done([]) : invoicesOf(await invoicesById(ids));
    },

    async listInvoices({ createdFrom, cursor }) {
      const start = Number(cursor ?? 1);
      const answer = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', 'findInvoices', (sdk, ready) =>
        sdk.findInvoices(clauses(`MetaData.CreateTime >= ${literal(createdFrom.replace(/\.\d+Z$/, 'Z'))}`, { start, max: PAGE }), ready),
      );
      const read = await invoicesOf(mapOutcome(answer, (body) => rowsOf(body.QueryResponse) as QboInvoice[]));
      return mapOutcome(read, (invoices) => ({ invoices, next: invoices.length === PAGE ? String(start + PAGE) : null }));
    },

    async voidInvoice({ quickbooksInvoiceId, syncToken }, key) {
      const currency = await home();
      // The SDK unwraps the entity of every answer but this one's.
      const send = async (token: string, requestId: string): Promise<Outcome<LedgerInvoice>> => {
        const sent = { Id: quickbooksInvoiceId, SyncToken: token };
        const answer = await write<{ Invoice: QboInvoice }>('voidInvoice', (sdk) => sdk.voidInvoice, sent, requestId);
        return mapOutcome(answer, ({ Invoice }) => fromInvoice(Invoice, currency, app));
      };
      const answer = await send(syncToken ?? '0', key);
      const stale = answer.outcome === 'conflict' && answer.reason === 'stale';
      if (answer.outcome !== 'rejected' && !stale) return answer;
      const now = await readInvoice(quickbooksInvoiceId);
      if (now.outcome !== 'done' || !now.value) return answer;
      if (now.value.voided) return done(now.value);
      // Stale: QuickBooks did not act. Its current token makes another request, hence another key.
      return stale ? send(now.value.syncToken, quickbooksRetryId(key, now.value.syncToken)) : answer;
    },

    async createPayment(body, key, sending) {
      const answer = await create<QboPayment>('Payment', toPayment(body), key, { sending, touches: [body.quickbooksInvoiceId] });
      return mapOutcome(answer, (payment) => fromPayment(payment, body.currency, app));
    },
    findPayments: async ({ customerId, date }) =>
      paymentsOf(await find<QboPayment>('findPayments', `CustomerRef = ${literal(customerId)} AND TxnDate = ${literal(date)}`)),
    readPayments,

    async findInvoicesOf({ type, id }) {
      if (type.toLowerCase() === 'invoice') return done([id]);
      if (type.toLowerCase() !== 'payment') return done([]);
      const read = await readPayments([id]);
      return mapOutcome(read, (payments) => payments.flatMap((payment) => payment.allocations.map((part) => part.quickbooksInvoiceId)));
    },

    ping: async () => client.call<Json>('read', 'getCompanyInfo', (sdk, ready) => sdk.getCompanyInfo(realmId, ready)),
  };
}

function withLost(invoice: LedgerInvoice, held: QboInvoice, as?: LedgerInvoiceBody): LedgerInvoice {
  const lost = as ? lostOf(as, held) : [];
  return lost.length > 0 ? { ...invoice, lost } : invoice;
}
