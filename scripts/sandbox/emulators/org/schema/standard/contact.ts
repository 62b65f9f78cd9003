import { address, date, describedAs, email, longText, phone, picklist, readOnly, reference, text } from './builders.ts';
import type { StandardObject } from './builders.ts';

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
  compactLayout: ['Name', 'AccountId', 'Email', 'Phone'],
  fields: describedAs(
    'recorded',
    'describe of Contact',
    reference('AccountId', 'Account ID', 'Account', 'Contacts', { onDelete: 'cascade' }),
    text('LastName', 'Last Name', 80, { nillable: false }),
    text('FirstName', 'First Name', 40),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { length: 40 }),
    text('Name', 'Full Name', 121, { nameField: true, nillable: false, ...readOnly, compound: ['FirstName', 'LastName'] }),
    address('Other', 'Other'),
    address('Mailing', 'Mailing'),
    phone('Phone', 'Business Phone'),
    phone('Fax', 'Business Fax'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('HomePhone', 'Home Phone'),
    reference('ReportsToId', 'Reports To ID', 'Contact', null),
    email('Email', 'Email'),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    date('Birthdate', 'Birthdate'),
    longText('Description', 'Contact Description'),
  ),
};
