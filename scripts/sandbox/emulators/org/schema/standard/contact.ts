import { address, date, describedAs, email, longText, phone, picklist, prefiltered, readOnly, reference, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

const personName = { extraTypeInfo: 'personname' };

/** Attributes as in a recorded describe (API 48.0). */
export const contact: StandardObject = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  sharing: 'ControlledByParent',
  sharingParent: 'AccountId',
  owner: true,
  writable: true,
  currency: true,
  source: 'recorded',
  describe: { feedEnabled: true, mruEnabled: true },
  compactLayout: ['Name', 'AccountId', 'Email', 'Phone'],
  fields: describedAs(
    'recorded',
    'describe of Contact',
    reference('AccountId', 'Account ID', 'Account', 'Contacts', { onDelete: 'cascade', ...prefiltered }),
    text('LastName', 'Last Name', 80, { nillable: false, describe: personName }),
    text('FirstName', 'First Name', 40, { describe: personName }),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], {
      length: 40,
      describe: { ...personName, compoundFieldName: 'Name' },
    }),
    text('Name', 'Full Name', 121, {
      nameField: true,
      nillable: false,
      ...readOnly,
      compound: ['FirstName', 'LastName'],
      describe: personName,
    }),
    address('Other', 'Other'),
    address('Mailing', 'Mailing'),
    phone('Phone', 'Business Phone'),
    phone('Fax', 'Business Fax'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('HomePhone', 'Home Phone'),
    reference('ReportsToId', 'Reports To ID', 'Contact', null, prefiltered),
    email('Email', 'Email', { describe: { idLookup: true } }),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    date('Birthdate', 'Birthdate'),
    longText('Description', 'Contact Description'),
  ),
};
