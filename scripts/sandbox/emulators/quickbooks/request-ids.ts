import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Store } from '../core/store.ts';

interface StoredReply {
  id: string;
  /** Of what was asked first; kept for inspection, not compared (assumed: another body answers the first response too). */
  fingerprint: string;
  status: number;
  /** The JSON body, deflated, in base64. */
  packed: string;
}

/** Answers that were given under a request id, so that a repeat gets the same one. */
export interface RequestIds {
  find(id: string): { status: number; body: unknown } | undefined;
  keep(id: string, asked: unknown, reply: { status: number; body: unknown }): void;
}

/** Opens the memory of request ids. It never forgets: their lifetime is unpublished. */
export function openRequestIds(store: Store): RequestIds {
  const rows = store.collection<StoredReply>('qbo_request_ids');
  return {
    find(id) {
      const row = rows.get(id);
      return row && { status: row.status, body: JSON.parse(inflateRawSync(Buffer.from(row.packed, 'base64')).toString()) as unknown };
    },
    keep(id, asked, { status, body }) {
      const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('base64');
      rows.put({ id, fingerprint, status, packed: deflateRawSync(JSON.stringify(body), { level: 1 }).toString('base64') });
    },
  };
}
