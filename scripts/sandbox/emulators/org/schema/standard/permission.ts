import { describedAs, nameField, readOnly, reference, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const DOC = 'developer.salesforce.com/docs CustomPermission, SetupEntityAccess (object reference)';

export const customPermission: StandardObject = {
  name: 'CustomPermission', label: 'Custom Permission', labelPlural: 'Custom Permissions', keyPrefix: '0CP',
  sharing: 'ReadWrite', owner: false, source: 'documented',
  fields: describedAs('documented', DOC,
    text('DeveloperName', 'Custom Permission Name', 80, { ...nameField, ...readOnly }),
    text('MasterLabel', 'Label', 80, readOnly),
    text('Language', 'Master Language', 40, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
  ),
};

/** What a permission set lets its holders use; modelled for custom permissions. SetupEntityId is polymorphic in Salesforce. */
export const setupEntityAccess: StandardObject = {
  name: 'SetupEntityAccess', label: 'Setup Entity Access', labelPlural: 'Setup Entity Access', keyPrefix: '0J0',
  sharing: 'ReadWrite', owner: false, source: 'documented',
  fields: describedAs('documented', DOC,
    reference('ParentId', 'Permission Set ID', 'PermissionSet', 'SetupEntityAccessItems', { ...readOnly, onDelete: 'cascade' }),
    reference('SetupEntityId', 'Setup Entity ID', 'CustomPermission', 'SetupEntityAccessItems', { ...readOnly, onDelete: 'cascade' }),
    text('SetupEntityType', 'Setup Entity Type', 80, readOnly),
  ),
};
