import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomerRecords } from '../../src/adapters/salesforce/customer-records.ts';
import { createLoadRecords } from '../../src/adapters/salesforce/load-records.ts';
import { must } from './must.ts';
import { type Org, type Seeded, asking, client, insert, openRecordsOrg, recordsOf, soql } from './records-org.ts';

// An org whose customers are people: each is an account and a contact in one, read and written by both names.

let org: Org;
let ids: Seeded;
let stop: () => Promise<void>;
let ann: string;
let settings: { companyKey: string; orgId: string };

beforeAll(async () => {
  ({ org, ids, stop } = await openRecordsOrg({ currency: 'USD', personAccounts: true }));
  settings = { companyKey: 'main', orgId: org.orgId };
  const owner = { OwnerId: org.users.rep.id };
  ann = await insert(org, 'Account', { FirstName: 'Ann', LastName: 'Lee', PersonEmail: 'ann@lee.example', Phone: '+1 555 0100', ...owner });
});
afterAll(() => stop());

const contactOf = async () => (await soql<{ PersonContactId: string }>(org, `SELECT PersonContactId FROM Account WHERE Id = '${ann}'`))[0];

describe('a person account', () => {
  it('is billed like any other: by its name, with itself as the contact', async () => {
    const contact = (await contactOf())?.PersonContactId ?? '';
    expect(must(await recordsOf(org).readSource({ sourceId: ann, asking: asking(org) }))).toMatchObject({
      source: { type: 'Account', accountId: ann },
      accounts: [{ id: ann, name: 'Ann Lee', phone: '+1 555 0100' }],
      contacts: [{ id: contact, accountId: ann, name: 'Ann Lee', email: 'ann@lee.example' }],
    });
  });

  it('is matched by the e-mail address of its person', async () => {
    const listed = must(await createLoadRecords(client(org), settings).listAccounts(null)).accounts;
    expect(listed.find(({ id }) => id === ann)).toMatchObject({ name: 'Ann Lee', emails: ['ann@lee.example'], phone: '+1 555 0100' });
  });

  it('is kept in step, its own contact’s address included', async () => {
    await insert(org, 'Trueup_Link__c', {
      Company__c: ids.company,
      External_Key__c: 'main:stripe:customer:cus_1',
      Record_Key__c: `main:stripe:${ann}:USD`,
      System__c: 'Stripe',
      External_Type__c: 'customer',
      External_Id__c: 'cus_1',
      Account__c: ann,
      Record_Id__c: ann,
      Record_Type__c: 'Account',
      Status__c: 'Linked',
      Matched_By__c: 'Person',
    });
    const records = createCustomerRecords(client(org), settings);
    const contactId = (await contactOf())?.PersonContactId;
    expect(must(await records.readCustomer({ accountId: ann }))).toMatchObject({
      contactId,
      ours: { name: 'Ann Lee', email: 'ann@lee.example', phone: '+1 555 0100' },
    });
  });
});
