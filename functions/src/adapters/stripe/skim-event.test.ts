import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skimEvent } from './skim-event.ts';
import { asVerified } from './verify-webhook.ts';

type Event = Parameters<typeof asVerified>[0];
const SALESFORCE_ID = 'a01000000000001AAA';

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"id": "in_2",', '\n      "id": "in_2"', '\n    }', '{', '],', 'status', '\n  "data": {\n    "object": {', '\\"', 'é'),
);
const nested = fc.dictionary(fc.constantFrom('id', 'object', 'status', 'metadata', 'invoice', 'data'), fc.oneof(word, fc.array(word)));
const extra = fc.dictionary(
  fc.constantFrom('description', 'lines', 'customer_address', 'footer'),
  fc.oneof(word, nested, fc.array(nested)),
);
const metadata = fc.option(
  fc.record({ a_note: word, salesforce_invoice_id: fc.constant(SALESFORCE_ID), z_note: word }, { requiredKeys: [] }),
);
const kind = fc.constantFrom('invoice', 'charge', 'payment_intent', 'invoice_payment', 'refund', 'dispute');

const event = fc
  .record({
    before: extra,
    object: fc.record(
      {
        id: fc.constantFrom('in_1', 'ch_1'),
        object: kind,
        status: fc.constantFrom('draft', 'open', 'paid', null),
        amount_remaining: fc.nat(),
        amount_refunded: fc.nat(),
        disputed: fc.boolean(),
        invoice: fc.oneof(fc.constantFrom('in_9', null), nested),
        metadata,
      },
      { requiredKeys: ['id', 'object'] },
    ),
    after: extra,
    previous: fc.option(nested),
    key: fc.option(fc.constantFrom('sf:a01000000000001AAA:finalize', 'k')),
  })
  .map(({ before, object, after, previous, key }) => ({
    ...{ id: 'evt_1', object: 'event', api_version: '2026-10-28.endive', created: 1_780_000_000 },
    data: { object: { ...before, ...object, ...after }, ...(previous ? { previous_attributes: previous } : {}) },
    ...{ livemode: false, pending_webhooks: 1, request: { id: null, idempotency_key: key }, type: 'invoice.updated' },
  }));

test('what is skimmed of an event says the same as the whole', () => {
  let skimmed = 0;
  fc.assert(
    fc.property(event, (body) => {
      const text = JSON.stringify(body, null, 2);
      const found = skimEvent(Buffer.from(text).toString('latin1')) as Event | null;
      if (!found) return;
      skimmed += 1;
      expect(asVerified(found, '', { live: false })).toEqual(asVerified(JSON.parse(text) as Event, '', { live: false }));
    }),
    { numRuns: 100 },
  );
  expect(skimmed).toBeGreaterThan(25);
});

test.each([
  ['written on one line', JSON.stringify({ id: 'evt_1', object: 'event', data: { object: { id: 'in_1', object: 'invoice' } } })],
  ['about an object of another kind', JSON.stringify({ id: 'evt_1', data: { object: { id: 'du_1', object: 'dispute' } } }, null, 2)],
  [
    'of the newer kind, which only names its object',
    JSON.stringify({ id: 'evt_1', object: 'v2.core.event', related_object: null }, null, 2),
  ],
  ['cut off', JSON.stringify({ id: 'evt_1', data: { object: { id: 'in_1', object: 'invoice' } } }, null, 2).slice(0, 60)],
])('one that is %s has to be parsed', (_what, text) => {
  expect(skimEvent(text)).toBeNull();
});
