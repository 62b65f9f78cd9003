import QuickBooksSdk from 'node-quickbooks';
import type { Failure, Outcome } from '../../domain/outcome.ts';
import { currentLane } from '../../platform/lane.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Budgets } from '../../ports/budgets.ts';
import { type Kind, ask } from './errors.ts';
import type { AccessTokens, QuickBooksApp } from './tokens.ts';

// The package is CommonJS with an ES default in its typings: `new` on the imported default does not type-check under nodenext.
const QuickBooks = QuickBooksSdk as unknown as typeof QuickBooksSdk.default & (new (...settings: unknown[]) => Sdk);

/** Intuit gives up after 120 s; a shorter patience of ours would turn slow successes into unknown outcomes. The SDK has none. */
const PATIENCE_MS = 125_000;

type Callback = (error: unknown, body?: unknown) => void;
/** The part of the SDK that is used, as it behaves: callbacks, entities taken by reference. */
export interface Sdk {
  endpoint: string;
  realmId: string;
  batch(items: unknown[], done: Callback): void;
  createCustomer(entity: object, done: Callback): void;
  updateCustomer(entity: object, done: Callback): void;
  getCustomer(id: string, done: Callback): void;
  createInvoice(entity: object, done: Callback): void;
  createPayment(entity: object, done: Callback): void;
  createRefundReceipt(entity: object, done: Callback): void;
  createCreditMemo(entity: object, done: Callback): void;
  createJournalEntry(entity: object, done: Callback): void;
  createTransfer(entity: object, done: Callback): void;
  createPurchase(entity: object, done: Callback): void;
  updateCreditMemo(entity: object, done: Callback): void;
  getCompanyInfo(id: string, done: Callback): void;
  getInvoice(id: string, done: Callback): void;
  getPayment(id: string, done: Callback): void;
  findInvoices(query: string, done: Callback): void;
  findPayments(query: string, done: Callback): void;
  findCustomers(query: string, done: Callback): void;
  findItems(query: string, done: Callback): void;
  findTerms(query: string, done: Callback): void;
  findClasses(query: string, done: Callback): void;
  findDepartments(query: string, done: Callback): void;
  findPaymentMethods(query: string, done: Callback): void;
  findAccounts(query: string, done: Callback): void;
  findTaxCodes(query: string, done: Callback): void;
  findVendors(query: string, done: Callback): void;
  findEmployees(query: string, done: Callback): void;
  findRefundReceipts(query: string, done: Callback): void;
  findCreditMemos(query: string, done: Callback): void;
  findJournalEntries(query: string, done: Callback): void;
  findTransfers(query: string, done: Callback): void;
  findPurchases(query: string, done: Callback): void;
  getPreferences(done: Callback): void;
  /** `since` as text in UTC: the SDK writes a date in local time and does not encode its "+". */
  changeDataCapture(entities: string, since: string, done: Callback): void;
  voidInvoice(entity: object, done: Callback): void;
  voidPayment(entity: object, done: Callback): void;
}

export interface QuickBooksClient {
  /**
   * One call with a good token; a refused one is renewed and the call made once more.
   * @param reads how many metered reads it is, where it is a read: each query of a batch is one
   */
  call<T>(kind: Kind, operation: string, run: (sdk: Sdk, done: Callback) => void, reads?: number): Promise<Outcome<T>>;
  /** Waits for the turn of one call; a failure when none is to be had for now. */
  turn(): Promise<Failure | null>;
  /** As `call`, by whoever has had its turn. */
  callInTurn<T>(kind: Kind, operation: string, run: (sdk: Sdk, done: Callback) => void, reads?: number): Promise<Outcome<T>>;
  /** True when a batch may be sent, now or after so much patience: QuickBooks takes 40 a minute, far fewer than other calls. */
  mayBatch(patienceMs?: number): Promise<boolean>;
}

const BUSY: Failure = {
  outcome: 'rate-limited',
  retryAfterMs: 2000,
  problem: {
    code: 'quickbooks-budget-spent',
    severity: 'error',
    message: 'Our own limit of calls to QuickBooks is used up for the moment.',
    action: 'Nothing to do: it is tried again by itself.',
  },
};

export function createQuickBooksClient(options: {
  app: QuickBooksApp;
  apiBase: string;
  tokens: AccessTokens;
  budgets: Budgets;
  buckets: string[];
  batchBucket: string;
  metrics: Metrics;
  /**
   * Reads are metered by the month. Every request that is sent counts, whatever becomes of it: Intuit does not say which do not, and too
   * many do less harm than too few.
   */
  countReads?: (reads: number) => void;
}): QuickBooksClient {
  const { app, tokens, budgets, metrics } = options;
  const endpoint = `${options.apiBase.replace(/\/$/, '')}/v3/company/`;

  // Its constructor evaluates ten texts as code, so one serves as long as its token.
  let held: { token: string; sdk: Sdk } | undefined;
  const withToken = (token: string): Sdk => {
    if (held?.token === token) return held.sdk;
    const sdk = new QuickBooks(app.clientId, app.clientSecret.reveal(), token, false, app.realmId, false, false, 75, '2.0', undefined);
    sdk.endpoint = endpoint;
    held = { token, sdk };
    return sdk;
  };
  const once = <T>(kind: Kind, token: string, run: (sdk: Sdk, done: Callback) => void, reads: number): Promise<Outcome<T>> =>
    ask(
      kind,
      () =>
        new Promise<T>((resolve, reject) => {
          if (kind === 'read') options.countReads?.(reads);
          const timer = setTimeout(() => reject({ code: 'ETIMEDOUT' }), PATIENCE_MS);
          // Settles once: the SDK runs its callback again when the callback throws.
          run(withToken(token), (error, body) => {
            clearTimeout(timer);
            if (error) reject(error);
            else resolve(body as T);
          });
        }),
    );

  const turn = async (): Promise<Failure | null> => {
    for (const bucket of options.buckets) if (!(await budgets.take(bucket, currentLane()))) return BUSY;
    return null;
  };
  const callInTurn: QuickBooksClient['callInTurn'] = async <T>(
    kind: Kind,
    operation: string,
    run: (sdk: Sdk, done: Callback) => void,
    reads = 1,
  ): Promise<Outcome<T>> => {
    const token = await tokens.current();
    if (token.outcome !== 'done') return token;
    const started = performance.now();
    let outcome = await once<T>(kind, token.value, run, reads);
    if (outcome.outcome === 'unauthorized') {
      const renewed = await tokens.renew(token.value);
      if (renewed.outcome !== 'done') return renewed;
      outcome = await once<T>(kind, renewed.value, run, reads);
    }
    metrics.call('quickbooks', operation, outcome.outcome, (performance.now() - started) / 1000);
    return outcome;
  };

  return {
    turn,
    callInTurn,
    call: async (...asked) => (await turn()) ?? callInTurn(...asked),
    mayBatch: (patienceMs = 0) => budgets.take(options.batchBucket, currentLane(), patienceMs),
  };
}
