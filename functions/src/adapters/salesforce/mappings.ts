import type { Described } from '../../domain/map-fields/described.ts';
import type { FieldMapping } from '../../domain/map-fields/mapping.ts';
import { NOTHING_READ, type ReadValues } from '../../domain/map-fields/source-values.ts';
import type { Place } from '../../domain/map-fields/source-path.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import { createRecent } from '../../platform/recent.ts';
import type { Mappings } from '../../ports/mappings.ts';
import type { SalesforceClient } from './client.ts';
import { createDescribes } from './describe-fields.ts';
import { linkedItemsQuery, MAPPINGS_QUERY, toFieldMapping, toLinkedItem } from './read-mapping.ts';
import { takeValues, valueQueries } from './read-values.ts';

/** How long the mappings are believed: a click costs no call for them. */
const TIME_TO_LIVE_MS = 60_000;

/** Salesforce behind the mappings port. */
export function createMappings(client: SalesforceClient, companyKey: string): Mappings {
  const kept = createRecent<FieldMapping[]>();
  const values = createRecent<ReadValues>();
  const describes = createDescribes(client);
  let asking: Promise<Outcome<FieldMapping[]>> | undefined;

  const ask = async (): Promise<Outcome<FieldMapping[]>> => {
    const answer = await client.queries('read-mappings', { mappings: MAPPINGS_QUERY });
    return mapOutcome(answer, ({ mappings }) => {
      const read = mappings.map(toFieldMapping);
      kept.keep('all', read);
      return read;
    });
  };
  const describe = async (places: readonly Place[]): Promise<Outcome<Described[]>> => {
    const found: Described[] = [];
    for (const { object, field } of places) {
      const one = await describes.describe(object, field);
      if (one.outcome !== 'done') return one;
      found.push(one.value);
    }
    return done(found);
  };

  return {
    async readMappings(fresh = false) {
      const known = fresh ? undefined : kept.read('all', TIME_TO_LIVE_MS);
      if (known) return done(known);
      asking ??= ask().finally(() => (asking = undefined));
      return asking;
    },

    async readValues(wanted, believeMs = 0) {
      if (wanted.places.length === 0) return done(NOTHING_READ);
      const asked = JSON.stringify(wanted);
      const known = values.read(asked, believeMs);
      if (known) return done(known);
      let unreadable: Described[] = [];
      let answer = await client.queries('read-mapped-values', valueQueries(wanted));
      if (answer.outcome === 'rejected' && answer.problem.provider?.code === 'INVALID_FIELD') {
        // A renamed field, or one the integration user may not see: the others are read without it.
        const described = await describe(wanted.places);
        if (described.outcome !== 'done') return described;
        unreadable = described.value.filter((each) => !each.found);
        if (unreadable.length === 0) return answer;
        const isThere = ({ object, field }: Place) => !unreadable.some((each) => each.object === object && each.field === field);
        answer = await client.queries('read-mapped-values', valueQueries({ ...wanted, places: wanted.places.filter(isThere) }));
      }
      return mapOutcome(answer, (rows) => {
        const read = takeValues(wanted, rows, unreadable);
        values.keep(asked, read);
        return read;
      });
    },

    describe,
    listForeignRequiredFields: () => describes.foreignRequired(),

    async listLinkedItems() {
      const answer = await client.queries('list-linked-items', { items: linkedItemsQuery(companyKey) });
      return mapOutcome(answer, ({ items }) => items.map(toLinkedItem));
    },
  };
}
