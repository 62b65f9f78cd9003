import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import type { Rights } from '../access/rights.ts';
import { quote } from '../store.ts';
import { noSuchColumn, noSuchRelation } from './parse.ts';

/** A field found from the root of a query, and the SQL that reads it. */
export interface ResolvedField {
  object: OrgObject;
  field: OrgField;
  alias: string;
  sql: string;
  /** Canonical relationship names, then the field's name. */
  path: string[];
}

/** Finds fields by path, joining parents as they are needed. */
export interface ColumnResolver {
  readonly alias: string;
  joins(): string;
  resolve(path: string): ResolvedField;
  /** Parent objects that were joined, by canonical path joined with dots. */
  parents(): { path: string[]; object: OrgObject; alias: string }[];
}

export interface ResolverOptions {
  schema: OrgSchema;
  object: OrgObject;
  alias: string;
  /** The query's own alias for its object, if it gave one. */
  ownName?: string | undefined;
  text: string;
  /** Absent: no field-level security. */
  rights?: Rights | undefined;
  isComputed(object: OrgObject, field: OrgField): boolean;
}

export function createResolver(options: ResolverOptions): ColumnResolver {
  const { schema, object, alias, text } = options;
  const joined = new Map<string, { path: string[]; object: OrgObject; alias: string }>();
  const clauses: string[] = [];

  const join = (
    from: { path: string[]; object: OrgObject; alias: string },
    name: string,
    token: string,
  ): { path: string[]; object: OrgObject; alias: string } => {
    const link = schema.relationship(from.object.name, name);
    const target = link?.referenceTo?.[0] ? schema.object(link.referenceTo[0]) : undefined;
    if (!link || !target || (options.rights && !options.rights.readField(from.object, link))) throw noSuchRelation(text, token, name);
    const path = [...from.path, link.relationshipName ?? name];
    const key = path.join('.');
    let known = joined.get(key);
    if (!known) {
      known = { path, object: target, alias: `${alias}j${String(joined.size)}` };
      joined.set(key, known);
      clauses.push(`LEFT JOIN ${quote(target.name)} ${known.alias} ON ${known.alias}."Id" = ${from.alias}.${quote(link.name)}`);
    }
    return known;
  };

  return {
    alias,
    joins: () => clauses.join(' '),
    parents: () => [...joined.values()],
    resolve: (written) => {
      const names = written.split('.');
      const first = names[0]?.toLowerCase();
      // The path may start with the object's own name or alias.
      if (
        names.length > 1 &&
        (first === options.ownName?.toLowerCase() ||
          (first === object.name.toLowerCase() && !schema.relationship(object.name, names[0] ?? '')))
      )
        names.shift();
      const last = names.pop() ?? '';
      let place: { path: string[]; object: OrgObject; alias: string } = { path: [], object, alias };
      for (const name of names) place = join(place, name, written);
      const field = place.object.fields.get(last.toLowerCase());
      if (!field || field.internal || (options.rights && !options.rights.readField(place.object, field)))
        throw noSuchColumn(text, written, last, place.object.name);
      const sql = options.isComputed(place.object, field)
        ? `formula('${place.object.name}', '${field.name}', ${place.alias}."Id")`
        : `${place.alias}.${quote(field.name)}`;
      return { object: place.object, field, alias: place.alias, sql, path: [...place.path, field.name] };
    },
  };
}
