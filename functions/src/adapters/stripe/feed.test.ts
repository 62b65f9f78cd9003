import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { API_VERSION } from './client.ts';
import { ask } from './errors.ts';
import { createStripeFeed } from './feed.ts';

/** The real SDK over an account whose list of events is this. */
function feedOf(events: object[]) {
  const body = JSON.stringify({ object: 'list', data: events, has_more: false });
  const httpClient = {
    getClientName: () => 'in-process',
    makeRequest: async () => ({
      ...{ getStatusCode: () => 200, getHeaders: () => ({}), getRawResponse: () => ({}) },
      ...{ toStream: () => body, toJSON: async () => JSON.parse(body) as unknown },
    }),
  };
  const sdk = new Stripe('sk_test_list', {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: httpClient as never,
  });
  return createStripeFeed({ sdk, call: (kind, _operation, run) => ask(kind, () => run(sdk)) }, { live: false });
}

const EVENT = {
  ...{ id: 'evt_1', object: 'event', type: 'invoice.paid', created: 1_790_000_000, livemode: false },
  ...{ api_version: API_VERSION, request: null, data: { object: { id: 'in_1', object: 'invoice' } } },
};

test.each([
  ["the account's newer version, of which only ids are taken", { api_version: '2030-01-01.later' }, null],
  ['the other mode', { livemode: true }, 'wrong-mode'],
  ['a connected account', { account: 'acct_other' }, 'wrong-account'],
])('a listed event of %s', async (_name, change, kept) => {
  const listed = await feedOf([{ ...EVENT, ...change }]).listEvents({ createdFrom: '2026-01-01T00:00:00Z', cursor: null });
  expect(listed).toMatchObject({ outcome: 'done', value: { events: [{ eventId: 'evt_1', objectId: 'in_1', kept }] } });
});
