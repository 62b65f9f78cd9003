import { checkAnswer } from './check-answer.ts';
import type { EventDestination, StoredEvent } from './entities.ts';
import { THIN_EVENT_TYPES } from './spec.ts';
import type { Schema } from './spec/json-schema.ts';

/** Where each kind of object is fetched. */
const PATHS: Record<string, string> = {
  charge: 'charges',
  coupon: 'coupons',
  credit_note: 'credit_notes',
  customer: 'customers',
  dispute: 'disputes',
  invoice: 'invoices',
  invoice_payment: 'invoice_payments',
  invoiceitem: 'invoiceitems',
  payment_intent: 'payment_intents',
  payment_link: 'payment_links',
  payout: 'payouts',
  price: 'prices',
  product: 'products',
  refund: 'refunds',
  subscription: 'subscriptions',
  tax_rate: 'tax_rates',
};

/** `EventBase` with `related_object`, as the SDK declares each of its thin events. */
const THIN: Schema = {
  type: 'object',
  required: ['id', 'object', 'created', 'livemode', 'type'],
  properties: {
    id: { type: 'string' },
    object: { const: 'v2.core.event' },
    created: { type: 'string' },
    livemode: { type: 'boolean' },
    reason: {
      type: 'object',
      required: ['type', 'request'],
      properties: {
        type: { const: 'request' },
        request: {
          type: 'object',
          required: ['id', 'idempotency_key'],
          properties: { id: { type: 'string' }, idempotency_key: { type: 'string' } },
        },
      },
    },
    related_object: {
      type: 'object',
      required: ['id', 'type', 'url'],
      properties: { id: { type: 'string' }, type: { type: 'string' }, url: { type: 'string' } },
    },
    snapshot_event: { type: 'string' },
    type: { type: 'string' },
  },
};

/** The thin type of a snapshot type, if it has one. */
export const thinTypeOf = (type: string): string | undefined => (THIN_EVENT_TYPES.has(`v1.${type}`) ? `v1.${type}` : undefined);

const PREFIX = 'evt_test_';
export const thinIdOf = (snapshot: string): string => PREFIX + snapshot.slice('evt_'.length);
/** The snapshot event behind a thin event's id. */
export const snapshotIdOf = (thin: string): string => `evt_${thin.slice(thin.startsWith(PREFIX) ? PREFIX.length : 0)}`;

/** The thin event that stands for a snapshot event: no object, only where to fetch it. https://docs.stripe.com/event-destinations#thin-events */
export function formatThinEvent(event: StoredEvent): Record<string, unknown> {
  const type = thinTypeOf(event.type);
  if (!type) throw new Error(`${event.type} has no thin event.`);
  const object = String(event.object['object']);
  const id = event.object['id'];
  const path = PATHS[object];
  const thin = {
    id: thinIdOf(event.id),
    object: 'v2.core.event',
    created: new Date(event.created * 1000).toISOString(),
    livemode: false,
    ...(event.request_id
      ? { reason: { type: 'request', request: { id: event.request_id, idempotency_key: event.idempotency_key ?? '' } } }
      : {}),
    ...(typeof id === 'string' && path ? { related_object: { id, type: object, url: `/v1/${path}/${id}` } } : {}),
    snapshot_event: event.id,
    type,
  };
  const problems = checkAnswer(THIN, thin);
  if (problems.length) throw new Error(`The thin event of ${event.type} is wrong: ${problems.join('; ')}`);
  return thin;
}

/** Whether a destination gets this event, and by which name. */
export function wantedBy(destination: EventDestination, type: string): boolean {
  if (destination.status !== 'enabled') return false;
  const name = destination.event_payload === 'thin' ? thinTypeOf(type) : type;
  return name !== undefined && (destination.enabled_events.includes('*') || destination.enabled_events.includes(name));
}
