import { describedAs, email, flag, longText, nameField, phone, picklist, readOnly, reference, required, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const DOC = 'developer.salesforce.com/docs User, Profile, PermissionSet (object reference)';

export const user: StandardObject = {
  name: 'User', label: 'User', labelPlural: 'Users', keyPrefix: '005',
  sharing: 'Read', owner: false, writable: true, source: 'documented',
  compactLayout: ['Name', 'Email', 'Title'],
  fields: describedAs('documented', DOC,
    text('Username', 'Username', 80, required),
    text('LastName', 'Last Name', 80, required),
    text('FirstName', 'First Name', 40),
    text('Name', 'Full Name', 121, { nameField: true, nillable: false, ...readOnly, compound: ['FirstName', 'LastName'] }),
    text('CompanyName', 'Company Name', 80),
    text('Department', 'Department', 80),
    text('Title', 'Title', 80),
    email('Email', 'Email', { ...required, length: 128 }),
    phone('Phone', 'Phone'),
    text('Alias', 'Alias', 8, required),
    flag('IsActive', 'Active'),
    picklist('TimeZoneSidKey', 'Time Zone', [], { length: 40 }),
    picklist('LocaleSidKey', 'Locale', [], { length: 40 }),
    picklist('LanguageLocaleKey', 'Language', [], { length: 40 }),
    picklist('EmailEncodingKey', 'Email Encoding', [], { length: 40 }),
    picklist('UserType', 'User Type', ['Standard', 'AutomatedProcess'], { length: 40, ...readOnly }),
    reference('ProfileId', 'Profile ID', 'Profile', 'Users', required),
    reference('ManagerId', 'Manager ID', 'User', null),
    text('DefaultCurrencyIsoCode', 'Default Currency ISO Code', 3),
    text('FederationIdentifier', 'SAML Federation ID', 512),
  ),
};

export const profile: StandardObject = {
  name: 'Profile', label: 'Profile', labelPlural: 'Profile', keyPrefix: '00e',
  sharing: 'ReadWrite', owner: false, source: 'documented',
  fields: describedAs('documented', DOC, text('Name', 'Name', 255, { ...nameField, ...readOnly }), text('Description', 'Description', 255, readOnly), text('UserType', 'User Type', 40, readOnly)),
};

export const permissionSet: StandardObject = {
  name: 'PermissionSet', label: 'Permission Set', labelPlural: 'Permission Sets', keyPrefix: '0PS',
  sharing: 'ReadWrite', owner: false, source: 'documented',
  fields: describedAs('documented', DOC,
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
  name: 'PermissionSetAssignment', label: 'Permission Set Assignment', labelPlural: 'Permission Set Assignments', keyPrefix: '0Pa',
  sharing: 'ReadWrite', owner: false, writable: true, source: 'documented',
  fields: describedAs('documented', DOC,
    reference('PermissionSetId', 'PermissionSet ID', 'PermissionSet', 'Assignments', { ...required, updateable: false, onDelete: 'cascade' }),
    reference('AssigneeId', 'Assignee ID', 'User', 'PermissionSetAssignments', { ...required, updateable: false }),
    flag('IsActive', 'Is Active', readOnly),
  ),
};

/** Answered by the access rules, not by a table. */
export const userRecordAccess: StandardObject = {
  name: 'UserRecordAccess', label: 'User Record Access', labelPlural: 'User Record Access', keyPrefix: '0UR',
  sharing: 'ReadWrite', owner: false, audit: false, source: 'documented',
  fields: describedAs('documented', 'developer.salesforce.com/docs UserRecordAccess (object reference)',
    text('RecordId', 'Record ID', 18, readOnly),
    reference('UserId', 'User ID', 'User', null, readOnly),
    flag('HasReadAccess', 'Has Read Access', readOnly),
    flag('HasEditAccess', 'Has Edit Access', readOnly),
    flag('HasDeleteAccess', 'Has Delete Access', readOnly),
    flag('HasTransferAccess', 'Has Transfer Access', readOnly),
    flag('HasAllAccess', 'Has All Access', readOnly),
    picklist('MaxAccessLevel', 'Max Access Level', ['None', 'Read', 'Edit', 'Delete', 'Transfer', 'All'], readOnly),
  ),
};
