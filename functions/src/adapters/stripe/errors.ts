import Stripe from 'stripe';
import { type Failure, type Outcome, done } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';

/** What the caller knows of its request: a write whose answer is lost has an unknown outcome, a read has none. */
export type Kind = 'read' | 'write';

/** What happened and what to do, for the codes a person can act on. https://docs.stripe.com/error-codes */
const KNOWN: Record<string, { code: string; message: string; action: string }> = {
  email_invalid: {
    code: 'stripe-email-invalid',
    message: 'Stripe does not accept the e-mail address of the contact.',
    action: 'Correct the e-mail of the bill-to contact and issue again.',
  },
  amount_too_small: {
    code: 'stripe-amount-too-small',
    message: 'The total is below the smallest amount Stripe can charge in this currency.',
    action: 'Bill a larger amount, or book this one in QuickBooks by hand.',
  },
  amount_too_large: {
    code: 'stripe-amount-too-large',
    message: 'The total is above the largest amount Stripe accepts.',
    action: 'Split the invoice.',
  },
  resource_missing: {
    code: 'stripe-resource-missing',
    message: 'Stripe no longer has a record this needs.',
    action: 'Ask an admin to open the customer link of the account and match it again.',
  },
  invoice_not_editable: {
    code: 'stripe-invoice-not-editable',
    message: 'Stripe has finalized this invoice already.',
    action: 'Open the invoice in Stripe and see its state; run the sync to bring it back here.',
  },
  customer_tax_location_invalid: {
    code: 'stripe-tax-location-invalid',
    message: 'Stripe Tax cannot place the customer.',
    action: 'Complete the billing address of the account and issue again.',
  },
};

/** A line's product is gone or archived. */
const OF_PRODUCT = /\[product\]$/;

/** Runs one call to Stripe and answers with the closed union; anything that is not Stripe's is a bug and is thrown. */
export async function ask<T>(kind: Kind, call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await call());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return judge(error, kind);
    throw error;
  }
}

function judge(error: InstanceType<typeof Stripe.errors.StripeError>, kind: Kind): Failure {
  const provider: NonNullable<Problem['provider']> = {
    system: 'stripe',
    ...(error.code ? { code: error.code } : {}),
    ...(error.requestId ? { requestId: error.requestId } : {}),
  };
  const problem = (code: string, message: string, action: string): Problem => ({ code, severity: 'error', message, action, provider });
  const waiting = (code: string, message: string) => problem(code, message, 'Nothing to do: it is tried again by itself.');

  if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) {
    return {
      outcome: 'unauthorized',
      problem: problem(
        'stripe-unauthorized',
        'Stripe refuses our key for this.',
        'Ask an admin to run "sf trueup doctor": it names the permission the key lacks.',
      ),
    };
  }
  if (error.code === 'lock_timeout')
    return {
      outcome: 'conflict',
      reason: 'locked',
      problem: waiting('stripe-locked', 'Stripe is busy with another change of the same record.'),
    };
  if (error.statusCode === 429)
    return {
      outcome: 'rate-limited',
      retryAfterMs: retryAfter(error.headers),
      problem: waiting('stripe-rate-limited', 'Stripe asks us to slow down.'),
    };
  if (error.statusCode === 409)
    return { outcome: 'conflict', reason: 'key-in-use', problem: waiting('stripe-key-in-use', 'Stripe still works on the same request.') };
  if (error instanceof Stripe.errors.StripeConnectionError || (error.statusCode ?? 500) >= 500) return lost(error, kind, waiting);
  if (error instanceof Stripe.errors.StripeIdempotencyError) {
    return {
      outcome: 'rejected',
      problem: problem(
        'stripe-key-mismatch',
        'Stripe holds another request under the same key.',
        'Ask an admin to look at the operation; nothing was sent twice.',
      ),
    };
  }
  if (OF_PRODUCT.test(error.param ?? '')) {
    const action = 'Ask a billing administrator to restore it in Stripe, or to undo the link of the product; then issue again.';
    return {
      outcome: 'rejected',
      problem: problem('stripe-product-refused', `Stripe refuses a product of this invoice: ${error.message}`, action),
    };
  }
  const known = KNOWN[error.code ?? ''];
  if (known) return { outcome: 'rejected', problem: { ...known, severity: 'error', provider } };
  return {
    outcome: 'rejected',
    problem: problem('stripe-rejected', `Stripe did not accept this: ${error.message}`, 'Correct what Stripe names and try again.'),
  };
}

/** No answer, or an answer that does not say whether Stripe acted. A refused connection was never heard. */
function lost(
  error: InstanceType<typeof Stripe.errors.StripeError>,
  kind: Kind,
  waiting: (code: string, message: string) => Problem,
): Failure {
  const cause = (error as { detail?: { code?: string } }).detail?.code ?? (error as { code?: string }).code;
  const neverSent = cause === 'ECONNREFUSED' || cause === 'ENOTFOUND' || cause === 'EAI_AGAIN';
  if (kind === 'read' || neverSent) return { outcome: 'unavailable', problem: waiting('stripe-unavailable', 'Stripe cannot be reached.') };
  const replayed = error.headers?.['idempotent-replayed'] === 'true';
  return {
    outcome: 'unknown-outcome',
    ...(replayed ? { replayed } : {}),
    problem: waiting('stripe-unknown-outcome', 'Stripe did not answer; we find out what it did before anything is sent again.'),
  };
}

/** Milliseconds; Stripe sends Retry-After in seconds, if at all. https://docs.stripe.com/rate-limits */
function retryAfter(headers: Record<string, string> | undefined): number {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}
