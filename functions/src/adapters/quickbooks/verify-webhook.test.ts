import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../platform/secret.ts';
import { createQuickBooksVerifier } from './verify-webhook.ts';

const TOKEN = 'a-verifier-token';
async function eventsOf(body: unknown) {
  const rawBody = Buffer.from(JSON.stringify(body));
  const headers = { 'intuit-signature': createHmac('sha256', TOKEN).update(rawBody).digest('base64') };
  const verdict = await createQuickBooksVerifier(new Secret(TOKEN)).verify({ rawBody, headers, receivedAt: 0 });
  return verdict.verified ? verdict.events.map(({ type, objectId }) => [type, objectId]) : verdict.reason;
}

test.each([
  [[{ id: '1', type: 'qbo.customer.merged.v1', intuitentityid: '8', data: { deletedid: '7' } }], 'qbo.customer.merged.v1'],
  [
    {
      eventNotifications: [
        { realmId: '1', dataChangeEvent: { entities: [{ name: 'Customer', id: '8', operation: 'Merge', deletedID: '7' }] } },
      ],
    },
    'qbo.customer.merge',
  ],
])('a merge names the one that is gone (%#)', async (body, type) => {
  expect(await eventsOf(body)).toEqual([[type, '7']]);
});
