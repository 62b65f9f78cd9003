import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/secret.ts';
import type { VerifiedEvent, WebhookVerifier } from '../../ports/webhook-verifier.ts';

interface CloudEvent {
  id?: string;
  type?: string;
  time?: string;
  intuitentityid?: string;
  intuitaccountid?: string;
  /** Of a merge: `intuitentityid` is the one that stays. https://developers.intuit.com/app/developer/qbo/docs/develop/webhooks/data-objects */
  data?: { deletedid?: string };
}

interface OlderForm {
  eventNotifications?: {
    realmId: string;
    dataChangeEvent?: {
      entities?: { name: string; id: string; operation: string; lastUpdated: string; deletedId?: string; deletedID?: string }[];
    };
  }[];
}

/** Proves `intuit-signature` (base64 HMAC-SHA256 of the raw body) and names the objects, in the CloudEvents form and the older one; of a merge the one that is gone. */
export function createQuickBooksVerifier(verifierToken: Secret): WebhookVerifier {
  return {
    async verify({ rawBody, headers }) {
      const signature = headers['intuit-signature'];
      if (!signature) return { verified: false, reason: 'the intuit-signature header is missing' };
      const expected = createHmac('sha256', verifierToken.reveal()).update(rawBody).digest();
      const given = Buffer.from(signature, 'base64');
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return { verified: false, reason: 'the signature does not match the body' };
      try {
        return { verified: true, events: eventsOf(JSON.parse(Buffer.from(rawBody).toString('utf8'))) };
      } catch {
        return { verified: false, reason: 'the body is no JSON' };
      }
    },
  };
}

function eventsOf(body: CloudEvent[] | OlderForm): VerifiedEvent[] {
  if (Array.isArray(body)) return body.map(fromCloudEvent);
  return (body.eventNotifications ?? []).flatMap(({ realmId, dataChangeEvent }) =>
    (dataChangeEvent?.entities ?? []).map((entity): VerifiedEvent => {
      const text = JSON.stringify(entity);
      return {
        provider: 'quickbooks',
        account: realmId,
        // The older form has no event id: the same change of the same object has the same digest.
        eventId: createHash('sha256').update(`${realmId}\n${text}`).digest('hex'),
        type: `qbo.${entity.name.toLowerCase()}.${entity.operation.toLowerCase()}`,
        objectType: entity.name.toLowerCase(),
        objectId: entity.deletedId ?? entity.deletedID ?? entity.id,
        invoiceId: null,
        ownWrite: false,
        body: text,
      };
    }),
  );
}

/** `qbo.invoice.created.v1` names the entity in its second part. */
function fromCloudEvent(event: CloudEvent): VerifiedEvent {
  const body = JSON.stringify(event);
  return {
    provider: 'quickbooks',
    account: event.intuitaccountid ?? 'self',
    eventId: event.id ?? createHash('sha256').update(body).digest('hex'),
    type: event.type ?? 'unknown',
    objectType: event.type?.split('.')[1] ?? 'unknown',
    objectId: event.data?.deletedid ?? event.intuitentityid ?? '',
    invoiceId: null,
    ownWrite: false,
    body,
  };
}
