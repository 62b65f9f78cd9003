/** The body of an error, beside what is added to every one (`request_log_url`, `doc_url`). https://docs.stripe.com/api/errors */
export interface StripeErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
}

/** A refusal in Stripe's shape. Thrown by a handler it undoes the handler's work. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;

  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export const invalid = (message: string, extra: { code?: string; param?: string } = {}): StripeError =>
  new StripeError(400, { type: 'invalid_request_error', message, ...extra });

/** An id that names nothing: 404 for the path's own object, 400 for one in a parameter. */
export function missing(kind: string, id: string, param = 'id'): StripeError {
  return new StripeError(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** Real at Stripe, absent here. A 400, because a 5xx would leave the caller in doubt whether it happened. */
export const notModelled = (what: string, param?: string): StripeError =>
  invalid(`The Stripe sandbox does not model ${what}.`, { code: 'not_modelled_in_sandbox', ...(param ? { param } : {}) });

/** The answered error object. */
export function errorBody(body: StripeErrorBody, requestId: string): { error: Record<string, unknown> } {
  const { type, message, ...rest } = body;
  return {
    error: {
      ...rest,
      ...(body.code ? { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` } : {}),
      message,
      request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
      type,
    },
  };
}
