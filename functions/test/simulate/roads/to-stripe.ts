import type Stripe from 'stripe';
import { type StripeEngine, decodeForm } from '../../../../scripts/sandbox/index.ts';
import { type HttpClient, createStripeSdk } from '../../../src/adapters/stripe/client.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { ConnectionLost, type Network } from './network.ts';

export const SECRET_KEY = 'sk_test_sandbox';

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

const text = (value: unknown): string | undefined =>
  Array.isArray(value) ? String(value[0]) : value === undefined ? undefined : String(value);

/** The real SDK over the network of the simulation. */
export function createSdk(engine: StripeEngine, network: Network): Stripe {
  const client: HttpClient = {
    getClientName: () => 'simulation',
    async makeRequest(_host, _port, url, method, headers, requestData, _protocol, timeout) {
      const [path = '', query = ''] = url.split('?');
      const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
      const answer = await network.send<Answer>({
        remote: 'stripe',
        what: `${method} ${path}${query ? `?${query}` : ''}${named['idempotency-key'] ? ` key=${named['idempotency-key']}` : ''}`,
        timeoutMs: Number(timeout) || 30_000,
        arrive: () => engine.request(method, path, decodeForm(method === 'GET' ? query : requestData), named),
        faulty,
        show: ({ status, body }) => `${status} ${String(body['id'] ?? (body['error'] as { code?: string } | undefined)?.code ?? '')}`,
      });
      return {
        getStatusCode: () => answer.status,
        getHeaders: () => answer.headers,
        getRawResponse: () => ({}),
        toStream: () => JSON.stringify(answer.body),
        // The SDK writes on the answer itself, and on nothing in it.
        toJSON: async () => ({ ...answer.body }),
      };
    },
  };
  return createStripeSdk(new Secret(SECRET_KEY), undefined, client);
}

/** https://docs.stripe.com/error-low-level, https://docs.stripe.com/rate-limits#object-lock-timeouts */
function faulty(fault: string): Answer {
  const answer = (status: number, error: Record<string, string>, headers = {}): Answer => ({ status, body: { error }, headers });
  switch (fault) {
    case 'throttled-429':
      return answer(
        429,
        { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' },
        { 'retry-after': '2' },
      );
    case 'locked':
      return answer(429, { type: 'invalid_request_error', code: 'lock_timeout', message: 'This object cannot be accessed right now.' });
    case 'failed-500':
      return answer(500, { type: 'api_error', message: 'An unknown error occurred.' });
    default:
      throw new ConnectionLost('ECONNRESET');
  }
}
