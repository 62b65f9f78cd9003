import type { StoredEvent, WebhookEndpoint } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { formatEvent } from '../events.ts';
import { formatEndpoint } from '../formatters.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { API_VERSION, EVENT_TYPES } from '../spec.ts';
import { need } from '../views.ts';
import type { Call, Route } from '../world.ts';

/** Events can be listed for 30 days. https://docs.stripe.com/api/events */
const EVENTS_KEPT = 30 * 86_400;

function listEvents({ world, params }: Call) {
  const oldest = world.now() - EVENTS_KEPT;
  const { type, types, delivery_success: delivered } = params as { type?: string; types?: string[]; delivery_success?: boolean };
  if (type !== undefined && types !== undefined) throw invalid('You may only specify one of these parameters: type, types.');
  if (types && types.length > 20) throw invalid('You can list at most 20 types.', { param: 'types' });
  const wanted = (event: StoredEvent) =>
    event.created >= oldest &&
    (types === undefined || types.includes(event.type)) &&
    (type === undefined || event.type === type || (type.endsWith('.*') && event.type.startsWith(type.slice(0, -1)))) &&
    (delivered === undefined || delivered === (event.pending_webhooks === 0 && !event.delivery_failed));
  return listPage(
    world.db.events,
    { url: '/v1/events', kind: 'event', params, criteria: type === undefined || type.endsWith('*') ? {} : { type }, filter: wanted },
    formatEvent,
  );
}

function getEvent({ world, ids }: Call) {
  const event = need(world.db.events, 'event', ids[0]!);
  if (event.created < world.now() - EVENTS_KEPT) throw missing('event', event.id);
  return formatEvent(event);
}

function checkEndpoint(params: Call['params']): void {
  const unknown = (params['enabled_events'] as string[] | undefined)?.find((type) => type !== '*' && !EVENT_TYPES.has(type));
  if (unknown !== undefined) throw invalid(`Invalid enabled_events: ${unknown} is not an event type.`, { param: 'enabled_events' });
  const url = params['url'] as string | undefined;
  if (url !== undefined && !URL.canParse(url))
    throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', { code: 'url_invalid', param: 'url' });
  const version = params['api_version'] as string | undefined;
  if (version !== undefined && version !== API_VERSION)
    throw notModelled(`API version ${version}; it speaks ${API_VERSION}`, 'api_version');
}

function createEndpoint({ world, params }: Call) {
  checkEndpoint(params);
  const endpoint: WebhookEndpoint = {
    id: newId('we'),
    created: world.now(),
    description: (params['description'] as string | undefined) || null,
    enabled_events: params['enabled_events'] as string[],
    api_version: (params['api_version'] as string | undefined) ?? null,
    metadata: mergeMetadata({}, params['metadata']),
    secret: `whsec_${token(32)}`,
    status: 'enabled',
    url: params['url'] as string,
  };
  world.db.endpoints.put(endpoint);
  return formatEndpoint(endpoint, true);
}

function updateEndpoint({ world, ids, params }: Call) {
  const endpoint = need(world.db.endpoints, 'webhook_endpoint', ids[0]!);
  checkEndpoint(params);
  const { disabled, metadata, ...fields } = params;
  const changed: WebhookEndpoint = {
    ...endpoint,
    ...fields,
    metadata: mergeMetadata(endpoint.metadata, metadata),
    ...(disabled === undefined ? {} : { status: disabled ? ('disabled' as const) : ('enabled' as const) }),
  };
  world.db.endpoints.put(changed);
  return formatEndpoint(changed);
}

function removeEndpoint({ world, ids }: Call) {
  const { id } = need(world.db.endpoints, 'webhook_endpoint', ids[0]!);
  world.db.endpoints.delete(id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

export const account: Route[] = [
  { method: 'GET', path: '/v1/events', takes: ['delivery_success', 'type', 'types'], handle: listEvents },
  { method: 'GET', path: '/v1/events/{id}', handle: getEvent },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    takes: ['api_version', 'description', 'enabled_events', 'metadata', 'url'],
    handle: createEndpoint,
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    handle: ({ world, params }) =>
      listPage(world.db.endpoints, { url: '/v1/webhook_endpoints', kind: 'webhook_endpoint', params }, (endpoint) =>
        formatEndpoint(endpoint),
      ),
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/{id}',
    handle: ({ world, ids }) => formatEndpoint(need(world.db.endpoints, 'webhook_endpoint', ids[0]!)),
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/{id}',
    takes: ['description', 'disabled', 'enabled_events', 'metadata', 'url'],
    handle: updateEndpoint,
  },
  { method: 'DELETE', path: '/v1/webhook_endpoints/{id}', handle: removeEndpoint },
];
