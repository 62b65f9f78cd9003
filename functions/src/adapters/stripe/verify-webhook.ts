import { type KeyObject, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/secret.ts';
import type { KeptReason, VerifiedEvent, WebhookVerifier } from '../../ports/webhook-verifier.ts';
import { API_VERSION } from './client.ts';
import { looksInEvent } from './looks.ts';
import { skimEvent } from './skim-event.ts';
import { MARK } from './translate.ts';

/** Stripe tolerates five minutes between signing and arrival. https://docs.stripe.com/webhooks#verify-official-libraries */
const TOLERANCE_SECONDS = 300;

/** Our outward keys begin with `sf:` and a record id. Stripe repeats the key of the request that caused an event. */
const OWN_KEY = /^sf:[A-Za-z0-9]{15,18}:/;

/** An event as the webhook sends it, with the object in it. https://docs.stripe.com/api/events/object */
interface Snapshot {
  id: string;
  object: 'event';
  type: string;
  /** Seconds. */
  created?: number;
  livemode?: boolean;
  api_version?: string | null;
  /** The connected account an event of Connect is about. */
  account?: string;
  request?: { idempotency_key?: string | null } | null;
  data: { object: { id?: string; object?: string; status?: unknown; metadata?: Record<string, string> | null; invoice?: unknown } };
}

/** A thin event names its object only. https://docs.stripe.com/api/v2/core/events/object */
interface Thin {
  id: string;
  object: 'v2.core.event';
  type: string;
  /** ISO instant. */
  created?: string;
  livemode?: boolean;
  /** Set for events of another account than the one whose destination it is. */
  context?: string | null;
  reason?: { request?: { idempotency_key?: string | null } | null } | null;
  related_object?: { id: string; type: string } | null;
  /** The same event as a snapshot, where it has one. */
  snapshot_event?: string | null;
}

/**
 * Proves `Stripe-Signature` on the raw body with any of the secrets (two while one is rolled) and names the object. By hand, as
 * https://docs.stripe.com/webhooks#verify-manually has it: the SDK encodes the body anew for each secret, and refuses thin events.
 */
export function createStripeVerifier(secrets: Secret[], served: { live: boolean }): WebhookVerifier {
  const keys = secrets.map((secret) => createSecretKey(secret.reveal(), 'utf8'));
  return {
    async verify({ rawBody, headers, receivedAt }) {
      const header = headers['stripe-signature'];
      if (!header) return { verified: false, reason: 'the Stripe-Signature header is missing' };
      const { signedAt, signatures } = readHeader(header);
      if (!keys.some((key) => matches(rawBody, signedAt, signatures, key)))
        return { verified: false, reason: 'the signature does not match the body' };
      if (Math.floor(receivedAt / 1000) - Number(signedAt) > TOLERANCE_SECONDS)
        return { verified: false, reason: 'the signature is more than five minutes old' };
      const event = readEvent(rawBody, served);
      return event ? { verified: true, events: [event] } : { verified: false, reason: 'the body is no event' };
    },
  };
}

/** `t=<seconds>,v1=<hex>`, with several `v1` while a secret is rolled at Stripe. */
function readHeader(header: string): { signedAt: string; signatures: Buffer[] } {
  const parts = header.split(',').map((part) => part.split('=') as [string, string?]);
  const signedAt = parts.find(([name]) => name === 't')?.[1] ?? '';
  return { signedAt, signatures: parts.flatMap(([name, value = '']) => (name === 'v1' ? [Buffer.from(value, 'hex')] : [])) };
}

function matches(body: Uint8Array, signedAt: string, signatures: readonly Buffer[], key: KeyObject): boolean {
  if (!/^\d+$/.test(signedAt)) return false;
  const expected = createHmac('sha256', key).update(`${signedAt}.`).update(body).digest();
  return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

function readEvent(rawBody: Uint8Array, served: { live: boolean }): VerifiedEvent | undefined {
  const bytes = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  try {
    // Byte by byte: what is skimmed is plain letters and digits.
    const event = (skimEvent(bytes.toString('latin1')) ?? JSON.parse(bytes.toString('utf8'))) as Snapshot | Thin;
    return asVerified(event, bytes, served);
  } catch {
    return undefined;
  }
}

/** @param body what is kept of it: JSON text */
export function asVerified(event: Snapshot | Thin, body: string | Uint8Array, served: { live: boolean }): VerifiedEvent {
  const read = event.object === 'v2.core.event' ? fromThin(event) : { ...fromSnapshot(event), eventId: event.id };
  const kept = whoseElse(event, served) ?? (isNewer(event) ? 'newer-version' : null);
  return { ...read, provider: 'stripe', happenedAt: instantOf(event), kept, body };
}

type Read = Omit<VerifiedEvent, 'provider' | 'happenedAt' | 'kept' | 'body'>;

function instantOf({ created }: Snapshot | Thin): string | null {
  const at = new Date(typeof created === 'number' ? created * 1000 : (created ?? Number.NaN));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function fromSnapshot({ type, account, request, data: { object } }: Snapshot): Omit<Read, 'eventId'> {
  // A payment's place on an invoice never changes, so it is looked for under the invoice, where the other events of it are.
  const invoice = object.object === 'invoice_payment' && typeof object.invoice === 'string' ? object.invoice : null;
  return {
    account: account ?? 'self',
    type,
    objectType: invoice === null ? (object.object ?? 'unknown') : 'invoice',
    objectId: invoice ?? object.id ?? '',
    invoiceId: object.metadata?.[MARK.invoice] ?? null,
    ownWrite: OWN_KEY.test(request?.idempotency_key ?? ''),
    looks: looksInEvent(object),
  };
}

/** Its type is the snapshot's behind `v1.`: one table of types serves both. */
function fromThin({ id, snapshot_event: snapshot, type, context, reason, related_object: object }: Thin): Read {
  return {
    // The list of events knows it under the snapshot's id.
    eventId: snapshot ?? id,
    account: context ?? 'self',
    type: type.replace(/^v1\./, ''),
    objectType: object?.type ?? 'unknown',
    objectId: object?.id ?? '',
    invoiceId: null,
    ownWrite: OWN_KEY.test(reason?.request?.idempotency_key ?? ''),
    looks: null,
  };
}

/** Why it is not ours to apply; null: it is. */
export function whoseElse(event: Snapshot | Thin, { live }: { live: boolean }): Exclude<KeptReason, 'newer-version'> | null {
  if (event.livemode !== undefined && event.livemode !== live) return 'wrong-mode';
  return (event.object === 'v2.core.event' ? event.context : event.account) ? 'wrong-account' : null;
}

/** Versions begin with their day. */
const isNewer = (event: Snapshot | Thin): boolean =>
  event.object === 'event' && (event.api_version ?? '').slice(0, 10) > API_VERSION.slice(0, 10);
