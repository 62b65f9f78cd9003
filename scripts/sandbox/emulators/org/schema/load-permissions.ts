import { basename } from 'node:path';
import { isTrue, nodesOf, textOf } from './metadata-file.ts';
import type { MetadataFile, SchemaProblem } from './metadata-file.ts';
import type { PermissionGrant } from './model.ts';

const INERT = new Set([
  'label',
  'description',
  'license',
  'hasActivationRequired',
  'pageAccesses',
  'recordTypeVisibilities',
  'flowAccesses',
  'customSettingAccesses',
]);
const READ = new Set([
  'objectPermissions',
  'fieldPermissions',
  'customMetadataTypeAccesses',
  'customPermissions',
  'userPermissions',
  'classAccesses',
  'externalCredentialPrincipalAccesses',
  'tabSettings',
  'applicationVisibilities',
]);

/** One `*.permissionset-meta.xml` as the rights it grants. */
export function loadPermissionSet(file: MetadataFile, problems: SchemaProblem[]): PermissionGrant {
  const grant = emptyGrant(basename(file.path).replace('.permissionset-meta.xml', ''), textOf(file.body, 'label') ?? '', `${file.path}:1`);
  for (const tag of Object.keys(file.body))
    if (!INERT.has(tag) && !READ.has(tag))
      problems.push({ file: file.path, line: file.line(tag), message: `the local org does not support <${tag}> in a permission set` });
  for (const node of nodesOf(file.body, 'objectPermissions'))
    grant.objects.set((textOf(node, 'object') ?? '').toLowerCase(), {
      read: isTrue(node, 'allowRead'),
      create: isTrue(node, 'allowCreate'),
      edit: isTrue(node, 'allowEdit'),
      delete: isTrue(node, 'allowDelete'),
      viewAll: isTrue(node, 'viewAllRecords'),
      modifyAll: isTrue(node, 'modifyAllRecords'),
    });
  for (const node of nodesOf(file.body, 'fieldPermissions'))
    grant.fields.set((textOf(node, 'field') ?? '').toLowerCase(), { read: isTrue(node, 'readable'), edit: isTrue(node, 'editable') });
  for (const node of nodesOf(file.body, 'customMetadataTypeAccesses'))
    if (isTrue(node, 'enabled')) grant.metadataTypes.add((textOf(node, 'name') ?? '').toLowerCase());
  for (const node of nodesOf(file.body, 'customPermissions'))
    if (isTrue(node, 'enabled')) grant.customPermissions.add(textOf(node, 'name') ?? '');
  for (const node of nodesOf(file.body, 'userPermissions'))
    if (isTrue(node, 'enabled')) grant.userPermissions.add(textOf(node, 'name') ?? '');
  for (const node of nodesOf(file.body, 'classAccesses'))
    if (isTrue(node, 'enabled')) grant.classAccess.add(textOf(node, 'apexClass') ?? '');
  for (const node of nodesOf(file.body, 'externalCredentialPrincipalAccesses'))
    if (isTrue(node, 'enabled')) grant.externalCredentials.add(textOf(node, 'externalCredentialPrincipal') ?? '');
  for (const node of nodesOf(file.body, 'tabSettings')) grant.tabs.set(textOf(node, 'tab') ?? '', textOf(node, 'visibility') ?? 'None');
  for (const node of nodesOf(file.body, 'applicationVisibilities'))
    if (isTrue(node, 'visible')) grant.applications.add(textOf(node, 'application') ?? '');
  return grant;
}

export function emptyGrant(name: string, label: string, origin: string): PermissionGrant {
  return {
    name,
    label,
    objects: new Map(),
    fields: new Map(),
    customPermissions: new Set(),
    userPermissions: new Set(),
    metadataTypes: new Set(),
    classAccess: new Set(),
    externalCredentials: new Set(),
    tabs: new Map(),
    applications: new Set(),
    origin,
  };
}
