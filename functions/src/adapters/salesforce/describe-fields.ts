import type { Described } from '../../domain/map-fields/described.ts';
import { INVOICE, LINE } from '../../domain/map-fields/mapping.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import { createRecent } from '../../platform/recent.ts';
import type { RequiredField } from '../../ports/mappings.ts';
import type { SalesforceClient } from './client.ts';
import { INTENT_FIELDS } from './write.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
interface FieldDescribe {
  name: string;
  label: string;
  type: string;
  length: number;
  nillable: boolean;
  createable: boolean;
  defaultedOnCreate: boolean;
  relationshipName: string | null;
  referenceTo: string[];
  picklistValues: { value: string; active: boolean }[];
}

const TIME_TO_LIVE_MS = 60_000;

const TYPES: Record<string, Described['type']> = {
  boolean: 'boolean',
  date: 'date',
  datetime: 'date-time',
  double: 'number',
  int: 'number',
  long: 'number',
  currency: 'number',
  percent: 'number',
  picklist: 'picklist',
  address: 'other',
  location: 'other',
  base64: 'other',
};

/** What the org says of its fields, as far as the integration user may see them; each object is asked for once a minute. */
export function createDescribes(client: SalesforceClient) {
  const kept = createRecent<FieldDescribe[]>();

  /** An object that cannot be seen has no fields. */
  const fieldsOf = async (object: string): Promise<Outcome<FieldDescribe[]>> => {
    const known = kept.read(object, TIME_TO_LIVE_MS);
    if (known) return done(known);
    const answer = await client.get<{ fields: FieldDescribe[] }>('describe', `/sobjects/${object}/describe`);
    if (answer.outcome === 'rejected') return done([]);
    return mapOutcome(answer, ({ fields }) => {
      kept.keep(object, fields);
      return fields;
    });
  };

  return {
    async describe(object: string, path: string): Promise<Outcome<Described>> {
      const names = path.split('.');
      const last = names.pop() ?? '';
      let at = object;
      for (const name of names) {
        const fields = await fieldsOf(at);
        if (fields.outcome !== 'done') return fields;
        const relation = fields.value.find((each) => each.relationshipName?.toLowerCase() === name.toLowerCase());
        if (!relation) return done(missing(object, path));
        // An owner can be a user or a queue: what both have is described with users.
        at = relation.referenceTo.includes('User') ? 'User' : (relation.referenceTo[0] ?? '');
      }
      const fields = await fieldsOf(at);
      return mapOutcome(fields, (all) => {
        const field = all.find((each) => each.name.toLowerCase() === last.toLowerCase());
        return field ? describedAs(object, path, field) : missing(object, path);
      });
    },

    /** Invoices and their lines could not be written without them. */
    async foreignRequired(): Promise<Outcome<RequiredField[]>> {
      const found: RequiredField[] = [];
      for (const object of [INVOICE, LINE] as const) {
        const fields = await fieldsOf(object);
        if (fields.outcome !== 'done') return fields;
        const ours = INTENT_FIELDS[object];
        found.push(
          ...fields.value
            .filter((each) => isDemanded(each) && !ours.has(each.name))
            .map(({ name, label }) => ({ object, field: name, label })),
        );
      }
      return done(found);
    },
  };
}

/** Checkboxes always have a value. */
const isDemanded = ({ nillable, createable, defaultedOnCreate, type }: FieldDescribe): boolean =>
  !nillable && createable && !defaultedOnCreate && type !== 'boolean';

const missing = (object: string, field: string): Described => ({ object, field, found: false, type: 'other', length: null, options: [] });

function describedAs(object: string, path: string, { type, length, picklistValues }: FieldDescribe): Described {
  const known = TYPES[type] ?? 'text';
  return {
    object,
    field: path,
    found: known !== 'other',
    type: known,
    length: known === 'text' && length > 0 ? length : null,
    options: known === 'picklist' ? picklistValues.filter(({ active }) => active).map(({ value }) => value) : [],
  };
}
