import type { FieldType } from '@jetstreamapp/soql-parser-js';
import type { Rights } from '../access/rights.ts';
import { OrgFault } from '../errors.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';
import { quote } from '../store.ts';
import type { ColumnResolver } from './columns.ts';
import { functionSql, isAggregate } from './functions.ts';
import type { FunctionCall } from './functions.ts';
import { located } from './parse.ts';
import type { PlanColumn, PlanParent } from './plan.ts';

export interface SelectionOptions {
  resolver: ColumnResolver;
  object: OrgObject;
  aggregate: boolean;
  /** SQL of the groupings; a plain field of an aggregate query must be one of them. */
  groups: string[];
  text: string;
}

/** The select list of one query level. */
export interface Selection {
  columns: PlanColumn[];
  idIndex: number;
  field(path: string, alias?: string): void;
  call(call: FunctionCall, alias?: string): void;
  parents(): PlanParent[];
  sql(): string;
}

const ADDRESS_KEYS: Record<string, string> = {
  City: 'city',
  Country: 'country',
  GeocodeAccuracy: 'geocodeAccuracy',
  Latitude: 'latitude',
  Longitude: 'longitude',
  PostalCode: 'postalCode',
  State: 'state',
  Street: 'street',
};

export function createSelection({ resolver, object, aggregate, groups, text }: SelectionOptions): Selection {
  const expressions: string[] = [];
  const columns: PlanColumn[] = [];
  const add = (sql: string): number => expressions.push(sql) - 1;
  const idIndex = !aggregate && object.fields.has('id') ? add(`${resolver.alias}."Id"`) : -1;
  let unnamed = 0;

  const address = (path: string[], field: OrgField, holder: OrgObject, alias: string): void => {
    const prefix = field.name.replace(/Address$/, '');
    const parts = Object.fromEntries(
      Object.entries(ADDRESS_KEYS)
        .filter(([name]) => holder.fields.has((prefix + name).toLowerCase()))
        .map(([name, key]) => [key, add(`${alias}.${quote(prefix + name)}`)]),
    );
    columns.push({ path, index: -1, field, parts });
  };

  return {
    columns,
    idIndex,
    field: (written, as) => {
      const { path, field, sql, alias, object: holder } = resolver.resolve(written);
      if (!aggregate && as) throw new OrgFault(400, 'MALFORMED_QUERY', `only aggregate expressions use field aliasing`);
      if (aggregate && !groups.includes(sql))
        throw new OrgFault(400, 'MALFORMED_QUERY', located(text, written, `Field must be grouped or aggregated: ${field.name}`));
      if (columns.some((column) => column.path.join('.') === path.join('.')))
        throw new OrgFault(400, 'INVALID_FIELD', `duplicate field selected: ${path.at(-1) ?? ''}`);
      if (field.type === 'address') address(path, field, holder, alias);
      else columns.push({ path: aggregate ? [as ?? field.name] : path, index: add(sql), field });
    },
    call: (call, as) => {
      const { sql, field, source } = functionSql(call, (path) => resolver.resolve(path), text);
      const name = (call.functionName ?? '').toUpperCase();
      if (aggregate && !isAggregate(name) && !groups.includes(sql))
        throw new OrgFault(400, 'MALFORMED_QUERY', `Field must be grouped or aggregated: ${source?.field.name ?? ''}`);
      const key = as ?? (name === 'TOLABEL' ? (source?.field.name ?? 'expr0') : `expr${String(unnamed++)}`);
      const labels = name === 'TOLABEL' ? source?.field.picklist : undefined;
      columns.push({
        path: [key],
        index: add(sql),
        field,
        ...(labels ? { convert: (value) => labels.find((one) => one.value === value)?.label ?? value } : {}),
      });
    },
    parents: () => {
      if (aggregate) return [];
      const used = columns.map((column) => column.path.slice(0, -1).join('.'));
      return resolver
        .parents()
        .filter((parent) => used.some((path) => path === parent.path.join('.') || path.startsWith(`${parent.path.join('.')}.`)))
        .map((parent) => ({ path: parent.path, object: parent.object, idIndex: add(`${parent.alias}."Id"`) }));
    },
    sql: () => expressions.join(', ') || '1',
  };
}

const MOST_FIELDS_ROWS = 200;

/** FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) as the fields they stand for. */
export function expandFields(fields: FieldType[], object: OrgObject, rights: Rights | undefined, text: string): FieldType[] {
  return fields.flatMap((field) => {
    if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') return [field];
    const which = String(field.parameters[0] ?? '').toUpperCase();
    const limit = Number(/\bLIMIT\s+(\d+)/i.exec(text)?.[1] ?? Infinity);
    if (which !== 'STANDARD' && limit > MOST_FIELDS_ROWS)
      throw new OrgFault(400, 'MALFORMED_QUERY', `The SOQL FIELDS function must have a LIMIT of at most ${String(MOST_FIELDS_ROWS)}`);
    return [...object.fields.values()]
      .filter((one) => which === 'ALL' || (which === 'CUSTOM') === one.custom)
      .filter((one) => !rights || rights.readField(object, one))
      .map((one): FieldType => ({ type: 'Field', field: one.name }));
  });
}
