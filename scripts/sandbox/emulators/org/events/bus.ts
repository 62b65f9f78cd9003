import type { DataContext, PlatformEvent, SaveResult, SObjectRow } from '../data.ts';
import { coerce } from '../dml/coerce.ts';
import type { OrgCore } from '../dml/work.ts';
import { notFound, refused, RowFault } from '../errors.ts';
import { outValue } from '../formatters.ts';
import type { OrgObject } from '../schema/model.ts';
import { makeId } from '../ids/record-id.ts';

/** Events are kept for replay this long. Source: platform events developer guide, "Event Message Durability". */
const KEPT_MS = 72 * 3600 * 1000;

/** Publishes platform events and keeps them for replay. */
export interface EventBus {
  publish(events: SObjectRow[], context: DataContext): SaveResult[];
  /** Delivers an event that the org makes itself: a change of a record. */
  tell(name: string, payload: Record<string, unknown>, now: number): void;
  listen(listener: (event: PlatformEvent) => void): () => void;
  /** Forgets what is kept for replay and reads the last number again, after the tables were replaced. */
  forget(): void;
  /** Events of one object (undefined: of every change) after a replay id: -1 none, -2 all that are kept. */
  since(object: string | undefined, replayId: number, now: number): PlatformEvent[];
}

export function createEventBus(core: OrgCore): EventBus {
  const listeners = new Set<(event: PlatformEvent) => void>();
  const kept: PlatformEvent[] = [];
  const { store } = core;
  store.db.exec('CREATE TABLE IF NOT EXISTS _replay (id INTEGER PRIMARY KEY)');
  const lastNumber = (): number => Number(store.prepare('SELECT max(id) AS id FROM _replay').get()?.['id'] ?? 0);
  let replayId = lastNumber();

  const deliver = (event: PlatformEvent): void => {
    kept.push(event);
    while (kept[0] && kept[0].at < event.at - KEPT_MS) kept.shift();
    // The last number is kept so that a restarted org does not give it twice.
    store.prepare('DELETE FROM _replay').run();
    store.prepare('INSERT INTO _replay (id) VALUES (?)').run(event.replayId);
    for (const listener of [...listeners]) listener(event);
  };

  const publishOne = (row: SObjectRow, context: DataContext): SaveResult => {
    const object = core.schema.object(row.attributes.type);
    if (!object || object.kind !== 'event') throw notFound();
    try {
      if ((context.accessLevel ?? 'user') === 'user' && !core.book.of(context.userId).object(object).create)
        throw new RowFault('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
      const payload = payloadOf(core, object, row, context);
      replayId += 1;
      const event: PlatformEvent = { object: object.name, replayId, payload, at: context.now };
      if (object.publishAfterCommit)
        store.afterOutermost((committed) => {
          if (committed) deliver(event);
        });
      else deliver(event);
      return {
        id: makeId('e00', replayId),
        success: true,
        errors: [{ statusCode: 'OPERATION_ENQUEUED', message: String(payload['EventUuid']), fields: [] }],
      };
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      return refused(error.errors);
    }
  };

  return {
    tell: (object, payload, at) => {
      replayId += 1;
      deliver({ object, replayId, payload, at });
    },
    publish: (events, context) => events.map((row) => publishOne(row, context)),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget: () => {
      kept.length = 0;
      replayId = lastNumber();
    },
    since: (object, from, now) =>
      from === -1
        ? []
        : kept.filter(
            (event) =>
              (object === undefined ? isChange(event) : event.object === object) &&
              event.at >= now - KEPT_MS &&
              (from === -2 || event.replayId > from),
          ),
  };
}

/** Change events carry a header, platform events never a field of that name. */
export const isChange = (event: PlatformEvent): boolean => 'ChangeEventHeader' in event.payload;

function payloadOf(core: OrgCore, object: OrgObject, row: SObjectRow, context: DataContext): Record<string, unknown> {
  const payload: Record<string, unknown> = {
    CreatedDate: new Date(context.now).toISOString(),
    CreatedById: context.userId,
    EventUuid: crypto.randomUUID(),
  };
  for (const field of object.fields.values()) payload[field.name] = null;
  for (const [key, value] of Object.entries(row)) {
    if (key === 'attributes' || value === undefined) continue;
    const field = object.fields.get(key.toLowerCase());
    if (!field) throw new RowFault('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    payload[field.name] = outValue(field, coerce(core.schema, object, field, value, core.timeZone));
  }
  const missing = [...object.fields.values()].filter((field) => !field.nillable && payload[field.name] === null).map((field) => field.name);
  if (missing.length) throw new RowFault('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  return payload;
}
