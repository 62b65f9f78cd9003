import { createHmac } from 'node:crypto';
import { createDeliverer } from '../core/index.ts';
import type { Clock, Deliverer, DeliveryOptions, FaultPlan } from '../core/index.ts';
import { DAY } from './days.ts';
import type { StoredEvent } from './entities.ts';
import { formatEvent, wants } from './events.ts';
import type { StripeStore } from './store.ts';
import { formatThinEvent, wantedBy } from './thin-events.ts';

const MINUTE = 60_000;
/** In test mode three retries over a few hours; Stripe does not publish the steps. https://docs.stripe.com/webhooks#automatic-retries */
const RETRIES = [10 * MINUTE, 60 * MINUTE, 180 * MINUTE];
const TIMEOUT_MS = 20_000;

/** `t=…,v1=…` over the raw body, one v1 per secret. https://docs.stripe.com/webhooks#verify-manually */
export function signature(body: string, secrets: string[], seconds: number): string {
  const sign = (secret: string) => `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
  return [`t=${seconds}`, ...secrets.map(sign)].join(',');
}

export interface Webhooks extends Deliverer {
  /** Queues an event to every endpoint that asked for its type, and counts them in `pending_webhooks`. */
  publish(event: StoredEvent): void;
}

export function createWebhooks(options: {
  db: StripeStore;
  clock: Clock;
  faults: FaultPlan;
  disableAfterDays?: number | undefined;
  post?: DeliveryOptions['post'];
}): Webhooks {
  const { db, clock, faults } = options;
  const receiver = (id: string) => db.endpoints.get(id) ?? db.destinations.get(id);
  const secretsOf = (id: string, now: number) => {
    const found = receiver(id);
    if (!found) return [''];
    return found.rolled && found.rolled.until > now ? [found.secret, found.rolled.secret] : [found.secret];
  };
  /** An endpoint that got nothing for days is disabled. https://docs.stripe.com/webhooks#disable */
  const judge = (id: string, delivered: boolean) => {
    const now = Math.floor(clock.now() / 1000);
    for (const collection of [db.endpoints, db.destinations] as Pick<typeof db.endpoints, 'get' | 'put'>[]) {
      const found = collection.get(id);
      if (!found || found.status === 'disabled') continue;
      const { failing_since: since = now, ...endpoint } = found;
      if (delivered) {
        if (found.failing_since !== undefined) collection.put(endpoint);
      } else {
        const late = options.disableAfterDays !== undefined && now - since >= options.disableAfterDays * DAY;
        collection.put({ ...endpoint, failing_since: since, status: late ? 'disabled' : 'enabled' });
      }
    }
  };
  const deliverer = createDeliverer({
    store: db.store,
    clock,
    faults,
    point: 'stripe.webhook',
    ladder: RETRIES,
    timeoutMs: TIMEOUT_MS,
    ...(options.post ? { post: options.post } : {}),
    headers: ({ body, target }, now) => ({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signature(body, secretsOf(target, now / 1000), Math.floor(now / 1000)),
    }),
    allowed: ({ target }) => receiver(target)?.status === 'enabled',
    onSettled({ about, state, target }) {
      judge(target, state === 'delivered');
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
      const destinations = db.destinations.all().filter((destination) => wantedBy(destination, event.type));
      const snapshots = [...endpoints, ...destinations.filter((destination) => destination.event_payload === 'snapshot')];
      event.pending_webhooks = snapshots.length;
      const body = JSON.stringify(formatEvent(event), null, 2);
      for (const { id, url } of snapshots) deliverer.send({ target: id, url, about: { event: event.id, type: event.type }, body });
      for (const { id, url, event_payload } of destinations) {
        if (event_payload !== 'thin') continue;
        const thin = formatThinEvent(event);
        deliverer.send({
          target: id,
          url,
          about: { event: String(thin['id']), type: String(thin['type']) },
          body: JSON.stringify(thin, null, 2),
        });
      }
    },
  };
}
