import { requestFaults, webhookFaults } from '../core/index.ts';
import type { FaultEntry } from '../core/index.ts';

const STRIPE = { name: 'stripe', system: 'Stripe' };
const narrow = { key: 'path', example: '/v1/invoices/*/finalize' };
const entry = (id: string, title: string, effect: string, fault: FaultEntry['rule']['fault']): FaultEntry => ({
  id,
  system: STRIPE.system,
  title,
  effect,
  rule: { point: 'stripe.request', fault },
  usual: 'once',
  narrow,
});

/** Every fault of this stand-in. */
export const STRIPE_FAULTS: FaultEntry[] = [
  ...requestFaults({ ...STRIPE, path: narrow.example }),
  entry('stripe-throttled', '429, too many requests', 'Nothing is done; Stripe-Rate-Limited-Reason says why.', { kind: 'throttle' }),
  entry('stripe-throttled-retry-after', '429 with Retry-After', 'Nothing is done; the answer says to wait two seconds.', {
    kind: 'throttle',
    retryAfterS: 2,
  }),
  entry('stripe-locked', 'Object locked by another request', 'Nothing is done; 429 with code lock_timeout.', { kind: 'lock-row' }),
  ...webhookFaults({ ...STRIPE, narrow: { key: 'type', example: 'invoice.paid' }, change: { key: 'type', example: 'invoice.*' } }),
];
