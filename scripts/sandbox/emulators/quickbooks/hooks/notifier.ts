import type { Clock } from '../../core/clock.ts';
import { createDeliverer } from '../../core/delivery.ts';
import type { Deliverer, DeliveryOptions } from '../../core/delivery.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { Store } from '../../core/store.ts';
import type { EntityName } from '../entities.ts';
import type { Change } from '../store.ts';
import { eventBody, sign } from './event-body.ts';
import type { EventFormat } from './event-body.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Documented: 10, 20, 30 s, 5, 20 min, 2, 4, 6 h, then every 6 h. This stand-in gives up after three days. */
const RETRY_LADDER = [
  10 * SECOND,
  20 * SECOND,
  30 * SECOND,
  5 * MINUTE,
  20 * MINUTE,
  2 * HOUR,
  4 * HOUR,
  ...Array.from({ length: 11 }, () => 6 * HOUR),
];
/** Documented: an answer is awaited for three seconds. */
const ANSWER_MS = 3 * SECOND;

const SILENT: EntityName[] = ['CompanyInfo', 'TaxCode', 'TaxRate', 'Attachable'];

export interface Webhook {
  url: string;
  verifier: string;
}

export interface Notifier {
  deliverer: Deliverer;
  /** Where notifications go; undefined sends none. */
  webhook: Webhook | undefined;
  format: EventFormat;
  take(changes: Change[]): void;
  /** Sends what is being gathered at once. */
  flush(): void;
  /** Forgets what is being gathered and takes up what is stored, after a restore. */
  takeUp(): void;
  /** Runs `fn` without a notification of what it changes. */
  silently(fn: () => void): void;
  stop(): Promise<void>;
}

interface NotifierOptions {
  store: Store;
  clock: Clock;
  faults: FaultPlan;
  realmId: string;
  webhook?: Webhook;
  format?: EventFormat;
  /** How long changes are gathered into one notification; sandboxes are near real time. */
  gatherMs?: number;
  post?: DeliveryOptions['post'];
}

/**
 * Gathers changes and delivers them signed. Later notifications wait behind one that failed, as documented.
 * Fault points: `quickbooks.event` (never-generate; context: entity, operation, id) and `quickbooks.webhook`.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const { clock, faults } = options;
  let gathered: Change[] = [];
  let cancel: (() => void) | undefined;
  let isSilent = false;

  const deliverer = createDeliverer({
    store: options.store,
    clock,
    faults,
    point: 'quickbooks.webhook',
    ladder: RETRY_LADDER,
    timeoutMs: ANSWER_MS,
    ...(options.post ? { post: options.post } : {}),
    headers: (delivery) => ({
      'content-type': 'application/json',
      'user-agent': 'intuit_notification_sandbox',
      'intuit-signature': sign(delivery.body, notifier.webhook?.verifier ?? ''),
    }),
    onSettled: () => queueMicrotask(() => gathered.length > 0 && !cancel && notifier.flush()),
  });
  const isBlocked = () => deliverer.deliveries.where({ state: 'pending' }).some((delivery) => delivery.attempts.length > 0);

  const notifier: Notifier = {
    deliverer,
    webhook: options.webhook,
    format: options.format ?? 'cloudevents',
    take(changes) {
      if (!notifier.webhook || isSilent) return;
      for (const change of changes) {
        if (SILENT.includes(change.entity)) continue;
        const fault = faults.next('quickbooks.event', { entity: change.entity, operation: change.operation, id: change.id });
        if (fault?.kind === 'never-generate') continue;
        const isKnown = gathered.some(
          (other) => other.entity === change.entity && other.id === change.id && other.operation === change.operation,
        );
        if (!isKnown) gathered.push(change);
      }
      if (gathered.length === 0 || cancel) return;
      cancel = clock.setTimer(clock.now() + (options.gatherMs ?? 200), () => notifier.flush());
    },
    flush() {
      cancel?.();
      cancel = undefined;
      if (gathered.length === 0 || !notifier.webhook || isBlocked()) return;
      const changes = gathered;
      gathered = [];
      const types = [...new Set(changes.map((change) => `${change.entity}.${change.operation}`))].join(', ');
      deliverer.send({
        target: notifier.webhook.url,
        url: notifier.webhook.url,
        about: {
          types,
          objects: changes
            .map((change) => `${change.entity} ${change.id}`)
            .join(', ')
            .slice(0, 200),
        },
        body: eventBody(notifier.format, options.realmId, changes),
      });
    },
    takeUp() {
      cancel?.();
      cancel = undefined;
      gathered = [];
      deliverer.resume();
    },
    silently(fn) {
      isSilent = true;
      try {
        fn();
      } finally {
        isSilent = false;
      }
    },
    stop: () => {
      cancel?.();
      return deliverer.stop();
    },
  };
  deliverer.resume();
  return notifier;
}
