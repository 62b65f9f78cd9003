import type { EventDestination } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { API_VERSION, EVENT_TYPES, THIN_EVENT_TYPES } from '../spec.ts';
import { formatThinEvent, snapshotIdOf, thinTypeOf } from '../thin-events.ts';
import { need } from '../views.ts';
import type { Call, Route } from '../world.ts';

const MOST = 100;
const EVENTS_KEPT = 30 * 86_400;

/** The address and the secret are shown only when asked for. */
export function formatDestination(destination: EventDestination, include: string[] = []) {
  const { created, updated, secret, url, rolled: _rolled, ...rest } = destination;
  return {
    object: 'v2.core.event_destination',
    ...rest,
    created: new Date(created * 1000).toISOString(),
    events_from: ['self'],
    livemode: false,
    type: 'webhook_endpoint',
    updated: new Date(updated * 1000).toISOString(),
    webhook_endpoint: {
      ...(include.includes('webhook_endpoint.signing_secret') ? { signing_secret: secret } : {}),
      ...(include.includes('webhook_endpoint.url') ? { url } : {}),
    },
  };
}

function checkTypes(types: string[], payload: EventDestination['event_payload']): void {
  const known = payload === 'thin' ? THIN_EVENT_TYPES : EVENT_TYPES;
  const wrong = types.find((type) => type !== '*' && !known.has(type));
  if (wrong !== undefined) throw invalid(`Invalid enabled_events: ${wrong} is not a ${payload} event type.`, { param: 'enabled_events' });
}

function create({ world, params }: Call) {
  if (params['type'] !== 'webhook_endpoint') throw notModelled(`destinations of type ${String(params['type'])}`, 'type');
  const url = (params['webhook_endpoint'] as { url: string } | undefined)?.url;
  if (url === undefined || !URL.canParse(url)) throw invalid('Invalid URL.', { code: 'url_invalid', param: 'webhook_endpoint.url' });
  const version = params['snapshot_api_version'] as string | undefined;
  if (version !== undefined && version !== API_VERSION) throw notModelled(`API version ${version}`, 'snapshot_api_version');
  const payload = params['event_payload'] as EventDestination['event_payload'];
  checkTypes(params['enabled_events'] as string[], payload);
  const destination: EventDestination = {
    id: newId('ed').replace('ed_', 'ed_test_'),
    created: world.now(),
    updated: world.now(),
    description: (params['description'] as string | undefined) ?? '',
    enabled_events: params['enabled_events'] as string[],
    event_payload: payload,
    metadata: mergeMetadata({}, params['metadata']),
    name: params['name'] as string,
    ...(payload === 'snapshot' ? { snapshot_api_version: API_VERSION } : {}),
    secret: `whsec_${token(32)}`,
    status: 'enabled',
    url,
  };
  world.db.destinations.put(destination);
  return formatDestination(destination, params['include'] as string[] | undefined);
}

function change(call: Call, changes: Partial<EventDestination>) {
  const { world, ids, params } = call;
  const destination = need(world.db.destinations, 'event_destination', ids[0]!);
  const changed = { ...destination, ...changes, updated: world.now() };
  world.db.destinations.put(changed);
  return formatDestination(changed, params['include'] as string[] | undefined);
}

function update(call: Call) {
  const { world, ids, params } = call;
  const { metadata, event_payload } = need(world.db.destinations, 'event_destination', ids[0]!);
  const {
    include: _include,
    webhook_endpoint: endpoint,
    metadata: given,
    ...fields
  } = params as Record<string, unknown> & {
    webhook_endpoint?: { url: string };
  };
  if (fields['enabled_events']) checkTypes(fields['enabled_events'] as string[], event_payload);
  return change(call, { ...fields, ...(endpoint ? { url: endpoint.url } : {}), metadata: mergeMetadata(metadata, given) });
}

function listEvents({ world, params }: Call) {
  const { limit = 20, object_id: object, types } = params as { limit?: number; object_id?: string; types?: string[] };
  if (params['created'] !== undefined) throw notModelled('created on /v2/core/events', 'created');
  const oldest = world.now() - EVENTS_KEPT;
  const found = world.db.events
    .where({}, { desc: true })
    .filter((event) => {
      const type = thinTypeOf(event.type);
      return (
        type !== undefined &&
        event.created >= oldest &&
        (object === undefined || event.object['id'] === object) &&
        (types === undefined || types.includes(type))
      );
    })
    .slice(0, limit);
  return { data: found.map(formatThinEvent), next_page_url: null, previous_page_url: null };
}

function getEvent({ world, ids }: Call) {
  const event = world.db.events.get(snapshotIdOf(ids[0]!));
  if (!event || !thinTypeOf(event.type) || event.created < world.now() - EVENTS_KEPT) throw missing('event', ids[0]!);
  return formatThinEvent(event);
}

const BASE = '/v2/core/event_destinations';

/** Event destinations and their thin events: the JSON side of the API. https://docs.stripe.com/api/v2/core/event_destinations */
export const eventDestinations: Route[] = [
  {
    method: 'POST',
    path: BASE,
    takes: [
      'description',
      'enabled_events',
      'event_payload',
      'include',
      'metadata',
      'name',
      'snapshot_api_version',
      'type',
      'webhook_endpoint',
    ],
    handle: create,
  },
  {
    method: 'GET',
    path: BASE,
    takes: ['include'],
    handle: ({ world, params }) => ({
      data: world.db.destinations
        .where({}, { desc: true, limit: (params['limit'] as number | undefined) ?? MOST })
        .map((one) => formatDestination(one, params['include'] as string[] | undefined)),
      next_page_url: null,
      previous_page_url: null,
    }),
  },
  {
    method: 'GET',
    path: `${BASE}/{id}`,
    takes: ['include'],
    handle: ({ world, ids, params }) =>
      formatDestination(need(world.db.destinations, 'event_destination', ids[0]!), params['include'] as string[] | undefined),
  },
  {
    method: 'POST',
    path: `${BASE}/{id}`,
    takes: ['description', 'enabled_events', 'include', 'metadata', 'name', 'webhook_endpoint'],
    handle: update,
  },
  { method: 'POST', path: `${BASE}/{id}/disable`, handle: (call) => change(call, { status: 'disabled' }) },
  { method: 'POST', path: `${BASE}/{id}/enable`, handle: (call) => change(call, { status: 'enabled' }) },
  {
    method: 'DELETE',
    path: `${BASE}/{id}`,
    handle({ world, ids }) {
      const { id } = need(world.db.destinations, 'event_destination', ids[0]!);
      world.db.destinations.delete(id);
      return { id, object: 'v2.core.event_destination' };
    },
  },
  { method: 'GET', path: '/v2/core/events', takes: ['created', 'object_id', 'types'], handle: listEvents },
  { method: 'GET', path: '/v2/core/events/{id}', handle: getEvent },
];
