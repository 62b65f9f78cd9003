import { factsOf } from '../../domain/customer-facts.ts';
import { readMemory } from '../../domain/link-memory.ts';
import { done, mapOutcome, rejected, type Outcome } from '../../domain/outcome.ts';
import type { CustomerRead, CustomerRecords } from '../../ports/customer-records.ts';
import { type Row, type SalesforceClient, isRefusal } from './client.ts';
import { type RecordsSettings, createCompanies } from './company.ts';
import { judge } from './errors.ts';
import { LINK_FIELDS, accessQuery, ofCompany } from './select.ts';
import { isRecordId, quote, quoteAll, toId18 } from './soql.ts';
import { children, id18, text, toAccount, toLink } from './translate.ts';
import { CONFLICT_FIELDS, customerNodes, toConflict } from './write-customer.ts';

const notFound = rejected({
  code: 'record-not-found',
  severity: 'error',
  message: 'Salesforce has no such conflict, or it cannot be seen.',
  action: 'Open it again from its list.',
});
/** Accounts of one page. */
const PAGE = 200;

/** The e-mail of an account is its contact's: of the one that was billed last, else of the only one that has an e-mail. */
const CONTACTS = `(SELECT Id, Email FROM Contacts WHERE Email != null ORDER BY CreatedDate LIMIT 2),
  (SELECT Contact__c, Contact__r.Email FROM Trueup_Invoices__r WHERE Contact__c != null AND Status__c != 'Rejected' ORDER BY CreatedDate DESC LIMIT 1)`;

/** Linked accounts and the conflict inbox behind the port, for one company. */
export function createCustomerRecords(client: SalesforceClient, settings: RecordsSettings): CustomerRecords {
  const companies = createCompanies(client, settings);
  const company = ofCompany(settings.companyKey);
  const inUse = `Status__c = 'Linked' AND ${company}`;
  const linked = `(SELECT Account__c FROM Trueup_Link__c WHERE ${inUse} AND Record_Type__c = 'Account')`;

  const readMany = async (accountIds: readonly string[]): Promise<Outcome<CustomerRead[]>> => {
    if (accountIds.length === 0) return done([]);
    const [owner, answer] = await Promise.all([
      companies.read(),
      client.queries('read-customers', {
        accounts: `SELECT Id, Name, Phone, BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry, ${CONTACTS},
          (SELECT ${LINK_FIELDS}, Remembered_Facts__c FROM Trueup_Links__r WHERE ${inUse} ORDER BY CreatedDate, Id),
          (SELECT ${CONFLICT_FIELDS} FROM Trueup_Conflicts__r WHERE ${company})
          FROM Account WHERE Id IN (${quoteAll(accountIds)})`,
      }),
    ]);
    if (owner.outcome !== 'done') return owner;
    const of = { companyId: owner.value.id, companyKey: settings.companyKey };
    return mapOutcome(answer, ({ accounts }) => accounts.map((row) => toCustomer(row, of)).filter(({ links }) => links.length > 0));
  };

  return {
    readCustomer: async ({ accountId }) => mapOutcome(await readMany([accountId]), ([customer]) => customer ?? null),

    async readCustomersOf({ system, externalIds }) {
      const type = system === 'stripe' ? 'customer' : 'Customer';
      const keys = externalIds.map((id) => `${settings.companyKey}:${system}:${type}:${id}`);
      const answer = await client.queries('find-customers', {
        links: `SELECT Account__c FROM Trueup_Link__c WHERE ${inUse} AND External_Key__c IN (${quoteAll(keys)})`,
      });
      return answer.outcome === 'done' ? readMany([...new Set(idsOf(answer.value.links, 'Account__c'))]) : answer;
    },

    async listChangedCustomers({ since, cursor }) {
      const changed = `SystemModstamp >= ${new Date(since).toISOString()}`;
      const after = (field: string) => (cursor ? ` AND ${field} > ${quote(cursor)}` : '');
      const listed = await client.queries('list-changed-customers', {
        accounts: `SELECT Id FROM Account WHERE ${changed} AND Id IN ${linked}${after('Id')} ORDER BY Id LIMIT ${PAGE}`,
        contacts: `SELECT AccountId FROM Contact WHERE ${changed} AND AccountId IN ${linked}${after('AccountId')} ORDER BY AccountId LIMIT ${PAGE}`,
        // A customer is made with what Salesforce said at the click, which may be hours ago; one a person links says something of its own.
        made: `SELECT Account__c FROM Trueup_Link__c WHERE CreatedDate >= ${new Date(since).toISOString()} AND Matched_By__c IN ('Created', 'Person') AND Record_Type__c = 'Account' AND ${inUse}${after('Account__c')} ORDER BY Account__c LIMIT ${PAGE}`,
        // Another contact may have been billed since it was asked, and then it is about that one's e-mail.
        asked: `SELECT Account__c FROM Trueup_Conflict__c WHERE State__c = 'Open' AND Field__c = 'Email' AND ${company} AND Account__c IN ${linked}${after('Account__c')} ORDER BY Account__c LIMIT ${PAGE}`,
      });
      if (listed.outcome !== 'done') return listed;
      const { accounts, contacts, made, asked } = listed.value;
      const lists = [idsOf(accounts, 'Id'), idsOf(contacts, 'AccountId'), idsOf(made, 'Account__c'), idsOf(asked, 'Account__c')];
      // Beyond the end of a full list nothing is known of it: that is the next page's.
      const [next = null] = lists.flatMap((ids) => (ids.length === PAGE ? (ids.at(-1) ?? []) : [])).sort();
      const ids = [...new Set(lists.flat())].filter((id) => next === null || id <= next);
      return mapOutcome(await readMany(ids), (customers) => ({ customers, next }));
    },

    async saveCustomer(write) {
      const answer = await client.graph('save-customer', customerNodes(write));
      if (answer.outcome !== 'done') return answer;
      return isRefusal(answer.value) ? judge(answer.value.refused) : done(null);
    },

    async readConflict({ conflictId, asking }) {
      if (!isRecordId(conflictId)) return notFound;
      const id = toId18(conflictId);
      const answer = await client.queries('read-conflict', {
        conflict: `SELECT ${CONFLICT_FIELDS} FROM Trueup_Conflict__c WHERE Id = ${quote(id)} AND ${company}`,
        access: accessQuery(asking.userId, id),
      });
      if (answer.outcome !== 'done') return answer;
      const [row] = answer.value.conflict;
      const canEdit = answer.value.access.some((each) => each.HasEditAccess === true);
      return row ? done({ conflict: toConflict(row), canEdit }) : notFound;
    },
  };
}

const idsOf = (rows: readonly Row[], field: string): string[] => rows.flatMap((row) => id18(row, field) ?? []);

function toCustomer(row: Row, of: { companyId: string; companyKey: string }): CustomerRead {
  const { id, name, phone, address } = toAccount(row);
  const [billed] = children(row, 'Trueup_Invoices__r');
  const contacts = children(row, 'Contacts');
  const [only] = contacts.length === 1 ? contacts : [];
  const email = billed ? text((billed.Contact__r as Row | null) ?? {}, 'Email') : only ? text(only, 'Email') : null;
  return {
    ...of,
    accountId: id,
    contactId: billed ? id18(billed, 'Contact__c') : only ? id18(only, 'Id') : null,
    ours: factsOf({ name, email, phone, address }),
    links: children(row, 'Trueup_Links__r')
      .filter((link) => link.Record_Type__c === 'Account')
      .map((each) => {
        const link = toLink(each);
        return { link: { ...link, linkId: link.linkId ?? '' }, memory: readMemory(text(each, 'Remembered_Facts__c')) };
      }),
    conflicts: children(row, 'Trueup_Conflicts__r').map(toConflict),
  };
}
