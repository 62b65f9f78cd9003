import { RowFault } from '../../errors.ts';
import { storedInstant } from '../../soql/dates.ts';
import type { StoredRow } from '../../store.ts';
import { objectOf } from '../work.ts';
import type { Behaviour } from './behaviour.ts';

/** Name is first and last name. Source: object reference, Contact.Name and User.Name. */
export const personNameBehaviour: Behaviour = {
  beforeSave: (row) => {
    row['Name'] = fullName(row);
  },
};

/**
 * With person accounts on, an account with a last name is a person: named by it, and twinned with a contact.
 * Source: help.salesforce.com, "Person Accounts". Record types, which tell the two kinds apart in an org, are left out.
 */
export const accountBehaviour: Behaviour = {
  beforeSave: (row, _prior, given, work) => {
    if (!work.core.schema.features.personAccounts || (row['LastName'] ?? null) === null) return;
    // https://github.com/sorenkrabbe/Chrome-Salesforce-inspector/issues/38
    if (given.has('Name'))
      throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', 'Account: bad field names on insert/update call: Name', ['Name']);
    row['IsPersonAccount'] = 1;
    row['Name'] = fullName(row);
  },
  afterSave: (row, prior, work) => {
    if (row['IsPersonAccount'] !== 1) return;
    const contact = objectOf(work, 'Contact');
    const stamp = storedInstant(work.now);
    const shared: StoredRow = {
      FirstName: row['FirstName'] ?? null,
      LastName: row['LastName'] ?? null,
      Salutation: row['Salutation'] ?? null,
      Name: row['Name'] ?? null,
      Email: row['PersonEmail'] ?? null,
      Phone: row['Phone'] ?? null,
      AccountId: row['Id'] ?? null,
      OwnerId: row['OwnerId'] ?? null,
      ...('CurrencyIsoCode' in row ? { CurrencyIsoCode: row['CurrencyIsoCode'] ?? null } : {}),
      LastModifiedDate: stamp,
      LastModifiedById: work.userId,
      SystemModstamp: stamp,
    };
    const known = prior?.['PersonContactId'];
    if (typeof known === 'string') return work.core.store.update(contact, known, shared);
    const id = work.core.store.nextId(contact);
    work.core.store.insert(contact, { Id: id, CreatedDate: stamp, CreatedById: work.userId, ...shared });
    work.core.store.update(objectOf(work, 'Account'), String(row['Id']), { PersonContactId: id });
  },
};

/** The person's contact is the same person: what is changed there is changed on the account. */
export const contactBehaviour: Behaviour = {
  ...personNameBehaviour,
  afterSave: (row, prior, work) => {
    if (!prior || !work.core.schema.features.personAccounts) return;
    const account = objectOf(work, 'Account');
    const person = work.core.store.get(account, String(row['AccountId']));
    if (!person || person['PersonContactId'] !== row['Id']) return;
    const { FirstName = null, LastName = null, Salutation = null, Name = null, Email = null, Phone = null } = row;
    const stamp = { LastModifiedDate: row['LastModifiedDate'] ?? null, SystemModstamp: row['SystemModstamp'] ?? null };
    work.core.store.update(account, String(person['Id']), { FirstName, LastName, Salutation, Name, PersonEmail: Email, Phone, ...stamp });
  },
};

function fullName(row: StoredRow): string {
  return [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
