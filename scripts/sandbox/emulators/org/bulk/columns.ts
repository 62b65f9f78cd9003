import type { Rights } from '../access/rights.ts';
import { RowFault } from '../errors.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import { isDay } from '../soql/dates.ts';

/** Puts one value of a CSV row into the record it makes. */
export type BulkColumn = (record: Record<string, unknown>, text: string) => void;

/** A header row that cannot be used fails the whole job. */
export class HeaderProblem extends Error {
  override name = 'HeaderProblem';
}

/** What sets a field to nothing; an empty value leaves it alone. Source: Bulk API 2.0 guide, "Prepare CSV Files". */
const NOTHING = '#N/A';

/** The columns of an upload by its header row: fields, or `Relationship.Key` for a record known by an external id. */
export function bulkColumns(schema: OrgSchema, rights: Rights, object: OrgObject, operation: string, header: string[]): BulkColumn[] {
  const onlyIds = operation === 'delete' || operation === 'hardDelete';
  if (onlyIds && (header.length !== 1 || header[0]?.toLowerCase() !== 'id'))
    throw new HeaderProblem('InvalidBatch : delete batch must contain only ids');
  const seen = new Set<string>();
  return header.map((name) => {
    const key = name.toLowerCase();
    // [assumed] text; the guide says that a column may be given once.
    if (seen.has(key)) throw new HeaderProblem(`InvalidBatch : Duplicate field name found : ${name}`);
    seen.add(key);
    const field = object.fields.get(key);
    if (field && !field.internal && field.type !== 'address' && (field.type === 'id' || rights.readField(object, field)))
      return fieldColumn(field, operation);
    return relationColumn(schema, rights, object, name);
  });
}

const unknownField = (name: string): HeaderProblem => new HeaderProblem(`InvalidBatch : Field name not found : ${name}`);

function fieldColumn(field: OrgField, operation: string): BulkColumn {
  if (field.type === 'id')
    return (record, text) => {
      if (text === '') return;
      if (operation === 'insert') throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
      record['Id'] = text;
    };
  return (record, text) => {
    if (text === '') return;
    record[field.name] = text === NOTHING ? null : readValue(field, text);
  };
}

function relationColumn(schema: OrgSchema, rights: Rights, object: OrgObject, name: string): BulkColumn {
  const [path = '', keyName = '', ...more] = name.split('.');
  const [typeOrRelation = '', relation] = path.split(':');
  const link = schema.relationship(object.name, relation ?? typeOrRelation);
  const targets = link?.referenceTo ?? [];
  const target = schema.object(relation === undefined ? (targets[0] ?? '') : typeOrRelation);
  const key = target?.fields.get(keyName.toLowerCase());
  if (!link?.relationshipName || more.length || !target || !key || !targets.includes(target.name) || !rights.readField(object, link))
    throw unknownField(name);
  if (relation !== undefined && targets.length < 2)
    throw new HeaderProblem('InvalidBatch : type is not needed for non polymorphic foreign key');
  const relationship = link.relationshipName;
  return (record, text) => {
    if (text !== '') record[relationship] = text === NOTHING ? null : { [key.name]: text };
  };
}

/** Source of what counts as true and false: Bulk API guide, "Valid Date Format in Records" and boolean values. */
const TRUE = new Set(['true', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'no', 'n', 'off', '0']);

/** Text of a CSV file as the value that the field's type wants. */
function readValue(field: OrgField, text: string): unknown {
  const wrong = (): RowFault =>
    new RowFault('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${text}`, [field.name]);
  switch (field.type) {
    case 'boolean': {
      const word = text.toLowerCase();
      if (!TRUE.has(word) && !FALSE.has(word)) throw wrong();
      return TRUE.has(word);
    }
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw wrong();
      return Number(text);
    case 'date': {
      const day = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:?\d{2}|T.*)?$/.exec(text)?.[1];
      if (day === undefined || !isDay(day)) throw wrong();
      return day;
    }
    case 'datetime':
      if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')))) throw wrong();
      return text;
    default:
      return text;
  }
}
