import type { RecordChange } from '../data.ts';
import type { OrgCore } from '../dml/work.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import type { EventBus } from './bus.ts';

/** The channel of every selected object. Source: Change Data Capture guide, "Subscription Channels". */
export const ALL_CHANGES = 'ChangeEvents';

/** `AccountChangeEvent`, `Trueup_Invoice__ChangeEvent`. */
export const changeEventName = (object: string): string =>
  object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;

export interface ChangeEvents {
  /** The object a channel below `/data/` tells of; `all` for the channel of all; undefined for what is not selected. */
  objectOf(channel: string): OrgObject | 'all' | undefined;
  /** Call with each committed change. */
  take(change: RecordChange): void;
}

/** Change events of the selected objects, over the bus of platform events: they share its replay ids and its memory. */
export function createChangeEvents(core: OrgCore, bus: EventBus, selected: readonly string[], now: () => number): ChangeEvents {
  const objects = new Map(
    selected.flatMap((name) => {
      const object = core.schema.object(name);
      if (!object || (object.kind !== 'standard' && object.kind !== 'custom')) throw new Error(`"${name}" has no change events.`);
      return [[changeEventName(object.name), object] as const];
    }),
  );
  let transaction: { key: string; sequence: number } | undefined;
  let commitNumber = 0;

  const header = (change: RecordChange, type: string, changedFields: string[], nulledFields: string[]) => {
    if (!transaction) {
      transaction = { key: crypto.randomUUID(), sequence: 0 };
      commitNumber += 1;
      // Changes of one transaction are told in one go.
      queueMicrotask(() => (transaction = undefined));
    }
    transaction.sequence += 1;
    return {
      entityName: change.object,
      recordIds: [change.id],
      changeType: type,
      changeOrigin: '',
      transactionKey: transaction.key,
      sequenceNumber: transaction.sequence,
      commitTimestamp: now(),
      commitNumber,
      commitUser: change.userId,
      nulledFields,
      diffFields: [],
      changedFields,
    };
  };

  return {
    objectOf: (channel) => (channel === ALL_CHANGES ? 'all' : objects.get(channel)),
    take(change) {
      const name = changeEventName(change.object);
      const object = objects.get(name);
      if (!object) return;
      const body = bodyOf(object, change);
      if (change.kind === 'update' && body.changed.length === 0) return;
      const type = { insert: 'CREATE', update: 'UPDATE', delete: 'DELETE' }[change.kind];
      const isUpdate = change.kind === 'update';
      const payload = {
        ChangeEventHeader: header(change, type, isUpdate ? body.changed : [], isUpdate ? body.nulled : []),
        ...(change.kind === 'delete' ? {} : body.values),
      };
      bus.tell(name, payload, now());
    },
  };
}

interface Body {
  values: Record<string, unknown>;
  changed: string[];
  nulled: string[];
}

/** What a CometD subscriber gets: of a new record what is not empty, of a changed one what changed. Never formulas nor roll-ups. */
function bodyOf(object: OrgObject, { kind, before, after }: RecordChange): Body {
  const body: Body = { values: {}, changed: [], nulled: [] };
  for (const field of object.fields.values()) {
    if (isLeftOut(object, field)) continue;
    const value = after?.[field.name] ?? null;
    if (kind === 'insert' ? value === null : value === (before?.[field.name] ?? null)) continue;
    const compound = compoundOf(object, field);
    const name = compound ? `${compound.name}.${compound.part}` : field.name;
    body.changed.push(name);
    if (value === null) body.nulled.push(name);
    if (compound) body.values[compound.name] = { ...(body.values[compound.name] as object | undefined), [compound.part]: value };
    else body.values[field.name] = value;
  }
  return body;
}

/** Source: Change Data Capture guide, "Change Event Fields": no id, no formulas, no roll-ups, not SystemModstamp and IsDeleted. */
const LEFT_OUT = new Set(['Id', 'SystemModstamp', 'IsDeleted', 'LastViewedDate', 'LastReferencedDate']);
const isLeftOut = (object: OrgObject, field: OrgField): boolean =>
  LEFT_OUT.has(field.name) ||
  (field.name === 'Name' && object.fields.has('lastname')) ||
  field.type === 'address' ||
  field.formula !== undefined ||
  field.rollup !== undefined;

const NAME_PARTS = new Set(['Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix']);

/** The compound a component belongs to: `BillingCity` is `BillingAddress.City`, a person's `LastName` is `Name.LastName`. */
function compoundOf(object: OrgObject, field: OrgField): { name: string; part: string } | undefined {
  if (NAME_PARTS.has(field.name)) return { name: 'Name', part: field.name };
  for (const address of object.fields.values()) {
    if (address.type !== 'address') continue;
    const prefix = address.name.replace(/Address$/, '');
    const part = field.name.slice(prefix.length);
    if (field.name.startsWith(prefix) && ADDRESS_PARTS.has(part)) return { name: address.name, part };
  }
  return undefined;
}

const ADDRESS_PARTS = new Set(['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy']);
