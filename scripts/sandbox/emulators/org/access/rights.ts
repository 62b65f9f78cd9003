import type { OrgField, OrgObject, OrgSchema, PermissionGrant } from '../schema/model.ts';
import type { RecordStore } from '../store.ts';
import { governingField, isPermissionable } from './permissionable.ts';
import { ALL_RIGHTS, FOLLOWS, NO_RIGHT, PROFILES, SYSTEM_OBJECTS } from './profiles.ts';
import type { ObjectRight } from './profiles.ts';

/** What one user may do. Shared by all users with the same profile and permission sets. */
export interface Rights {
  /** Equal for equal sets of grants: part of the key of cached query plans. */
  signature: string;
  administrator: boolean;
  object(object: OrgObject): ObjectRight;
  readField(object: OrgObject, field: OrgField): boolean;
  editField(object: OrgObject, field: OrgField): boolean;
  customPermissions: Set<string>;
  userPermissions: Set<string>;
  grants: PermissionGrant[];
}

export interface RightsBook {
  of(userId: string): Rights;
  /** Call after users, permission sets or their assignments change. */
  forget(): void;
}

/** Finds rights by profile and permission-set assignments. */
export function createRightsBook(schema: OrgSchema, store: RecordStore): RightsBook {
  const byUser = new Map<string, Rights>();
  const bySignature = new Map<string, Rights>();
  const sets = new Map(schema.permissionSets().map((grant) => [grant.name, grant]));
  return {
    of: (userId) => {
      const known = byUser.get(userId);
      if (known) return known;
      const profile = store
        .prepare('SELECT p."Name" AS name FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?')
        .get(userId)?.['name'];
      const assigned = store
        .prepare(
          'SELECT s."Name" AS name FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ? AND a."IsDeleted" = 0 ORDER BY s."Name"',
        )
        .all(userId);
      const names = assigned.map((row) => String(row['name']));
      const signature = [String(profile ?? ''), ...names].join('+');
      let rights = bySignature.get(signature);
      if (!rights)
        bySignature.set(
          signature,
          (rights = createRights(
            signature,
            String(profile ?? ''),
            names.flatMap((name) => sets.get(name) ?? []),
          )),
        );
      byUser.set(userId, rights);
      return rights;
    },
    forget: () => byUser.clear(),
  };
}

function createRights(signature: string, profileName: string, grants: PermissionGrant[]): Rights {
  const profile = PROFILES.find((one) => one.name === profileName);
  const administrator = profile?.administrator ?? false;
  const userPermissions = new Set([...(profile?.userPermissions ?? []), ...grants.flatMap((grant) => [...grant.userPermissions])]);
  const objects = new Map<OrgObject, ObjectRight>();
  const fields = new Map<OrgObject, Map<OrgField, { read: boolean; edit: boolean }>>();

  const objectRight = (object: OrgObject): ObjectRight => {
    let right = objects.get(object);
    if (!right)
      objects.set(object, (right = administrator ? ALL_RIGHTS : mergeObject(object, profile?.objects ?? {}, grants, userPermissions)));
    return right;
  };
  const fieldRight = (object: OrgObject, field: OrgField): { read: boolean; edit: boolean } => {
    let known = fields.get(object);
    if (!known) fields.set(object, (known = new Map()));
    let right = known.get(field);
    if (right) return right;
    const governed = governingField(object, field);
    if (administrator || !isPermissionable(object, governed)) right = { read: objectRight(object).read, edit: true };
    // The standard profiles give every standard field of the objects they give.
    else if (!field.custom && profile?.objects[followed(object)]?.read)
      right = { read: true, edit: profile.objects[followed(object)]?.edit ?? false };
    else {
      const named = `${object.name}.${governed.name}`.toLowerCase();
      const given = grants.map((grant) => grant.fields.get(named));
      right = { read: given.some((one) => one?.read || one?.edit), edit: given.some((one) => one?.edit) };
    }
    known.set(field, right);
    return right;
  };

  return {
    signature,
    administrator,
    object: objectRight,
    readField: (object, field) => objectRight(object).read && fieldRight(object, field).read,
    editField: (object, field) => fieldRight(object, field).edit,
    customPermissions: new Set(grants.flatMap((grant) => [...grant.customPermissions])),
    userPermissions,
    grants,
  };
}

const followed = (object: OrgObject): string => FOLLOWS[object.name.toLowerCase()] ?? object.name.toLowerCase();

function mergeObject(
  object: OrgObject,
  fromProfile: Record<string, ObjectRight>,
  grants: PermissionGrant[],
  userPermissions: Set<string>,
): ObjectRight {
  const own = object.name.toLowerCase();
  // Records of custom metadata types: trailhead.salesforce.com, Protect Custom Metadata Types and Records (restricted by default).
  if (object.kind === 'metadata')
    return { ...NO_RIGHT, read: userPermissions.has('CustomizeApplication') || grants.some((grant) => grant.metadataTypes.has(own)) };
  const needed = SYSTEM_OBJECTS[own];
  if (needed) return { ...NO_RIGHT, read: needed.length === 0 || needed.some((name) => userPermissions.has(name)) };
  if (own.endsWith('share')) return { ...ALL_RIGHTS, viewAll: false, modifyAll: false };
  const parent = FOLLOWS[own];
  const merged = { ...NO_RIGHT };
  for (const name of parent ? [own, parent] : [own])
    for (const right of [fromProfile[name], ...grants.map((grant) => grant.objects.get(name))]) {
      if (!right) continue;
      for (const key of Object.keys(merged) as (keyof ObjectRight)[]) merged[key] ||= right[key];
      // Adding or removing a line is editing its parent.
      if (name === parent && right.edit) Object.assign(merged, { create: true, delete: true });
    }
  return merged;
}
