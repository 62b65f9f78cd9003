import { describedAs, email, flag, phone, picklist, readOnly, reference, required, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const DOC = 'developer.salesforce.com/docs User (object reference)';

export const user: StandardObject = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  sharing: 'Read',
  owner: false,
  writable: true,
  source: 'documented',
  compactLayout: ['Name', 'Email', 'Title'],
  fields: describedAs(
    'documented',
    DOC,
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

/** Answered by the access rules, not by a table. */
export const userRecordAccess: StandardObject = {
  name: 'UserRecordAccess',
  label: 'User Record Access',
  labelPlural: 'User Record Access',
  keyPrefix: '0UR',
  sharing: 'ReadWrite',
  owner: false,
  audit: false,
  source: 'documented',
  fields: describedAs(
    'documented',
    'developer.salesforce.com/docs UserRecordAccess (object reference)',
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
