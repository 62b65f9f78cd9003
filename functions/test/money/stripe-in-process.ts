import Stripe from 'stripe';
import { type createStripeEngine, decodeForm } from '../../../scripts/sandbox/index.ts';
import { API_VERSION, type StripeClient } from '../../src/adapters/stripe/client.ts';
import { ask } from '../../src/adapters/stripe/errors.ts';

export type StripeEngine = ReturnType<typeof createStripeEngine>;

export const SECRET_KEY = 'sk_test_sandbox';
const text = (value: unknown): string | undefined =>
  Array.isArray(value) ? String(value[0]) : value === undefined ? undefined : String(value);

/** The real SDK, with its form encoding and error classes, over a stand-in in the same process. */
export function stripeInProcess(engine: StripeEngine): StripeClient {
  const httpClient: NonNullable<ConstructorParameters<typeof Stripe>[1]> extends { httpClient?: infer Client } ? Client : never = {
    getClientName: () => 'in-process',
    async makeRequest(_host, _port, url, method, headers, requestData) {
      const [path = '', query = ''] = url.split('?');
      const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
      const answer = engine.request(method, path, decodeForm(method === 'GET' ? query : requestData), named);
      const body = JSON.stringify(answer.body);
      return {
        getStatusCode: () => answer.status,
        getHeaders: () => answer.headers,
        getRawResponse: () => ({}),
        toStream: () => body,
        toJSON: async () => JSON.parse(body) as unknown,
      };
    },
  };
  const sdk = new Stripe(SECRET_KEY, { apiVersion: API_VERSION, maxNetworkRetries: 0, telemetry: false, httpClient });
  return { sdk, call: (kind, _operation, run) => ask(kind, () => run(sdk)) };
}

/** One request by hand, as the bench's own reading. Throws what Stripe would answer. */
export function askStripe(
  engine: StripeEngine,
  method: string,
  path: string,
  params: Record<string, unknown> = {},
): Record<string, unknown> {
  const answer = engine.request(method, path, params, { authorization: `Bearer ${SECRET_KEY}` });
  if (answer.status !== 200) throw new Error(`Stripe ${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
