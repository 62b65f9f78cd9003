import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { sharingCondition } from '../access/sharing.ts';
import type { Rights } from '../access/rights.ts';
import type { AccessLevel } from '../data.ts';
import { OrgFault, notImplemented } from '../errors.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import { quote } from '../store.ts';
import { LIMIT, groupings, limitSql, orderSql } from './clauses.ts';
import { createResolver } from './columns.ts';
import type { ColumnResolver } from './columns.ts';
import { conditionSql } from './conditions.ts';
import type { SqlPart } from './conditions.ts';
import { isAggregate } from './functions.ts';
import type { FunctionCall } from './functions.ts';
import { noSuchObject, noSuchRelation } from './parse.ts';
import type { ParsedQuery } from './parse.ts';
import type { QueryPlan } from './plan.ts';
import { createSelection, expandFields } from './selection.ts';
import type { Selection } from './selection.ts';

export interface CompileOptions {
  schema: OrgSchema;
  access: AccessLevel;
  rights: Rights;
  includeDeleted: boolean;
  /** True: only the next records by id, as many as the run says. */
  sliced?: boolean;
  isComputed(object: OrgObject, field: OrgField): boolean;
}

const SLICE_LIMIT: SqlPart = { sql: LIMIT, params: [({ slice }) => slice?.size ?? -1] };

/** A parsed statement as one SQL statement with the way to shape its rows. */
export function compileQuery(parsed: ParsedQuery, options: CompileOptions): QueryPlan {
  const { ast } = parsed;
  const object = options.schema.object(ast.sObject ?? '');
  const userMode = ast.withAccessLevel === 'USER_MODE' || ast.withSecurityEnforced === true || options.access === 'user';
  const scoped = {
    ...options,
    access: userMode ? ('user' as const) : ast.withAccessLevel === 'SYSTEM_MODE' ? ('system' as const) : options.access,
  };
  if (!object || object.kind === 'event' || (userMode && !options.rights.object(object).read))
    throw noSuchObject(parsed.text, ast.sObject ?? '');
  return compileBody(parsed, ast, object, 't', scoped, undefined);
}

/** `link` is the field by which the rows of a child subquery belong to their parent. */
function compileBody(
  parsed: ParsedQuery,
  ast: Query | Subquery,
  object: OrgObject,
  alias: string,
  options: CompileOptions,
  link: OrgField | undefined,
): QueryPlan {
  const { text } = parsed;
  const resolver = createResolver({
    schema: options.schema,
    object,
    alias,
    ownName: ast.sObjectAlias,
    text,
    rights: options.access === 'user' ? options.rights : undefined,
    isComputed: options.isComputed,
  });
  const fields = expandFields(ast.fields ?? [], object, options.access === 'user' ? options.rights : undefined, text);
  const countOnly =
    fields.length === 1 &&
    fields[0]?.type === 'FieldFunctionExpression' &&
    fields[0].functionName.toUpperCase() === 'COUNT' &&
    fields[0].parameters.length === 0 &&
    !fields[0].alias &&
    !ast.groupBy;
  const aggregate =
    !countOnly &&
    (ast.groupBy !== undefined || fields.some((field) => field.type === 'FieldFunctionExpression' && isAggregate(field.functionName)));
  const groups = groupings(ast, resolver, text);
  const selection = createSelection({ resolver, object, aggregate, groups: groups.map((one) => one.sql), text });
  const children = countOnly ? [] : selectFields(fields, selection, { parsed, object, options, alias });
  const where = whereSql(ast, resolver, parsed, options, object, alias, link);
  const having = ast.having ? conditionSql(ast.having, conditionOptions(resolver, parsed, options, alias)) : undefined;
  const order = countOnly ? '' : orderSql(ast, resolver, text, aggregate, alias);
  const limit = options.sliced && !link ? SLICE_LIMIT : limitSql(parsed, ast, link !== undefined);
  // Parents add the columns of their ids, so they come before the select list is written.
  const parents = selection.parents();
  const columns = countOnly ? 'COUNT(*)' : selection.sql();
  const sql = [
    `SELECT ${columns} FROM ${quote(object.name)} ${alias}`,
    resolver.joins(),
    `WHERE ${where.sql}`,
    groups.length ? `GROUP BY ${groups.map((one) => one.sql).join(', ')}` : '',
    having ? `HAVING ${having.sql}` : '',
    order,
    limit.sql,
  ]
    .filter(Boolean)
    .join(' ');
  return {
    object,
    sql,
    params: [...where.params, ...(having?.params ?? []), ...limit.params],
    countOnly,
    aggregate,
    columns: selection.columns,
    parents,
    children,
    idIndex: selection.idIndex,
    forUpdate: ast.for === 'UPDATE',
  };
}

interface SelectContext {
  parsed: ParsedQuery;
  object: OrgObject;
  options: CompileOptions;
  alias: string;
}

function selectFields(fields: FieldType[], selection: Selection, context: SelectContext): QueryPlan['children'] {
  const children: QueryPlan['children'] = [];
  for (const field of fields) {
    switch (field.type) {
      case 'Field':
        selection.field('objectPrefix' in field && field.objectPrefix ? `${field.objectPrefix}.${field.field}` : field.field, field.alias);
        break;
      case 'FieldRelationship':
        selection.field([...field.relationships, field.field].join('.'), 'alias' in field ? field.alias : undefined);
        break;
      case 'FieldFunctionExpression':
        selection.call(field as FunctionCall, field.alias);
        break;
      case 'FieldSubquery':
        children.push(childPlan(field.subquery, context, children.length));
        break;
      default:
        throw notImplemented('SOQL TYPEOF');
    }
  }
  return children;
}

function childPlan(subquery: Subquery, { parsed, object, options, alias }: SelectContext, count: number): QueryPlan['children'][number] {
  const wanted = subquery.relationshipName.toLowerCase();
  const relation = options.schema.children(object.name).find((one) => one.name?.toLowerCase() === wanted);
  const child = relation && options.schema.object(relation.childObject);
  const link = child?.fields.get(relation?.field.toLowerCase() ?? '');
  if (!relation?.name || !child || !link || (options.access === 'user' && !options.rights.object(child).read))
    throw noSuchRelation(parsed.text, subquery.relationshipName, subquery.relationshipName);
  return { key: relation.name, plan: compileBody(parsed, subquery, child, `${alias}c${String(count)}`, options, link) };
}

function conditionOptions(resolver: ColumnResolver, parsed: ParsedQuery, options: CompileOptions, alias: string, nested = false) {
  let joins = 0;
  return {
    text: parsed.text,
    resolve: (path: string) => resolver.resolve(path),
    semiJoin: (query: Query): SqlPart => {
      const object = options.schema.object(query.sObject ?? '');
      if (!object || (options.access === 'user' && !options.rights.object(object).read))
        throw noSuchObject(parsed.text, query.sObject ?? '');
      if (nested) throw new OrgFault(400, 'MALFORMED_QUERY', 'Nesting of semi join sub-selects is not supported');
      joins += 1;
      const inner = `${alias}s${String(joins)}`;
      const inside = createResolver({
        schema: options.schema,
        object,
        alias: inner,
        ownName: query.sObjectAlias,
        text: parsed.text,
        rights: options.access === 'user' ? options.rights : undefined,
        isComputed: options.isComputed,
      });
      const [field] = query.fields ?? [];
      if (!field || (field.type !== 'Field' && field.type !== 'FieldRelationship') || (query.fields ?? []).length !== 1)
        throw new OrgFault(400, 'MALFORMED_QUERY', 'The inner select must select a single field');
      const path = field.type === 'FieldRelationship' ? [...field.relationships, field.field].join('.') : field.field;
      const column = inside.resolve(path);
      if (column.field.type !== 'id' && column.field.type !== 'reference')
        throw new OrgFault(400, 'INVALID_FIELD', `The inner select field '${column.field.name}' can not be used in a semi-join`);
      const where = whereSql(query, inside, parsed, options, object, inner, undefined, true);
      return {
        sql: `SELECT ${column.sql} FROM ${quote(object.name)} ${inner} ${inside.joins()} WHERE ${where.sql} AND ${column.sql} IS NOT NULL`,
        params: where.params,
      };
    },
  };
}

function whereSql(
  ast: Query | Subquery,
  resolver: ColumnResolver,
  parsed: ParsedQuery,
  options: CompileOptions,
  object: OrgObject,
  alias: string,
  link: OrgField | undefined,
  nested = false,
): SqlPart {
  const parts: SqlPart[] = [];
  if (link) parts.push({ sql: `${alias}.${quote(link.name)} = ?`, params: [null] });
  if (options.sliced && !link && !nested) parts.push({ sql: `${alias}."Id" > ?`, params: [({ slice }) => slice?.after ?? ''] });
  if (ast.where) {
    const where = conditionSql(ast.where, conditionOptions(resolver, parsed, options, alias, nested));
    parts.push({ sql: `(${where.sql})`, params: where.params });
  }
  if (!options.includeDeleted && object.fields.has('isdeleted')) parts.push({ sql: `${alias}."IsDeleted" = 0`, params: [] });
  if (options.access !== 'system') {
    const shared = sharingCondition(options.schema, object, alias, options.rights, 'read');
    if (shared) parts.push(shared);
  }
  if (ast.usingScope && ast.usingScope.toLowerCase() !== 'everything') throw notImplemented(`SOQL USING SCOPE ${ast.usingScope}`);
  return { sql: parts.map((part) => part.sql).join(' AND ') || '1', params: parts.flatMap((part) => part.params) };
}
