import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/secret.ts';
import type { KeptReason, VerifiedEvent, WebhookVerifier } from '../../ports/webhook-verifier.ts';

interface CloudEvent {
  id?: string;
  type?: string;
  time?: string;
  intuitentityid?: string;
  intuitaccountid?: string;
  /** Of a merge: `intuitentityid` is the one that stays. https://developers.intuit.com/app/developer/qbo/docs/develop/webhooks/data-objects */
  data?: { deletedid?: string };
}

/** https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks */
const FORM_VERSION = 1;

interface OlderForm {
  eventNotifications?: {
    realmId: string;
    dataChangeEvent?: {
      entities?: { name: string; id: string; operation: string; lastUpdated: string; deletedId?: string; deletedID?: string }[];
    };
  }[];
}

/**
 * Proves `intuit-signature` (base64 HMAC-SHA256 of the raw body) with any of the tokens (two while one is replaced) and names the
 * objects, in the CloudEvents form and the older one.
 */
export function createQuickBooksVerifier(tokens: Secret[], realmId: string): WebhookVerifier {
  return {
    async verify({ rawBody, headers }) {
      const signature = headers['intuit-signature'];
      if (!signature) return { verified: false, reason: 'the intuit-signature header is missing' };
      const given = Buffer.from(signature, 'base64');
      if (!tokens.some((token) => matches(rawBody, given, token)))
        return { verified: false, reason: 'the signature does not match the body' };
      try {
        return { verified: true, events: eventsOf(JSON.parse(Buffer.from(rawBody).toString('utf8')), realmId) };
      } catch {
        return { verified: false, reason: 'the body is no JSON' };
      }
    },
  };
}

function matches(body: Uint8Array, given: Buffer, token: Secret): boolean {
  const expected = createHmac('sha256', token.reveal()).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function eventsOf(body: CloudEvent[] | OlderForm, ours: string): VerifiedEvent[] {
  if (Array.isArray(body)) return body.map((event) => fromCloudEvent(event, ours));
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
        happenedAt: instantOf(entity.lastUpdated),
        looks: null,
        kept: realmId === ours ? null : 'wrong-account',
        body: text,
      };
    }),
  );
}

/** `qbo.invoice.created.v1` names the entity in its second part, the version of its form in the last. */
function fromCloudEvent(event: CloudEvent, ours: string): VerifiedEvent {
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
    happenedAt: instantOf(event.time),
    looks: null,
    kept: whyKept(event, ours),
    body,
  };
}

function instantOf(told: string | undefined): string | null {
  const at = new Date(told ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function whyKept({ type = '', intuitaccountid }: CloudEvent, ours: string): KeptReason | null {
  if (intuitaccountid !== undefined && intuitaccountid !== ours) return 'wrong-account';
  return Number(/\.v(\d+)$/.exec(type)?.[1] ?? 1) > FORM_VERSION ? 'newer-version' : null;
}
