import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../platform/secret.ts';
import { createQuickBooksVerifier } from './verify-webhook.ts';

const verifier = createQuickBooksVerifier([new Secret('token-new'), new Secret('token-old')], '9130');

function signed(body: unknown, token = 'token-new') {
  const raw = JSON.stringify(body);
  const signature = createHmac('sha256', token).update(raw).digest('base64');
  return verifier.verify({ rawBody: Buffer.from(raw), headers: { 'intuit-signature': signature }, receivedAt: 0 });
}
const cloudEvent = (change: object = {}) => ({
  specversion: '1.0',
  id: 'a-1',
  type: 'qbo.payment.created.v1',
  intuitentityid: '7',
  intuitaccountid: '9130',
  data: {},
  ...change,
});
const older = (realmId: string) => ({
  eventNotifications: [
    { realmId, dataChangeEvent: { entities: [{ name: 'Payment', id: '7', operation: 'Create', lastUpdated: '2026-11-24T10:00:00Z' }] } },
  ],
});

test.each([
  ['CloudEvents', [cloudEvent()], 'qbo.payment.created.v1'],
  ['the older form', older('9130'), 'qbo.payment.create'],
])('%s names the object', async (_name, body, type) => {
  expect(await signed(body)).toMatchObject({
    verified: true,
    events: [{ type, objectType: 'payment', objectId: '7', account: '9130', kept: null }],
  });
});

test.each([
  ['CloudEvents', [cloudEvent({ time: '2026-11-24T10:00:00.179851517Z' })], '2026-11-24T10:00:00.179Z'],
  ['the older form', older('9130'), '2026-11-24T10:00:00.000Z'],
  ['an event without its time', [cloudEvent()], null],
])('%s says when it happened', async (_name, body, happenedAt) => {
  expect(await signed(body)).toMatchObject({ events: [{ happenedAt }] });
});

test('either token is right while one is replaced', async () => {
  expect(await signed([cloudEvent()], 'token-old')).toMatchObject({ verified: true });
  expect(await signed([cloudEvent()], 'token-of-somebody')).toMatchObject({ verified: false });
});

test.each([
  ['another company', [cloudEvent({ intuitaccountid: '1' })], 'wrong-account'],
  ['another company, older form', older('1'), 'wrong-account'],
  ['a newer form', [cloudEvent({ type: 'qbo.payment.created.v2' })], 'newer-version'],
])('an event of %s is not to be applied', async (_name, body, kept) => {
  expect(await signed(body)).toMatchObject({ verified: true, events: [{ kept }] });
});

test.each([
  [[cloudEvent({ type: 'qbo.customer.merged.v1', intuitentityid: '8', data: { deletedid: '7' } })], 'qbo.customer.merged.v1'],
  [
    {
      eventNotifications: [
        { realmId: '9130', dataChangeEvent: { entities: [{ name: 'Customer', id: '8', operation: 'Merge', deletedID: '7' }] } },
      ],
    },
    'qbo.customer.merge',
  ],
])('a merge names the one that is gone (%#)', async (body, type) => {
  expect(await signed(body)).toMatchObject({ verified: true, events: [{ type, objectId: '7' }] });
});
