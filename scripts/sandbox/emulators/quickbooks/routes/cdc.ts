import type { Draft, EntityName } from '../entities.ts';
import { entityNamed } from '../entities.ts';
import { faults } from '../errors.ts';
import { tombstone } from '../formatters.ts';
import { seconds } from '../pacific-time.ts';
import { changedSince } from '../query/candidates.ts';
import type { Call, Reply } from './call.ts';

/** Documented as not covered by change data capture. */
const NOT_COVERED: EntityName[] = ['TaxCode', 'TaxRate', 'CompanyInfo', 'Preferences'];
/** Documented: the most objects in one answer. What lies beyond is cut without a word. */
const MOST_OBJECTS = 1000;

/** `GET /cdc?entities=a,b&changedSince=…`: what changed, oldest first, deleted ones as tombstones. A date long past is answered like any other (recorded). */
export function cdcRoute(call: Call): Reply {
  const { entities, changedSince } = call.query;
  if (!entities) throw faults.missing('entities');
  if (!changedSince) throw faults.missing('changedSince');
  const since = Date.parse(changedSince);
  // An unescaped "+" of a time zone arrives as a blank.
  if (Number.isNaN(since) || / /.test(changedSince)) throw faults.invalidDate('changedSince', changedSince);
  let room = MOST_OBJECTS;
  const responses = entities.split(',').map((name): Draft => {
    const entity = entityNamed(name.trim());
    if (!entity || NOT_COVERED.includes(entity)) throw faults.unsupported(`change data capture of ${name.trim()}`);
    const changed = changesOf(call, entity, since, room);
    room -= changed.length;
    return changed.length === 0 ? {} : { [entity]: changed, startPosition: 1, maxResults: changed.length };
  });
  return { body: { CDCResponse: [{ QueryResponse: responses }] } };
}

function changesOf(call: Call, entity: EntityName, since: number, room: number): unknown[] {
  const { books } = call.source;
  const floor = Math.floor(since / 1000) * 1000;
  const live = Array.from(changedSince(books.rows(entity), floor), ({ id, updated }) => ({
    at: updated,
    body: () => call.present(entity, books.get(entity, id)!) as unknown,
  }));
  const gone = books.tombstones
    .where({ entity })
    .filter((row) => row.updated >= floor)
    .map((row) => ({ at: row.updated, body: (): unknown => tombstone(row.entityId, seconds(row.updated)) }));
  return [...live, ...gone]
    .sort((a, b) => a.at - b.at)
    .slice(0, room)
    .map((change) => change.body());
}
