import { fingerprint } from './fingerprint.ts';

/** Intuit's limit for requestid. */
const QUICKBOOKS_REQUEST_ID_LENGTH = 50;

/** `sf:<record id>:<operation>`: names one outward write for ever; made of record and operation, never of the click. */
export function effectKey(recordId: string, operation: string): string {
  return `sf:${recordId}:${operation}`;
}

/** The key as it goes to Stripe: effect key and revision. */
export function outwardKey(key: string, revision: number): string {
  return `${key}:${revision}`;
}

/** The key as it goes to QuickBooks: the same, shortened by a fingerprint where it is too long. */
export const quickbooksRequestId = (key: string, revision: number): string => withinLimit(key, `:${revision}`);

/** A request that was refused as stale, with QuickBooks' current SyncToken: another request, so another key. */
export const quickbooksRetryId = (requestId: string, syncToken: string): string => withinLimit(requestId, `:t${syncToken}`);

/**
 * A batch's requestid, at most 36 characters: made of the requestids its writes would have alone, so that the same writes sent together
 * again are the same request.
 */
export function quickbooksBatchId(requestIds: readonly string[]): string {
  const all = [...requestIds].sort().join(' ');
  return `tu-${fingerprint(all)}${fingerprint(`~${all}`)}`;
}

function withinLimit(key: string, end: string): string {
  if (key.length + end.length <= QUICKBOOKS_REQUEST_ID_LENGTH) return key + end;
  const tail = `~${fingerprint(key)}${end}`;
  return key.slice(0, QUICKBOOKS_REQUEST_ID_LENGTH - tail.length) + tail;
}

/** The intent's key: its smallest line key, which no other invoice can hold. */
export function intentKey(sourceId: string, lineKeys: readonly string[]): string {
  return `${sourceId}.${[...lineKeys].sort()[0] ?? 'none'}`;
}

/** The click's key: the intent and what exactly was asked. Same click, same key; other quantities, another key, same line keys. */
export function issueOperationKey(intent: string, content: string): string {
  return `issue-invoice.${intent}.${fingerprint(content)}`;
}

/** Sending is keyed by the last time it was sent: two clicks send once, a later one sends again. */
export function sendOperationKey(invoiceId: string, sentAt: string | null): string {
  return `send-invoice.${invoiceId}.${sentStamp(sentAt)}`;
}

export function sendEffectKey(invoiceId: string, sentAt: string | null): string {
  return effectKey(invoiceId, `send-${sentStamp(sentAt)}`);
}

/** `attempt` counts voids that were refused before (a payment was processing), so that one can be asked for again. */
export function voidOperationKey(invoiceId: string, attempt: number): string {
  return `void-invoice.${invoiceId}.${attempt}`;
}

const sentStamp = (sentAt: string | null): string => (sentAt === null ? 'first' : `${Date.parse(sentAt)}`);
