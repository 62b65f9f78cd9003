import type Stripe from 'stripe';
import type { Secret } from '../../platform/secret.ts';
import type { VerifiedEvent, WebhookVerifier } from '../../ports/webhook-verifier.ts';
import { MARK } from './translate.ts';

/** Stripe tolerates five minutes between signing and arrival. https://docs.stripe.com/webhooks#verify-official-libraries */
const TOLERANCE_SECONDS = 300;

/** Our outward keys begin with `sf:` and a record id. Stripe repeats the key of the request that caused an event. */
const OWN_KEY = /^sf:[A-Za-z0-9]{15,18}:/;

/** Proves `Stripe-Signature` on the raw body with any of the secrets (two while one is rolled) and names the object. */
export function createStripeVerifier(sdk: Stripe, secrets: Secret[]): WebhookVerifier {
  return {
    async verify({ rawBody, headers, receivedAt }) {
      const signature = headers['stripe-signature'];
      if (!signature) return { verified: false, reason: 'the Stripe-Signature header is missing' };
      const body = Buffer.from(rawBody);
      for (const secret of secrets) {
        const event = check(body, signature, secret, receivedAt);
        if (event) return { verified: true, events: [asVerified(event, body.toString('utf8'))] };
      }
      return { verified: false, reason: 'the signature does not match the body' };
    },
  };

  function check(body: Buffer, signature: string, secret: Secret, receivedAt: number): Stripe.Event | undefined {
    try {
      return sdk.webhooks.constructEvent(body, signature, secret.reveal(), TOLERANCE_SECONDS, undefined, receivedAt);
    } catch {
      return undefined;
    }
  }
}

/** @param body what is kept of it: JSON text */
export function asVerified(event: Stripe.Event, body: string): VerifiedEvent {
  const object = event.data.object as { id?: string; object?: string; metadata?: Record<string, string> | null };
  return {
    provider: 'stripe',
    account: event.account ?? 'self',
    eventId: event.id,
    type: event.type,
    objectType: object.object ?? 'unknown',
    objectId: object.id ?? '',
    invoiceId: object.metadata?.[MARK.invoice] ?? null,
    ownWrite: OWN_KEY.test(event.request?.idempotency_key ?? ''),
    body,
  };
}
