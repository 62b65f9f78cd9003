import { type Outcome, mapOutcome } from '../../domain/outcome.ts';
import type { QuickBooksClient, Sdk } from './client.ts';
import { clauses } from './query.ts';
import { rowsOf } from './read-many.ts';

/** The SDK's calls that take a query. */
type Find =
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

export interface Calls {
  find<T>(how: Find, where: string): Promise<Outcome<T[]>>;
  /** The SDK takes `requestId` off the entity and changes what it is handed, so each call gets its own copy. */
  write<T>(
    operation: string,
    how: (sdk: Sdk) => (entity: object, ready: (error: unknown, body?: unknown) => void) => void,
    entity: object,
    key: string,
  ): Promise<Outcome<T>>;
}

export function createCalls(client: QuickBooksClient): Calls {
  return {
    async find<T>(how: Find, where: string) {
      const answer = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', how, (sdk, ready) =>
        sdk[how](clauses(where), ready),
      );
      return mapOutcome(answer, (body) => rowsOf(body.QueryResponse) as T[]);
    },
    write: (operation, how, entity, key) =>
      client.call('write', operation, (sdk, ready) => how(sdk).call(sdk, { ...structuredClone(entity), requestId: key }, ready)),
  };
}
