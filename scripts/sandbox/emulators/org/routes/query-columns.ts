import type { FieldType } from '@jetstreamapp/soql-parser-js';
import type { OrgField, OrgObject } from '../schema/model.ts';
import type { PlanColumn, QueryPlan } from '../soql/plan.ts';

/** One column of a query as `columns=true` tells it. */
interface ColumnMetadata {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

const APEX_TYPES: Partial<Record<OrgField['type'], string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};
const NUMBERS = new Set<OrgField['type']>(['int', 'double', 'currency', 'percent']);

/** What `GET /query?columns=true` answers instead of records; `sf data query` asks for it. Shape: typed by public clients. */
export function queryColumns(plan: QueryPlan, fields: FieldType[]): Record<string, unknown> {
  return {
    columnMetadata: columnsOf(plan, fields),
    entityName: plan.object.name,
    groupBy: plan.aggregate,
    idSelected: plan.columns.some((column) => column.path.join('.') === 'Id'),
    keyPrefix: plan.object.keyPrefix,
  };
}

function columnsOf(plan: QueryPlan, fields: FieldType[]): ColumnMetadata[] {
  if (plan.countOnly) return [];
  const functions = fields.filter((field) => field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() !== 'FIELDS');
  const roots: ColumnMetadata[] = [];
  for (const column of plan.columns) {
    const name = column.path[0] ?? '';
    const call = functions[0];
    const isCall = call && (('alias' in call && call.alias === name) || /^expr\d+$/.test(name));
    if (isCall) functions.shift();
    const written = isCall && 'rawValue' in call ? String(call.rawValue) : undefined;
    place(roots, column, column.path, plan.object, written);
  }
  const subqueries = fields.flatMap((field) => (field.type === 'FieldSubquery' ? [field.subquery.fields ?? []] : []));
  for (const [index, { key, plan: child }] of plan.children.entries())
    roots.push({ ...branch(key, true), joinColumns: columnsOf(child, subqueries[index] ?? []) });
  return roots;
}

/** A parent's columns are joined below the relationship's own. */
function place(list: ColumnMetadata[], column: PlanColumn, path: string[], object: OrgObject, call: string | undefined): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return void list.push(leaf(name, column.field, call));
  let parent = list.find((one) => one.columnName === name);
  if (!parent) {
    const link = [...object.fields.values()].find((field) => field.relationshipName === name);
    list.push((parent = { ...branch(name, false), foreignKeyName: link?.name ?? null }));
  }
  place(parent.joinColumns, column, rest, object, call);
}

const branch = (name: string, aggregate: boolean): ColumnMetadata => ({
  aggregate,
  apexType: null,
  booleanType: false,
  columnName: name,
  custom: name.endsWith('__r'),
  displayName: name,
  foreignKeyName: null,
  insertable: false,
  joinColumns: [],
  numberType: false,
  textType: false,
  updatable: false,
});

function leaf(name: string, field: OrgField | undefined, call: string | undefined): ColumnMetadata {
  const type = field?.type;
  const number = type !== undefined && NUMBERS.has(type);
  return {
    ...branch(name, call !== undefined),
    apexType: (type && APEX_TYPES[type]) ?? 'String',
    booleanType: type === 'boolean',
    custom: call === undefined && (field?.custom ?? false),
    displayName: call ?? name,
    insertable: call === undefined && (field?.createable ?? false),
    numberType: number,
    textType: !number && (type === undefined || APEX_TYPES[type] === undefined),
    updatable: call === undefined && (field?.updateable ?? false),
  };
}
