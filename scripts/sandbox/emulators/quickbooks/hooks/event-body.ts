import { createHash, createHmac, randomUUID } from 'node:crypto';
import { seconds } from '../pacific-time.ts';
import type { Change, Operation } from '../store.ts';

/** CloudEvents is what Intuit sends since 2026; the older form stays as a switch. */
export type EventFormat = 'cloudevents' | 'legacy';

const PAST_TENSE: Record<Operation, string> = {
  Create: 'created',
  Update: 'updated',
  Delete: 'deleted',
  Void: 'voided',
  Emailed: 'emailed',
  Merge: 'merged',
};

/** One notification body for several changes of one company. */
export function eventBody(format: EventFormat, realmId: string, changes: Change[]): string {
  return JSON.stringify(format === 'cloudevents' ? changes.map((change) => cloudEvent(realmId, change)) : legacy(realmId, changes));
}

function cloudEvent(realmId: string, { entity, id, operation, at, deletedId }: Change): object {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `intuit.${createHash('sha256').update(realmId).digest('base64')}`,
    type: `qbo.${entity.toLowerCase()}.${PAST_TENSE[operation]}.v1`,
    datacontenttype: 'application/json',
    time: new Date(at).toISOString().replace('Z', '000000Z'),
    intuitentityid: id,
    intuitaccountid: realmId,
    data: deletedId === undefined ? {} : { deletedid: deletedId },
  };
}

function legacy(realmId: string, changes: Change[]): object {
  const entities = changes.map(({ entity, id, operation, at, deletedId }) => ({
    name: entity,
    id,
    operation,
    lastUpdated: seconds(at).replace(/:(\d\d)$/, '$1'),
    ...(deletedId === undefined ? {} : { deletedID: deletedId }),
  }));
  return { eventNotifications: [{ realmId, dataChangeEvent: { entities } }] };
}

/** The `intuit-signature` of a body: base64 HMAC-SHA256 of the raw bytes with the verifier token. */
export function sign(body: string, verifier: string): string {
  return createHmac('sha256', verifier).update(body).digest('base64');
}
