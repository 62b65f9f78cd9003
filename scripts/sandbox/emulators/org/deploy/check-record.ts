import type { MetadataComponent } from '../data.ts';
import { coerce } from '../dml/coerce.ts';
import type { OrgCore } from '../dml/work.ts';
import { RowFault } from '../errors.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import type { StoredRow } from '../store.ts';

/** Letters, digits and single underscores, begun by a letter and not ended by an underscore, as every developer name. */
const NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const LONGEST_NAME = 40;

/** Why a component cannot be deployed, in the org's words. */
export class ComponentProblem extends Error {}

/** `Type.Record` or `Type__mdt.Record`: both are written in Salesforce's own guides. */
export function targetOf(core: OrgCore, { fullName }: MetadataComponent): { object: OrgObject; name: string } {
  const [type = '', name = '', ...rest] = fullName.split('.');
  const object = core.schema.object(/__mdt$/i.test(type) ? type : `${type}__mdt`);
  if (object?.kind !== 'metadata' || name === '' || rest.length > 0)
    throw new ComponentProblem(`${fullName}: there is no custom metadata type for this full name`);
  if (!NAME.test(name) || name.length > LONGEST_NAME)
    throw new ComponentProblem(
      `Custom Metadata Record Name: The Custom Metadata Record Name field can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.: ${name}`,
    );
  return { object, name };
}

/** The columns a component sets. Fields it leaves out are not among them. */
export function columnsOf(core: OrgCore, object: OrgObject, component: MetadataComponent, isNew: boolean): StoredRow {
  const columns: StoredRow = {};
  if (component.label !== null) Object.assign(columns, labelled(object, component.label));
  else if (isNew) throw new ComponentProblem('Required fields are missing: [Label]');
  for (const { field: name, value } of component.values) {
    const field = object.fields.get(name.toLowerCase());
    if (!field?.custom) throw new ComponentProblem(`Unable to find custom field ${name} on ${object.name}`);
    columns[field.name] = stored(core, object, field, value);
  }
  return columns;
}

function labelled(object: OrgObject, label: string): StoredRow {
  const field = object.fields.get('masterlabel');
  if (field?.length && [...label].length > field.length)
    throw new ComponentProblem(`${field.label}: data value too large: ${label} (max length=${String(field.length)})`);
  return { MasterLabel: label, Label: label };
}

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

/** A value is of its field's own type: nothing is converted. */
function stored(core: OrgCore, object: OrgObject, field: OrgField, value: unknown): string | number | null {
  const wanted = field.type === 'boolean' ? 'boolean' : NUMBERS.has(field.type) ? 'number' : 'string';
  if (value === null && field.type === 'boolean') return 0;
  if (value !== null && typeof value !== wanted)
    throw new ComponentProblem(`${field.label}: value not of required type: ${String(value as string)}`);
  try {
    return coerce(core.schema, object, field, value, core.timeZone);
  } catch (error) {
    if (error instanceof RowFault) throw new ComponentProblem(error.message);
    throw error;
  }
}

/** Fields that must have a value, once the row is whole. */
export function requireFields(object: OrgObject, row: StoredRow): void {
  const missing = [...object.fields.values()]
    .filter((field) => field.custom && !field.nillable && field.type !== 'boolean' && (row[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length > 0) throw new ComponentProblem(`Required fields are missing: [${missing.join(', ')}]`);
}
