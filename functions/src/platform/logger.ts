import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, pino } from 'pino';

/** Ids that follow a click from the page to the ledgers; every log line inside carries them. */
export interface Trail {
  correlationId: string;
  operation?: string;
}

const trail = new AsyncLocalStorage<Trail>();

/** Runs `work` with these ids on every log line it writes. */
export function withTrail<T>(ids: Trail, work: () => T): T {
  return trail.run(ids, work);
}

const NEVER_LOGGED = [
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'secret',
  'clientSecret',
  'client_secret',
  'password',
  'x-client-context',
  'stripe-signature',
  'intuit-signature',
];

/** Structured logs on standard output: no bodies, no tokens, no names of customers. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(1)) {
  const paths = NEVER_LOGGED.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino(
    {
      level,
      base: null,
      mixin: () => ({ ...trail.getStore() }),
      redact: { paths, censor: '[redacted]' },
      serializers: { err: describeError, error: describeError },
    },
    destination,
  );
}

export type Logger = ReturnType<typeof createLogger>;

/** What a log may hold of an error: its type, message and stack. HTTP clients hang requests, with tokens, on the rest. */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  return { type: error.name, message: error.message, stack: error.stack, ...(error.cause ? { cause: String(error.cause) } : {}) };
}
