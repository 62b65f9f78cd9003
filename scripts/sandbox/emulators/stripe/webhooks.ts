import { createHmac } from 'node:crypto';
import { createDeliverer } from '../core/index.ts';
import type { Clock, Deliverer, FaultPlan } from '../core/index.ts';
import type { StoredEvent } from './entities.ts';
import { formatEvent, wants } from './events.ts';
import type { StripeStore } from './store.ts';

const MINUTE = 60_000;
/** In test mode three retries over a few hours; Stripe does not publish the steps. https://docs.stripe.com/webhooks#automatic-retries */
const RETRIES = [10 * MINUTE, 60 * MINUTE, 180 * MINUTE];
const TIMEOUT_MS = 20_000;

/** `t=…,v1=…` over the raw body. https://docs.stripe.com/webhooks#verify-manually */
export function signature(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

export interface Webhooks extends Deliverer {
  /** Queues an event to every endpoint that asked for its type, and counts them in `pending_webhooks`. */
  publish(event: StoredEvent): void;
}

export function createWebhooks(options: { db: StripeStore; clock: Clock; faults: FaultPlan }): Webhooks {
  const { db, clock, faults } = options;
  const deliverer = createDeliverer({
    store: db.store,
    clock,
    faults,
    point: 'stripe.webhook',
    ladder: RETRIES,
    timeoutMs: TIMEOUT_MS,
    headers: ({ body, target }, now) => ({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signature(body, db.endpoints.get(target)?.secret ?? '', Math.floor(now / 1000)),
    }),
    allowed: ({ target }) => db.endpoints.get(target)?.status === 'enabled',
    onSettled({ about, state }) {
      const event = db.events.get(about['event'] ?? '');
      if (event)
        db.events.put({
          ...event,
          pending_webhooks: Math.max(event.pending_webhooks - 1, 0),
          delivery_failed: event.delivery_failed || state !== 'delivered',
        });
    },
  });
  return {
    ...deliverer,
    publish(event) {
      const endpoints = db.endpoints.all().filter((endpoint) => wants(endpoint, event.type));
      event.pending_webhooks = endpoints.length;
      const body = JSON.stringify(formatEvent(event), null, 2);
      for (const { id, url } of endpoints) deliverer.send({ target: id, url, about: { event: event.id, type: event.type }, body });
    },
  };
}
