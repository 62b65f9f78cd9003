import type { Draft, EntityName } from '../entities.ts';
import { faults } from '../errors.ts';

/** Tax registrations of other countries. */
const REGISTRATIONS = { GSTIN: 15, BusinessNumber: 10, GSTRegistrationType: 15 };

/** Longest strings per entity and path, from Intuit's entity reference; CustomerMemo's 1,000 from a quoted fault. */
const LIMITS: Partial<Record<EntityName, Record<string, number>>> = {
  Customer: {
    DisplayName: 500,
    Title: 16,
    GivenName: 100,
    MiddleName: 100,
    FamilyName: 100,
    Suffix: 16,
    CompanyName: 100,
    PrintOnCheckName: 110,
    Notes: 2000,
    ResaleNum: 16,
    'PrimaryPhone.FreeFormNumber': 30,
    'AlternatePhone.FreeFormNumber': 30,
    'Mobile.FreeFormNumber': 30,
    'Fax.FreeFormNumber': 30,
    'WebAddr.URI': 1000,
    'PrimaryEmailAddr.Address': 100,
    ...REGISTRATIONS,
  },
  Vendor: {
    DisplayName: 500,
    Title: 16,
    GivenName: 100,
    MiddleName: 100,
    FamilyName: 100,
    Suffix: 16,
    CompanyName: 100,
    PrintOnCheckName: 100,
    AcctNum: 100,
    TaxIdentifier: 20,
    'PrimaryPhone.FreeFormNumber': 30,
    'AlternatePhone.FreeFormNumber': 30,
    'Mobile.FreeFormNumber': 30,
    'Fax.FreeFormNumber': 30,
    'WebAddr.URI': 1000,
    ...REGISTRATIONS,
  },
  Employee: {
    DisplayName: 500,
    Title: 16,
    GivenName: 100,
    MiddleName: 100,
    FamilyName: 100,
    Suffix: 16,
    PrintOnCheckName: 100,
    SSN: 100,
    EmployeeNumber: 100,
    'PrimaryPhone.FreeFormNumber': 20,
    'Mobile.FreeFormNumber': 20,
  },
  Account: { Name: 100, Description: 100 },
  Item: { Name: 100, Sku: 100, Description: 4000, PurchaseDesc: 1000, UQCDisplayText: 25 },
  Class: { Name: 100 },
  Department: { Name: 100 },
  Term: { Name: 31 },
  PaymentMethod: { Name: 31 },
  Invoice: { DocNumber: 21, PrivateNote: 4000, 'CustomerMemo.value': 1000 },
  CreditMemo: { DocNumber: 21, PrivateNote: 4000, 'CustomerMemo.value': 1000 },
  SalesReceipt: { DocNumber: 21, PrivateNote: 4000, 'CustomerMemo.value': 1000, PaymentRefNum: 21 },
  RefundReceipt: { DocNumber: 21, PrivateNote: 4000, 'CustomerMemo.value': 1000, PaymentRefNum: 100 },
  Payment: { PrivateNote: 4000, PaymentRefNum: 21 },
  Deposit: { PrivateNote: 4000 },
  Transfer: { PrivateNote: 4000 },
  JournalEntry: { DocNumber: 21, PrivateNote: 4000 },
  Purchase: { DocNumber: 21, PrivateNote: 4000 },
  Attachable: {
    FileName: 1000,
    Note: 2000,
    Category: 100,
    ContentType: 100,
    PlaceName: 2000,
    Long: 100,
    Lat: 100,
    Tag: 2000,
  },
};

/** Parts of every postal address (the five lines together hold 2,000). */
const ADDRESS_LIMITS: Record<string, number> = {
  Line1: 500,
  Line2: 500,
  Line3: 500,
  Line4: 500,
  Line5: 500,
  City: 255,
  Country: 255,
  CountrySubDivisionCode: 255,
  PostalCode: 30,
};
const ALL_LINES = 2000;

function checkAddress(element: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const parts = value as Draft;
  for (const [name, max] of Object.entries(ADDRESS_LIMITS)) {
    const part = parts[name];
    if (typeof part === 'string' && part.length > max) throw faults.tooLong(`${element}.${name}`, max, part.length);
  }
  const lines = [1, 2, 3, 4, 5].map((number) => String(parts[`Line${String(number)}`] ?? '')).join('');
  if (lines.length > ALL_LINES) throw faults.tooLong(element, ALL_LINES, lines.length);
}

/** A line's description, as Item.Description. */
const LINE_DESCRIPTION = 4000;

const at = (draft: Draft, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Draft)[name] : undefined), draft);

/** Refuses strings that are too long (2050) and e-mail addresses that are none (2210). */
export function checkLimits(entity: EntityName, draft: Draft): void {
  for (const [path, max] of Object.entries(LIMITS[entity] ?? {})) {
    const value = at(draft, path);
    if (typeof value === 'string' && value.length > max)
      throw faults.tooLong(path.replace(/\.(value|FreeFormNumber|URI|Address)$/, ''), max, value.length);
  }
  for (const line of Array.isArray(draft['Line']) ? (draft['Line'] as Draft[]) : []) {
    const description = line?.['Description'];
    if (typeof description === 'string' && description.length > LINE_DESCRIPTION)
      throw faults.tooLong('Line.Description', LINE_DESCRIPTION, description.length);
  }
  for (const path of ['BillAddr', 'ShipAddr', 'PrimaryAddr']) checkAddress(path, draft[path]);
  for (const path of ['PrimaryEmailAddr', 'BillEmail', 'BillEmailCc', 'BillEmailBcc']) checkEmail(path, at(draft, `${path}.Address`));
}

const ADDRESS = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\.]+$/;

/** An address field may hold several addresses, separated by commas (documented for BillEmail). */
export function checkEmail(element: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') return;
  if (value.length > 100) throw faults.tooLong(element, 100, value.length);
  if (!value.split(',').every((address) => ADDRESS.test(address.trim()))) throw faults.invalidEmail(element, value);
}

/** Names have no colon, tab or newline (public: 2040); account names no quotation mark either (documented). */
export function checkName(element: string, value: string, alsoIllegal = ''): void {
  const illegal = [...value].some((character) => ':\t\n\r'.includes(character) || alsoIllegal.includes(character) || character < ' ');
  if (illegal) throw faults.illegalCharacters(element, value);
}
