import { address, amount, describedAs, flag, longText, nameField, phone, picklist, readOnly, reference, text, url, whole } from './builders.ts';
import type { StandardObject } from './builders.ts';

const INDUSTRIES = ['Agriculture', 'Apparel', 'Banking', 'Biotechnology', 'Chemicals', 'Communications', 'Construction', 'Consulting', 'Education', 'Electronics', 'Energy', 'Engineering', 'Entertainment', 'Environmental', 'Finance', 'Food & Beverage', 'Government', 'Healthcare', 'Hospitality', 'Insurance', 'Machinery', 'Manufacturing', 'Media', 'Not For Profit', 'Recreation', 'Retail', 'Shipping', 'Technology', 'Telecommunications', 'Transportation', 'Utilities', 'Other'];

/** Attributes as in a recorded describe (API 48.0). */
export const account: StandardObject = {
  name: 'Account', label: 'Account', labelPlural: 'Accounts', keyPrefix: '001',
  sharing: 'Private', owner: true, writable: true, currency: true, source: 'recorded',
  compactLayout: ['Name', 'Phone', 'Website', 'OwnerId', 'Industry'],
  fields: describedAs('recorded', 'describe of Account, API 48.0',
    text('Name', 'Account Name', 255, nameField),
    picklist('Type', 'Account Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Channel Partner / Reseller', 'Installation Partner', 'Technology Partner', 'Other'], { length: 40 }),
    reference('ParentId', 'Parent Account ID', 'Account', 'ChildAccounts'),
    address('Billing', 'Billing'),
    address('Shipping', 'Shipping'),
    phone('Phone', 'Account Phone'),
    phone('Fax', 'Account Fax'),
    text('AccountNumber', 'Account Number', 40),
    url('Website', 'Website'),
    text('Sic', 'SIC Code', 20),
    picklist('Industry', 'Industry', INDUSTRIES, { length: 40 }),
    amount('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
    whole('NumberOfEmployees', 'Employees'),
    picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other'], { length: 40 }),
    text('TickerSymbol', 'Ticker Symbol', 20),
    longText('Description', 'Account Description'),
    picklist('Rating', 'Account Rating', ['Hot', 'Warm', 'Cold'], { length: 40 }),
    text('Site', 'Account Site', 80),
    picklist('AccountSource', 'Account Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'], { length: 40 }),
  ),
};

/** Added by the person-account switch. Attributes as in a recorded describe of an org with person accounts. */
export const personAccountFields = describedAs('recorded', 'describe of Account with person accounts',
  flag('IsPersonAccount', 'Is Person Account', { ...readOnly }),
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80),
  picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { length: 40 }),
  reference('PersonContactId', 'Contact ID', 'Contact', null, readOnly),
  { ...text('PersonEmail', 'Email', 80), type: 'email' as const },
);
