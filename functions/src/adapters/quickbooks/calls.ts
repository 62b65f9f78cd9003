import { type Outcome, mapOutcome } from '../../domain/outcome.ts';
import { currentLane } from '../../platform/lane.ts';
import type { Sending } from '../../ports/effect-log.ts';
import type { QuickBooksClient, Sdk } from './client.ts';
import { clauses } from './query.ts';
import { rowsOf } from './read-many.ts';
import type { Creation } from './send-batch.ts';
import type { Together } from './together.ts';

/** The SDK's calls that take a query. */
export type Find =
  | 'findInvoices'
  | 'findPayments'
  | 'findCustomers'
  | 'findItems'
  | 'findAccounts'
  | 'findRefundReceipts'
  | 'findCreditMemos'
  | 'findJournalEntries'
  | 'findTransfers'
  | 'findPurchases';

type Write = (sdk: Sdk) => (entity: object, ready: (error: unknown, body?: unknown) => void) => void;

export interface Calls {
  find<T>(how: Find, where: string, by?: 'call' | 'callInTurn'): Promise<Outcome<T[]>>;
  /** The SDK takes `requestId` off the entity and changes what it is handed, so each call gets its own copy. */
  write<T>(operation: string, how: Write, entity: object, key: string): Promise<Outcome<T>>;
  /** A new document: alone where somebody waits for it, else together with others that wait for their turn as long as it does. */
  create<T>(entity: Creation['entity'], body: object, key: string, companions?: Companions): Promise<Outcome<T>>;
}

export interface Companions {
  sending: Sending | undefined;
  /** What it refers to and changes: of two writes of one of these only the first is in a batch. */
  touches?: readonly string[];
}

const CREATE: Record<Creation['entity'], Write> = {
  Invoice: (sdk) => sdk.createInvoice,
  Payment: (sdk) => sdk.createPayment,
  RefundReceipt: (sdk) => sdk.createRefundReceipt,
  CreditMemo: (sdk) => sdk.createCreditMemo,
  JournalEntry: (sdk) => sdk.createJournalEntry,
  Transfer: (sdk) => sdk.createTransfer,
  Purchase: (sdk) => sdk.createPurchase,
};

export function createCalls(client: QuickBooksClient, together?: Together): Calls {
  const write =
    (by: 'call' | 'callInTurn') =>
    <T>(operation: string, how: Write, entity: object, key: string): Promise<Outcome<T>> =>
      client[by]('write', operation, (sdk, ready) => how(sdk).call(sdk, { ...structuredClone(entity), requestId: key }, ready));
  return {
    async find<T>(how: Find, where: string, by: 'call' | 'callInTurn' = 'call') {
      const answer = await client[by]<{ QueryResponse?: Record<string, unknown> }>('read', how, (sdk, ready) =>
        sdk[how](clauses(where), ready),
      );
      return mapOutcome(answer, (body) => rowsOf(body.QueryResponse) as T[]);
    },
    write: write('call'),
    create<T>(entity: Creation['entity'], body: object, key: string, { sending, touches = [] }: Companions = { sending: undefined }) {
      const alone = (by: 'call' | 'callInTurn', requestId: string) => write(by)<T>(`create${entity}`, CREATE[entity], body, requestId);
      if (!together || !sending || currentLane() === 'rep') return alone('call', key);
      return together.send<T>({ entity, body, key, sending, touches, alone });
    },
  };
}
