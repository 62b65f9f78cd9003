import { type Outcome, done } from '../../domain/outcome.ts';
import type { LedgerChange, LedgerFeed } from '../../ports/feeds.ts';
import type { QuickBooksClient } from './client.ts';
import { judgeFault, readFault } from './errors.ts';
import { INVOICE_MARK } from './translate.ts';

interface LinkedTransaction {
  TxnId: string;
  TxnType: string;
}
interface Entity {
  Id: string;
  status?: 'Deleted';
  SyncToken?: string;
  MetaData: { LastUpdatedTime: string };
  PrivateNote?: string;
  LinkedTxn?: LinkedTransaction[];
  Line?: { LinkedTxn?: LinkedTransaction[] }[];
}
interface Answer {
  CDCResponse: { QueryResponse?: Record<string, unknown>[] }[];
  /** QuickBooks' own clock. */
  time: string;
}

/** QuickBooks behind the feed port. https://developer.intuit.com/app/developer/qbo/docs/learn/explore-the-quickbooks-online-api/change-data-capture */
export function createLedgerFeed(client: QuickBooksClient): LedgerFeed {
  return {
    async listChanges({ entities, since }): Promise<Outcome<{ answeredAt: string; changes: LedgerChange[] }>> {
      const answer = await client.call<Answer>('read', 'cdc', (sdk, ready) =>
        sdk.changeDataCapture(entities.join(','), since.replace(/\.\d+Z$/, 'Z'), ready),
      );
      if (answer.outcome !== 'done') return answer;
      const parts = answer.value.CDCResponse.flatMap(({ QueryResponse }) => QueryResponse ?? []);
      // A part can fail on its own, inside an answer of HTTP 200.
      const fault = parts.map((part) => readFault(part)).find((each) => each !== undefined);
      if (fault) return judgeFault(fault, 200, undefined);
      return done({
        answeredAt: new Date(answer.value.time).toISOString(),
        changes: parts.flatMap((part) =>
          Object.entries(part).flatMap(([entity, rows]) =>
            Array.isArray(rows) ? (rows as Entity[]).map((row) => fromEntity(entity, row)) : [],
          ),
        ),
      });
    },
  };
}

function fromEntity(entity: string, row: Entity): LedgerChange {
  const links = [...(row.LinkedTxn ?? []), ...(row.Line ?? []).flatMap((line) => line.LinkedTxn ?? [])];
  return {
    entity,
    id: row.Id,
    deleted: row.status === 'Deleted',
    syncToken: row.SyncToken ?? null,
    changedAt: new Date(row.MetaData.LastUpdatedTime).toISOString(),
    invoiceId: row.PrivateNote?.match(INVOICE_MARK)?.[1] ?? null,
    invoiceIds: [...new Set(links.filter((link) => link.TxnType === 'Invoice').map((link) => link.TxnId))],
  };
}
