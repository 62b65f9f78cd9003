import type { OrgObject, OrgSchema } from '../schema/model.ts';
import { quote } from '../store.ts';
import type { RecordStore } from '../store.ts';
import type { RecordAccess } from '../data.ts';
import type { Rights, RightsBook } from './rights.ts';

export type AccessKind = 'read' | 'edit' | 'delete';

/** Stands in a parameter list for the acting user's id, so that plans can be shared between users. */
export const ACTING_USER = Symbol('acting user');

/** A SQL condition on `alias`, and its parameters in order. Undefined: no restriction. */
export interface SharingCondition {
  sql: string;
  params: (typeof ACTING_USER)[];
}

const NEVER: SharingCondition = { sql: '0', params: [] };

/**
 * Which rows of an object a user reaches: owner, shares, org-wide default, controlled by parent, View All and Modify All.
 * Left out, and said in the README: role hierarchy, criteria-based rules, teams, groups.
 */
export function sharingCondition(
  schema: OrgSchema,
  object: OrgObject,
  alias: string,
  rights: Rights,
  kind: AccessKind,
): SharingCondition | undefined {
  const right = rights.object(object);
  if (right.modifyAll || (kind === 'read' && right.viewAll)) return undefined;
  const hasOwner = object.fields.has('ownerid');
  if (object.sharingModel === 'ControlledByParent' && object.sharingParent)
    return fromParent(schema, object, alias, rights, kind, hasOwner);
  if (!hasOwner) return undefined;
  if (kind === 'read' && object.sharingModel !== 'Private') return undefined;
  if (kind === 'edit' && object.sharingModel === 'ReadWrite') return undefined;
  const owner = { sql: `${alias}."OwnerId" = ?`, params: [ACTING_USER] } as SharingCondition;
  if (kind === 'delete') return owner;
  return either([owner, shared(schema, object, alias, kind), kind === 'read' ? impliedByOpportunity(schema, object, alias) : undefined]);
}

function either(conditions: (SharingCondition | undefined)[]): SharingCondition {
  const present = conditions.filter((one) => one !== undefined);
  return { sql: `(${present.map((one) => one.sql).join(' OR ')})`, params: present.flatMap((one) => one.params) };
}

function shared(schema: OrgSchema, object: OrgObject, alias: string, kind: AccessKind): SharingCondition | undefined {
  const custom = object.kind === 'custom';
  const share = schema.object(custom ? object.name.replace(/__c$/, '__Share') : `${object.name}Share`);
  if (!share) return undefined;
  const parent = quote(custom ? 'ParentId' : `${object.name}Id`);
  const level = kind === 'edit' ? ` AND s.${quote(custom ? 'AccessLevel' : `${object.name}AccessLevel`)} IN ('Edit', 'All')` : '';
  return {
    sql: `EXISTS (SELECT 1 FROM ${quote(share.name)} s WHERE s.${parent} = ${alias}."Id" AND s."UserOrGroupId" = ? AND s."IsDeleted" = 0${level})`,
    params: [ACTING_USER],
  };
}

/** Owning a deal lets a user read its account. Source: help.salesforce.com, "Built-in sharing behavior". */
function impliedByOpportunity(schema: OrgSchema, object: OrgObject, alias: string): SharingCondition | undefined {
  if (object.name !== 'Account' || !schema.object('Opportunity')) return undefined;
  return {
    sql: `EXISTS (SELECT 1 FROM "Opportunity" d WHERE d."AccountId" = ${alias}."Id" AND d."OwnerId" = ? AND d."IsDeleted" = 0)`,
    params: [ACTING_USER],
  };
}

function fromParent(
  schema: OrgSchema,
  object: OrgObject,
  alias: string,
  rights: Rights,
  kind: AccessKind,
  hasOwner: boolean,
): SharingCondition | undefined {
  const field = schema.field(object.name, object.sharingParent ?? '');
  const parent = schema.object(field?.referenceTo?.[0] ?? '');
  if (!field || !parent) return hasOwner ? { sql: `${alias}."OwnerId" = ?`, params: [ACTING_USER] } : NEVER;
  const inner = `${alias}p`;
  const condition = sharingCondition(schema, parent, inner, rights, kind === 'delete' ? 'edit' : kind);
  if (!condition) return undefined;
  const reached: SharingCondition = {
    sql: `EXISTS (SELECT 1 FROM ${quote(parent.name)} ${inner} WHERE ${inner}."Id" = ${alias}.${quote(field.name)} AND ${condition.sql})`,
    params: condition.params,
  };
  if (!hasOwner || field.masterDetail) return reached;
  return either([reached, { sql: `(${alias}.${quote(field.name)} IS NULL AND ${alias}."OwnerId" = ?)`, params: [ACTING_USER] }]);
}

/** Object rights and sharing of one user on one record. */
export function mayAccess(
  schema: OrgSchema,
  store: RecordStore,
  book: RightsBook,
  userId: string,
  object: OrgObject,
  id: string,
  kind: AccessKind,
): boolean {
  const rights = book.of(userId);
  if (!rights.object(object)[kind]) return false;
  return reaches(schema, store, rights, userId, object, id, kind);
}

/** Sharing alone. */
export function reaches(
  schema: OrgSchema,
  store: RecordStore,
  rights: Rights,
  userId: string,
  object: OrgObject,
  id: string,
  kind: AccessKind,
): boolean {
  let known = REACH.get(rights);
  if (!known) REACH.set(rights, (known = new Map()));
  const kinds = known.get(object) ?? {};
  known.set(object, kinds);
  const { sql, users } = (kinds[kind] ??= reachSql(schema, object, rights, kind));
  return store.prepare(sql).get(id, ...Array.from({ length: users }, () => userId)) !== undefined;
}

/** Rights do not change once they are made, so neither do the statements that ask for them. */
const REACH = new WeakMap<Rights, Map<OrgObject, Partial<Record<AccessKind, { sql: string; users: number }>>>>();

function reachSql(schema: OrgSchema, object: OrgObject, rights: Rights, kind: AccessKind): { sql: string; users: number } {
  const condition = sharingCondition(schema, object, 't', rights, kind);
  return {
    sql: `SELECT 1 FROM ${quote(object.name)} t WHERE t."Id" = ?${condition ? ` AND ${condition.sql}` : ''}`,
    users: condition?.params.length ?? 0,
  };
}

/** The rows of UserRecordAccess for some records. Unknown ids give no access. */
export function recordAccess(schema: OrgSchema, store: RecordStore, book: RightsBook, userId: string, ids: string[]): RecordAccess[] {
  return ids.map((id) => {
    const object = schema.byKeyPrefix(id.slice(0, 3));
    const live = object && object.kind !== 'event' ? store.get(object, id)?.['IsDeleted'] === 0 : false;
    const may = (kind: AccessKind): boolean => Boolean(live && object && mayAccess(schema, store, book, userId, object, id, kind));
    return { RecordId: id, HasReadAccess: may('read'), HasEditAccess: may('edit'), HasDeleteAccess: may('delete') };
  });
}
