/** A call to a webhook as it came: the raw body is what is signed. Header names in lower case. */
export interface WebhookCall {
  rawBody: Uint8Array;
  headers: Record<string, string | undefined>;
  /** Milliseconds since the epoch, for the signature's tolerance. */
  receivedAt: number;
}

/**
 * Why a genuine event is kept and not applied: of the other mode (live or test), of an account that is not ours, or in a
 * version of the provider's API that is newer than this code.
 */
export type KeptReason = 'wrong-mode' | 'wrong-account' | 'newer-version';

/** One event out of a verified call (QuickBooks sends several at once). Ids only: state is fetched later. */
export interface VerifiedEvent {
  provider: 'stripe' | 'quickbooks';
  /** Stripe account id or QuickBooks realm id; `self` where the provider names none. */
  account: string;
  eventId: string;
  /** The provider's own type, such as `invoice.paid` or `qbo.payment.created.v1`. */
  type: string;
  /** The provider's name of the object, lower case: `invoice`, `payment_intent`, `payment`. */
  objectType: string;
  objectId: string;
  /** Salesforce invoice id where the signed body names it (Stripe metadata); saves asking. */
  invoiceId: string | null;
  /** Made by a request of our own, as its idempotency key tells; false where the provider does not say. */
  ownWrite: boolean;
  /** ISO instant by the provider's clock, where it tells: the change is no younger. */
  happenedAt: string | null;
  /** What its object looked like then, as lists show it (sightings); null where the event does not carry it. */
  looks: string | null;
  /** Genuine, and not to be applied; null: it is. */
  kept: KeptReason | null;
  /** What is kept as it came: JSON text of this event, or its bytes in UTF-8. */
  body: string | Uint8Array;
}

type Verification = { verified: true; events: VerifiedEvent[] } | { verified: false; reason: string };

/** One per provider: proves the signature on the raw body and names the objects. Never throws on bad input. */
export interface WebhookVerifier {
  verify(call: WebhookCall): Promise<Verification>;
}
