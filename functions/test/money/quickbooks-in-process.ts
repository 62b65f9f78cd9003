import type { createQuickbooksEngine } from '../../../scripts/sandbox/index.ts';
import type { QuickBooksClient, Sdk } from '../../src/adapters/quickbooks/client.ts';
import { ask } from '../../src/adapters/quickbooks/errors.ts';

export type QuickbooksEngine = ReturnType<typeof createQuickbooksEngine>;
type Callback = (error: unknown, body?: unknown) => void;

/** What node-quickbooks does with entities and answers, over a stand-in in the same process; the SDK itself is met in test/contract. */
export function quickbooksInProcess(engine: QuickbooksEngine): QuickBooksClient {
  const send = (method: string, name: string, query: Record<string, string>, body: unknown, done: Callback, unwrap?: string): void => {
    const wire = body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown);
    const answer = engine.request(method, `/v3/company/${engine.realmId}/${name}`, query, wire);
    const data = JSON.parse(JSON.stringify(answer.body)) as Record<string, unknown>;
    if (answer.status !== 200) done({ response: { status: answer.status, data, headers: answer.headers } });
    else done(null, (unwrap && data[unwrap]) || data);
  };
  const write = (entity: object, name: string, done: Callback, query: Record<string, string> = {}, unwrap?: string): void => {
    const { requestId, ...rest } = entity as { requestId?: string };
    send('POST', name, { ...query, ...(requestId ? { requestid: requestId } : {}) }, rest, done, unwrap);
  };
  const find = (entity: string, criteria: string, done: Callback) =>
    send('GET', 'query', { query: `select * from ${entity}${criteria}` }, undefined, done);
  const notHere = (): never => {
    throw new Error('the bench does not read this');
  };
  const sdk: Sdk = {
    endpoint: '',
    realmId: engine.realmId,
    batch: (items, done) => send('POST', 'batch', {}, { BatchItemRequest: items }, done),
    createCustomer: (entity, done) => write(entity, 'customer', done, {}, 'Customer'),
    createInvoice: (entity, done) => write(entity, 'invoice', done, {}, 'Invoice'),
    createPayment: (entity, done) => write(entity, 'payment', done, {}, 'Payment'),
    voidInvoice: (entity, done) => write(entity, 'invoice', done, { operation: 'void' }),
    findInvoices: (query, done) => find('Invoice', query, done),
    findPayments: (query, done) => find('Payment', query, done),
    findCustomers: (query, done) => find('Customer', query, done),
    findItems: (query, done) => find('Item', query, done),
    findClasses: (query, done) => find('Class', query, done),
    findDepartments: (query, done) => find('Department', query, done),
    findPaymentMethods: (query, done) => find('PaymentMethod', query, done),
    changeDataCapture: (entities, since, done) => send('GET', 'cdc', { entities, changedSince: since }, undefined, done),
    findAccounts: notHere,
    findEmployees: notHere,
    findTaxCodes: notHere,
    findTerms: notHere,
    findVendors: notHere,
    getCustomer: notHere,
    updateCustomer: notHere,
    getCompanyInfo: notHere,
    getPreferences: notHere,
    getInvoice: notHere,
    getPayment: notHere,
    createRefundReceipt: notHere,
    createCreditMemo: notHere,
    createJournalEntry: notHere,
    createTransfer: notHere,
    createPurchase: notHere,
    updateCreditMemo: notHere,
    voidPayment: notHere,
    findRefundReceipts: notHere,
    findCreditMemos: notHere,
    findJournalEntries: notHere,
    findTransfers: notHere,
    findPurchases: notHere,
  };
  const call = <T>(kind: 'read' | 'write', _operation: string, run: (sdk: Sdk, done: Callback) => void) =>
    ask(kind, () => new Promise<T>((resolve, reject) => run(sdk, (error, body) => (error ? reject(error as Error) : resolve(body as T)))));
  return { turn: async () => null, call, callInTurn: call, mayBatch: async () => true };
}

/** One read by hand, as the bench's own. */
export function readQuickbooks(engine: QuickbooksEngine, path: string): Record<string, unknown> {
  const answer = engine.request('GET', `/v3/company/${engine.realmId}/${path}`);
  if (answer.status !== 200) throw new Error(`QuickBooks ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
}
