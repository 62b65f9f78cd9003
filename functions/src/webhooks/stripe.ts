import { receive, type Receipt, type ReceiveDeps } from '../inbox/receive.ts';
import type { WebhookCall, WebhookVerifier } from '../ports/webhook-verifier.ts';

/** Where Stripe's webhook endpoint points to. */
export const STRIPE_HOOK_PATH = '/hooks/stripe';

/** Takes Stripe's events: `Stripe-Signature` over the raw body, one object per event. */
export const takeStripeEvents = (deps: ReceiveDeps & { verifier: WebhookVerifier }, call: WebhookCall): Promise<Receipt> =>
  receive(deps, deps.verifier, call);
