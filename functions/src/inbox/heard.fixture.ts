import type { VerifiedEvent, WebhookVerifier } from '../ports/webhook-verifier.ts';

// What the webhooks of both systems bring, for tests of the inbox.

export const event = (part: Partial<VerifiedEvent> = {}): VerifiedEvent => ({
  provider: 'stripe',
  account: 'acct_1',
  eventId: 'evt_1',
  type: 'invoice.paid',
  objectType: 'invoice',
  objectId: 'in_1',
  invoiceId: null,
  ownWrite: false,
  happenedAt: null,
  looks: null,
  kept: null,
  body: '{}',
  ...part,
});
export const verifier = (...events: VerifiedEvent[]): WebhookVerifier => ({ verify: async () => ({ verified: true, events }) });
export const call = { rawBody: new Uint8Array(), headers: {}, receivedAt: 0 };
