import { keep } from '../core/keep.ts';
import { checkAnswer } from './check-answer.ts';
import type { StoredEvent, WebhookEndpoint } from './entities.ts';
import { newId } from './ids.ts';
import { API_VERSION, EVENT_TYPES, schemaOf } from './spec.ts';

/** Makes an event of an object's present state. Throws when the object is not what its type promises: that is our bug. */
export function createEvent(
  type: string,
  object: object,
  before: object | undefined,
  at: number,
  request: { id: string | null; idempotencyKey: string | null },
): StoredEvent {
  if (!EVENT_TYPES.has(type)) throw new Error(`"${type}" is not an event type of the installed SDK.`);
  const schema = schemaOf(object);
  if (!schema) throw new Error(`No schema for the object of ${type}.`);
  const problems = checkAnswer(schema, object);
  if (problems.length) throw new Error(`The object of ${type} is wrong: ${problems.slice(0, 5).join('; ')}`);
  return {
    id: newId('evt'),
    created: at,
    type,
    object: keep(object) as Record<string, unknown>,
    previous_attributes: before ? changes(before, object) : null,
    request_id: request.id,
    idempotency_key: request.idempotencyKey,
    pending_webhooks: 0,
    delivery_failed: false,
  };
}

/** The former values of the fields that differ. */
export function changes(before: object, after: object): Record<string, unknown> {
  const then = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const different: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(then), ...Object.keys(now)])) {
    if (then[name] === now[name]) continue;
    if (JSON.stringify(then[name]) !== JSON.stringify(now[name])) different[name] = then[name] ?? null;
  }
  return different;
}

/** The event as the API answers it and as webhooks carry it. */
export function formatEvent(event: StoredEvent) {
  return {
    id: event.id,
    object: 'event',
    api_version: API_VERSION,
    created: event.created,
    data: { object: event.object, ...(event.previous_attributes ? { previous_attributes: event.previous_attributes } : {}) },
    livemode: false,
    pending_webhooks: event.pending_webhooks,
    request: { id: event.request_id, idempotency_key: event.idempotency_key },
    type: event.type,
  };
}

/** Whether an endpoint asked for this type. */
export function wants(endpoint: WebhookEndpoint, type: string): boolean {
  return endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type));
}
