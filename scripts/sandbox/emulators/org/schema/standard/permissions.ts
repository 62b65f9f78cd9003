import { describedAs, flag, longText, nameField, picklist, readOnly, reference, required, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const DOC = 'developer.salesforce.com/docs Profile, PermissionSet, SetupEntityAccess, CustomPermission (object reference)';

export const profile: StandardObject = {
  name: 'Profile',
  without: ['IsDeleted'],
  label: 'Profile',
  labelPlural: 'Profile',
  keyPrefix: '00e',
  sharing: 'ReadWrite',
  owner: false,
  source: 'documented',
  fields: describedAs(
    'documented',
    DOC,
    text('Name', 'Name', 255, { ...nameField, ...readOnly }),
    text('Description', 'Description', 255, readOnly),
    text('UserType', 'User Type', 40, readOnly),
  ),
};

export const permissionSet: StandardObject = {
  name: 'PermissionSet',
  without: ['IsDeleted'],
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  sharing: 'ReadWrite',
  owner: false,
  source: 'documented',
  fields: describedAs(
    'documented',
    DOC,
    text('Name', 'Permission Set Name', 80, { ...nameField, ...readOnly }),
    text('Label', 'Permission Set Label', 80, readOnly),
    longText('Description', 'Description', 255, readOnly),
    flag('IsOwnedByProfile', 'Is Owned By Profile', readOnly),
    flag('IsCustom', 'Custom', readOnly),
    reference('ProfileId', 'Profile ID', 'Profile', null, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    text('Type', 'Type', 40, readOnly),
  ),
};

export const permissionSetAssignment: StandardObject = {
  name: 'PermissionSetAssignment',
  without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  sharing: 'ReadWrite',
  owner: false,
  writable: true,
  source: 'documented',
  fields: describedAs(
    'documented',
    DOC,
    reference('PermissionSetId', 'PermissionSet ID', 'PermissionSet', 'Assignments', {
      ...required,
      updateable: false,
      onDelete: 'cascade',
    }),
    reference('AssigneeId', 'Assignee ID', 'User', 'PermissionSetAssignments', { ...required, updateable: false }),
    flag('IsActive', 'Is Active', readOnly),
  ),
};

/** Which custom permissions (of the setup entities, only these are kept) a permission set gives. */
export const setupEntityAccess: StandardObject = {
  name: 'SetupEntityAccess',
  label: 'Setup Entity Access',
  labelPlural: 'Setup Entity Access',
  keyPrefix: '0J0',
  sharing: 'ReadWrite',
  owner: false,
  audit: false,
  source: 'documented',
  fields: describedAs(
    'documented',
    DOC,
    { name: 'Id', label: 'SetupEntityAccess ID', type: 'id' as const, custom: false, length: 18, nillable: false, ...readOnly },
    reference('ParentId', 'Parent ID', 'PermissionSet', 'SetupEntityAccessItems', { ...readOnly, ...required }),
    reference('SetupEntityId', 'Setup Entity ID', 'CustomPermission', 'SetupEntityAccessItems', { ...readOnly, ...required }),
    picklist(
      'SetupEntityType',
      'Setup Entity Type',
      ['ApexClass', 'ApexPage', 'ConnectedApplication', 'CustomPermission', 'ServiceProvider', 'TabSet', 'CustomEntityDefinition'],
      { restrictedPicklist: true, ...readOnly },
    ),
  ),
};

export const customPermission: StandardObject = {
  name: 'CustomPermission',
  label: 'Custom Permission',
  labelPlural: 'Custom Permissions',
  keyPrefix: '0CP',
  sharing: 'ReadWrite',
  owner: false,
  source: 'documented',
  fields: describedAs(
    'documented',
    DOC,
    text('DeveloperName', 'Name', 80, { ...nameField, ...readOnly }),
    text('MasterLabel', 'Label', 80, readOnly),
    text('Language', 'Language', 40, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    longText('Description', 'Description', 255, readOnly),
  ),
};
