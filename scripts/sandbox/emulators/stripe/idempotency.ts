import { createHash } from 'node:crypto';
import type { IdempotencyRecord } from './entities.ts';
import { StripeError, invalid } from './errors.ts';
import type { Params } from './form.ts';
import type { StripeStore } from './store.ts';

/** Keys may be forgotten after a day; here they are. https://docs.stripe.com/api/idempotent_requests */
const KEPT_SECONDS = 24 * 3600;

/** The remembered answers of POST requests. */
export interface Idempotency {
  /** The kept answer to replay, if any. Refuses a key that was used for something else, or that is in use. */
  look(key: string, endpoint: string, params: Params, now: number, owner: string): IdempotencyRecord | undefined;
  keep(key: string, endpoint: string, params: Params, now: number, answer: { status: number; body: string; requestId: string }): void;
  /** Marks a key as being worked on by `owner` (a request), until `release`. */
  hold(key: string, owner: string): void;
  release(owner: string): void;
}

const canonical = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(canonical)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, inner]) => [name, canonical(inner)]),
        )
      : value === null
        ? ''
        : String(value);

const fingerprint = (params: Params) =>
  createHash('sha256')
    .update(JSON.stringify(canonical(params)))
    .digest('base64');

export function createIdempotency(db: StripeStore): Idempotency {
  const held = new Map<string, string>();
  return {
    look(key, endpoint, params, now, owner) {
      if (key.length > 255) throw invalid('Idempotency keys may only be up to 255 characters.');
      const holder = held.get(key);
      if (holder !== undefined && holder !== owner) {
        throw new StripeError(409, {
          type: 'idempotency_error',
          code: 'idempotency_key_in_use',
          message: `There is currently another in-progress request using this Stripe Account with the idempotency key '${key}'. Please try again later.`,
        });
      }
      const kept = db.idempotency.get(key);
      if (!kept) return undefined;
      if (kept.created + KEPT_SECONDS <= now) {
        db.idempotency.delete(key);
        return undefined;
      }
      const advice = `Try using a key other than '${key}' if you meant to execute a different request.`;
      if (kept.endpoint !== endpoint) {
        throw new StripeError(400, {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint}' vs '${kept.endpoint}'). ${advice}`,
        });
      }
      if (kept.fingerprint !== fingerprint(params)) {
        throw new StripeError(400, {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. ${advice}`,
        });
      }
      return kept;
    },
    keep(key, endpoint, params, now, { status, body, requestId }) {
      db.idempotency.put({ id: key, created: now, endpoint, fingerprint: fingerprint(params), status, body, request_id: requestId });
    },
    hold: (key, owner) => void held.set(key, owner),
    release(owner) {
      for (const [key, holder] of held) if (holder === owner) held.delete(key);
    },
  };
}
