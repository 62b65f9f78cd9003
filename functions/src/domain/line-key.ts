import { toRecordId18 } from './record-id.ts';

/**
 * The key of an invoice line: the source line and how many invoice lines it had before, voided ones included. Two clicks
 * share a key and collide in Salesforce; a later partial invoice and a re-issue after a void do not.
 */
export function sourceLineKey(sourceLineId: string, earlier: number): string {
  return `${toRecordId18(sourceLineId)}-${earlier}`;
}

export type ParsedLineKey = { kind: 'source'; sourceLineId: string; earlier: number } | { kind: 'free' };

/** Null for a key of neither shape. Free lines carry `free-<id made when the panel opened>`. */
export function parseLineKey(key: string): ParsedLineKey | null {
  const source = /^([a-zA-Z0-9]{18})-(\d{1,6})$/.exec(key);
  if (source?.[1] && source[2]) return { kind: 'source', sourceLineId: source[1], earlier: Number(source[2]) };
  return /^free-[A-Za-z0-9_.-]{8,100}$/.test(key) ? { kind: 'free' } : null;
}
