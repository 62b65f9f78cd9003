import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../platform/secret.ts';
import { API_VERSION } from './client.ts';
import { createStripeVerifier } from './verify-webhook.ts';

const verifier = createStripeVerifier([new Secret('whsec_new'), new Secret('whsec_old')], { live: false });
const NOW = Date.UTC(2026, 10, 24);

function signed(body: object, secret = 'whsec_old', extra = '') {
  const raw = JSON.stringify(body);
  const t = NOW / 1000;
  const hmac = createHmac('sha256', secret).update(`${t}.${raw}`).digest('hex');
  return verifier.verify({
    rawBody: Buffer.from(raw),
    headers: { 'stripe-signature': `t=${t}${extra},v1=${hmac},v0=00` },
    receivedAt: NOW,
  });
}

const SNAPSHOT = {
  id: 'evt_1',
  object: 'event',
  type: 'invoice.paid',
  created: NOW / 1000 - 5,
  livemode: false,
  api_version: API_VERSION,
  request: { id: null, idempotency_key: 'sf:a01000000000001AAA:finalize' },
  data: { object: { id: 'in_1', object: 'invoice', metadata: { salesforce_invoice_id: 'a01000000000001AAA' } } },
};
const THIN = {
  id: 'evt_test_1',
  object: 'v2.core.event',
  type: 'v1.invoice.paid',
  created: '2026-11-24T00:00:00Z',
  livemode: false,
  related_object: { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' },
};

test('a snapshot names its object, our invoice and that we caused it', async () => {
  expect(await signed(SNAPSHOT)).toMatchObject({
    verified: true,
    events: [{ type: 'invoice.paid', objectId: 'in_1', invoiceId: 'a01000000000001AAA', ownWrite: true, kept: null, account: 'self' }],
  });
});

test.each([
  ['a snapshot', SNAPSHOT, '2026-11-23T23:59:55.000Z'],
  ['a thin event', THIN, '2026-11-24T00:00:00.000Z'],
  ['an event without its time', { ...SNAPSHOT, created: undefined }, null],
])('%s says when it happened', async (_name, body, happenedAt) => {
  expect(await signed(body)).toMatchObject({ events: [{ happenedAt }] });
});

test('a thin event names the same object under the same type', async () => {
  expect(await signed(THIN)).toMatchObject({
    verified: true,
    events: [{ eventId: 'evt_test_1', type: 'invoice.paid', objectType: 'invoice', objectId: 'in_1', invoiceId: null, kept: null }],
  });
});

test.each(['whsec_new', 'whsec_old'])('what is signed with %s is taken while the secret is rolled', async (secret) => {
  expect(await signed(SNAPSHOT, secret)).toMatchObject({ verified: true, events: [{ eventId: 'evt_1' }] });
});

const signature = (secret: string, t = NOW / 1000) =>
  `t=${t},v1=${createHmac('sha256', secret)
    .update(`${t}.${JSON.stringify(SNAPSHOT)}`)
    .digest('hex')}`;
test.each([
  ['no signature', undefined, ''],
  ['another secret', signature('whsec_of_somebody'), ''],
  ['a changed body', signature('whsec_new'), ' '],
  ['an old signature', signature('whsec_new', NOW / 1000 - 3600), ''],
])('%s is refused', async (_name, given, more) => {
  const rawBody = Buffer.from(JSON.stringify(SNAPSHOT) + more);
  expect(await verifier.verify({ rawBody, headers: { 'stripe-signature': given }, receivedAt: NOW })).toMatchObject({ verified: false });
});

test('one right signature among several is enough while Stripe signs with two secrets', async () => {
  expect(await signed(SNAPSHOT, 'whsec_new', `,v1=${'00'.repeat(32)}`)).toMatchObject({ verified: true });
});

test.each([
  ['live mode', { ...SNAPSHOT, livemode: true }, 'wrong-mode'],
  ['live mode, thin', { ...THIN, livemode: true }, 'wrong-mode'],
  ['a connected account', { ...SNAPSHOT, account: 'acct_other' }, 'wrong-account'],
  ['a connected account, thin', { ...THIN, context: 'acct_other' }, 'wrong-account'],
  ['a newer version', { ...SNAPSHOT, api_version: '2027-03-31.fern' }, 'newer-version'],
  ['an older version', { ...SNAPSHOT, api_version: '2020-08-27' }, null],
])('an event of %s', async (_name, event, kept) => {
  expect(await signed(event)).toMatchObject({ verified: true, events: [{ kept }] });
});

test('what is signed and no event is refused', async () => {
  expect(await signed({ id: 'evt_1', object: 'event', type: 'invoice.paid' })).toMatchObject({ verified: false });
});
