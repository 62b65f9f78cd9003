import { StripeError } from './errors.ts';

/** Writes to one object exclude each other: the second one is refused. https://docs.stripe.com/rate-limits#object-lock-timeouts */
export interface ObjectLocks {
  /** Locks the object of `path` for `owner` (a request) until `release`. Paths without an object lock nothing. */
  hold(method: string, path: string, owner: string): void;
  /** Refuses a write to an object that another request holds. */
  check(method: string, path: string, owner: string): void;
  release(owner: string): void;
}

export const lockTimeout = (): StripeError =>
  new StripeError(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message:
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.',
  });

const OBJECT = /^\/v1\/\w+\/([a-z]+_[A-Za-z0-9]+)(\/|$)/;

export function createObjectLocks(): ObjectLocks {
  const held = new Map<string, string>();
  const objectOf = (method: string, path: string) => (method === 'GET' ? undefined : OBJECT.exec(path)?.[1]);
  return {
    hold(method, path, owner) {
      const object = objectOf(method, path);
      if (object !== undefined && !held.has(object)) held.set(object, owner);
    },
    check(method, path, owner) {
      const holder = held.get(objectOf(method, path) ?? '');
      if (holder !== undefined && holder !== owner) throw lockTimeout();
    },
    release(owner) {
      for (const [object, holder] of held) if (holder === owner) held.delete(object);
    },
  };
}
