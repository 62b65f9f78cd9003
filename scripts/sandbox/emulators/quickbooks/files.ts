import { createHmac } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Store } from '../core/store.ts';
import type { Entity } from './entities.ts';
import { ordered } from './formatters.ts';

/** Documented: a download address is good for 15 minutes. */
const LIFE_S = 900;

interface StoredFile {
  /** Id of its Attachable. */
  id: string;
  content: string;
}

/** Contents of attachments, and the addresses they are fetched from without a token. */
export interface Files {
  /** Where this stand-in is reached, such as "http://127.0.0.1:4300". */
  origin: string;
  realmId: string;
  put(id: string, content: Buffer): void;
  remove(id: string): void;
  /** A signed address, in the form of a presigned S3 address (recorded). */
  address(id: string, name: string): string;
  /** The content a signed address leads to; undefined when it was not signed here, "expired" after its time. */
  open(id: string, query: Record<string, string | undefined>): Buffer | 'expired' | undefined;
}

/** Opens the company's files. */
export function openFiles(store: Store, clock: Clock, realmId: string): Files {
  const rows = store.collection<StoredFile>('qbo_files');
  const sign = (id: string, date: string) => createHmac('sha256', `sandbox ${realmId}`).update(`${id} ${date}`).digest('hex');
  const files: Files = {
    origin: 'http://localhost',
    realmId,
    put: (id, content) => rows.put({ id, content: content.toString('base64') }),
    remove: (id) => rows.delete(id),
    address(id, name) {
      const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
      const query = {
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Date': date,
        'X-Amz-SignedHeaders': 'host',
        'X-Amz-Expires': String(LIFE_S),
        'X-Amz-Credential': `sandbox/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
        'X-Amz-Signature': sign(id, date),
      };
      return `${files.origin}/attachments/${id}/${encodeURIComponent(name)}?${new URLSearchParams(query).toString()}`;
    },
    open(id, query) {
      const date = query['X-Amz-Date'] ?? '';
      const found = rows.get(id);
      if (!found || query['X-Amz-Signature'] !== sign(id, date)) return undefined;
      const made = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
      return clock.now() > made + LIFE_S * 1000 ? 'expired' : Buffer.from(found.content, 'base64');
    },
  };
  return files;
}

/** A file's addresses are made when it is read: the temporary one ends after a while. */
export function withAddresses(body: Entity, files: Files): Entity {
  if (body['Size'] === undefined) return body;
  const addresses = {
    FileAccessUri: `/v3/company/${files.realmId}/download/${body.Id}`,
    TempDownloadUri: files.address(body.Id, String(body['FileName'])),
  };
  return ordered('Attachable', { ...body, ...addresses });
}
