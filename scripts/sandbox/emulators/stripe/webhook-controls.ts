import type { FastifyInstance } from 'fastify';
import type { StripeEngine } from './engine.ts';
import { token } from './ids.ts';
import { API_VERSION } from './spec.ts';
import type { StripeStore } from './store.ts';

/** Ids of the receiver that the start options name, as an endpoint and as a destination of thin events. */
const ENDPOINT = 'we_1SandboxReceiver000000000';
const DESTINATION = 'ed_test_1SandboxReceiver0000';
const DAY_IN_HOURS = 24;

/** Writes the receiver of every event that the sandbox was started with. A secret that was rolled is kept. */
export function putReceiver(
  db: StripeStore,
  seconds: number,
  receiver: { url: string; secret: string; payload?: 'snapshot' | 'thin' | undefined },
): void {
  const { url, payload = 'snapshot' } = receiver;
  const created = Math.floor(seconds);
  const shared = { created, enabled_events: ['*'], metadata: {}, status: 'enabled' as const, url };
  if (payload === 'snapshot') {
    const { secret = receiver.secret, rolled } = db.endpoints.get(ENDPOINT) ?? {};
    const secrets = rolled ? { secret, rolled } : { secret: receiver.secret };
    db.endpoints.put({ id: ENDPOINT, description: 'Sandbox receiver', api_version: API_VERSION, ...shared, ...secrets });
    return;
  }
  db.destinations.put({
    id: DESTINATION,
    updated: created,
    description: '',
    name: 'Sandbox receiver',
    event_payload: 'thin',
    secret: receiver.secret,
    ...shared,
  });
}

/**
 * `POST /__ctl/webhook/roll {endpoint?, hours?, secret?}`: a new signing secret, as the Dashboard rolls it; until the old one
 * expires (at most a day) deliveries carry both signatures. https://docs.stripe.com/webhooks#roll-endpoint-secrets
 */
export function addWebhookControls(app: FastifyInstance, engine: StripeEngine): void {
  app.post<{ Body: { endpoint?: string; hours?: number; secret?: string } | undefined }>('/__ctl/webhook/roll', ({ body }, reply) => {
    const { endpoint: id = ENDPOINT, hours = DAY_IN_HOURS, secret = `whsec_${token(32)}` } = body ?? {};
    const { db, world } = engine;
    const until = world.now() + Math.min(hours, DAY_IN_HOURS) * 3600;
    const endpoint = db.endpoints.get(id);
    const destination = db.destinations.get(id);
    if (endpoint) db.endpoints.put({ ...endpoint, secret, rolled: { secret: endpoint.secret, until } });
    else if (destination) db.destinations.put({ ...destination, secret, rolled: { secret: destination.secret, until } });
    else return reply.code(404).send({ error: `There is no ${id}.` });
    return { endpoint: id, secret, until };
  });
}
