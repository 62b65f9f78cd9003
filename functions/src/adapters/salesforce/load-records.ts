import { isCopy, type MirrorInvoice } from '../../domain/first-load/mirror.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { LoadRecords, Saved } from '../../ports/load-records.ts';
import type { BulkSettings } from './bulk-upsert.ts';
import type { Row, SalesforceClient } from './client.ts';
import type { RecordsSettings } from './company.ts';
import { createFeatures } from './features.ts';
import { saveEach } from './save-each.ts';
import { LINK_FIELDS, REVIEW_FIELDS, type OrgFeatures, ofCompany } from './select.ts';
import {
  ACCOUNTS,
  KEYS,
  accountsQuery,
  activeOwner,
  heldInvoicesQuery,
  heldPaymentsQuery,
  toHeldInvoice,
  toHeldPayment,
  toMatchAccount,
} from './select-mirror.ts';
import { quote, quoteAll, toId18 } from './soql.ts';
import { toLink, toReview } from './translate.ts';
import { accountRow, allocationRow, copyRow, invoiceRow, lineRow, paymentRow, reviewRow } from './write-mirror.ts';

const LINKS = 2000;
/** Each holds up to 32,000 characters. */
const REVIEWS = 500;
/** Queries of one composite call. */
const QUERIES = 5;

interface Limits {
  DailyApiRequests: { Max: number; Remaining: number };
}

/** Salesforce for records in large numbers, for one company. */
export function createLoadRecords(client: SalesforceClient, settings: RecordsSettings & { bulk?: BulkSettings }): LoadRecords {
  const features = createFeatures(client);
  const bulk = settings.bulk ?? { lookMs: 2000 };
  const save = (object: string, key: string, rows: readonly Row[]) => saveEach(client, { object, key }, rows, bulk);
  const now = () => new Date().toISOString();

  /** Rows of a query over many keys: 1,000 a call. */
  const readByKeys = async (
    operation: string,
    keys: readonly string[],
    query: (some: readonly string[]) => string,
  ): Promise<Outcome<Row[]>> => {
    const parts: string[][] = [];
    for (let start = 0; start < keys.length; start += KEYS) parts.push(keys.slice(start, start + KEYS));
    const rows: Row[] = [];
    for (let start = 0; start < parts.length; start += QUERIES) {
      const asked = Object.fromEntries(parts.slice(start, start + QUERIES).map((some, index) => [`part${index}`, query(some)]));
      const answer = await client.queries<string>(operation, asked);
      if (answer.outcome !== 'done') return answer;
      rows.push(...Object.values(answer.value).flat());
    }
    return done(rows);
  };

  /** Writes some, by the key each is known by; results come back in the order asked for. */
  const saveByKey = async <T extends { key: 'quickbooks' | 'stripe' }>(
    object: string,
    keys: Record<'quickbooks' | 'stripe', string>,
    items: readonly T[],
    row: (item: T) => Row,
  ): Promise<Outcome<Saved[]>> => {
    const saved: Saved[] = [];
    for (const key of ['quickbooks', 'stripe'] as const) {
      const own = items.flatMap((item, index) => (item.key === key ? [index] : []));
      if (own.length === 0) continue;
      const answer = await save(
        object,
        keys[key],
        own.map((index) => row(items[index] as T)),
      );
      if (answer.outcome !== 'done') return answer;
      own.forEach((index, at) => (saved[index] = answer.value[at] as Saved));
    }
    return done(saved);
  };

  const writeLines = async (invoices: readonly MirrorInvoice[], saved: Saved[], known: OrgFeatures): Promise<Outcome<Saved[]>> => {
    const written = saved.flatMap((each, index) => ('id' in each && invoices[index]?.line !== 'keep' ? [{ id: each.id, index }] : []));
    const lines = await save(
      'Trueup_Invoice_Line__c',
      'Line_Key__c',
      written.map(({ id, index }) => lineRow(toId18(id), invoices[index] as MirrorInvoice, known)),
    );
    if (lines.outcome !== 'done') return lines;
    const all = [...saved];
    written.forEach(({ index }, at) => {
      const line = lines.value[at];
      if (line && 'problem' in line) all[index] = line;
    });
    return done(all);
  };

  return {
    async readUsage() {
      const told = client.usage();
      if (told) return done(told);
      const answer = await client.get<Limits>('limits', '/limits');
      return mapOutcome(answer, ({ DailyApiRequests: { Max, Remaining } }) => ({ used: Max - Remaining, limit: Max }));
    },

    isMultiCurrency: async () => mapOutcome(await features(), ({ multiCurrency }) => multiCurrency),

    async countAccounts() {
      const answer = await client.queries('count-accounts', { accounts: 'SELECT COUNT(Id) total FROM Account' });
      return mapOutcome(answer, ({ accounts }) => Number(accounts[0]?.total ?? 0));
    },

    async listAccounts(cursor) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const answer = await client.queries('list-accounts', { accounts: accountsQuery(cursor, known.value) });
      return mapOutcome(answer, ({ accounts }) => ({ accounts: accounts.map(toMatchAccount), next: nextOf(accounts, ACCOUNTS) }));
    },

    async listLinks(cursor) {
      const answer = await client.queries('list-links', {
        links: `SELECT ${LINK_FIELDS} FROM Trueup_Link__c WHERE Status__c = 'Linked' AND Record_Type__c = 'Account' AND ${ofCompany(settings.companyKey)}
          ${cursor === null ? '' : `AND Id > ${quote(cursor)} `}ORDER BY Id LIMIT ${LINKS}`,
      });
      return mapOutcome(answer, ({ links }) => ({ links: links.map(toLink), next: nextOf(links, LINKS) }));
    },

    async listReviews(cursor) {
      const answer = await client.queries('list-reviews', {
        reviews: `SELECT Id, ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE ${ofCompany(settings.companyKey)} AND Record_Type__c != 'Product2'
          ${cursor === null ? '' : `AND Id > ${quote(cursor)} `}ORDER BY Id LIMIT ${REVIEWS}`,
      });
      return mapOutcome(answer, ({ reviews }) => ({ reviews: reviews.flatMap(toReview), next: nextOf(reviews, REVIEWS) }));
    },

    async ownersOf(accountIds) {
      const rows = await readByKeys(
        'read-owners',
        accountIds,
        (some) => `SELECT Id, OwnerId, Owner.IsActive FROM Account WHERE Id IN (${quoteAll(some)})`,
      );
      return mapOutcome(rows, (found) => {
        const owners = new Map<string, string>();
        for (const row of found) {
          const owner = activeOwner(row);
          if (owner) owners.set(toId18(String(row.Id)), owner);
        }
        return owners;
      });
    },

    async heldInvoices({ system, ids, numbers = [], records = [] }, { companyKey, quickbooksRealmId }) {
      const query = (field: string) => (some: readonly string[]) => heldInvoicesQuery(field, some, companyKey);
      const byId =
        system === 'stripe'
          ? await readByKeys('held-invoices', ids, query('Stripe_Invoice_Id__c'))
          : await readByKeys(
              'held-invoices',
              ids.map((id) => `${quickbooksRealmId ?? ''}:${id}`),
              query('QuickBooks_Key__c'),
            );
      if (byId.outcome !== 'done') return byId;
      const byNumber = await readByKeys('held-numbers', numbers, query('Number__c'));
      if (byNumber.outcome !== 'done') return byNumber;
      const byRecord = await readByKeys('held-records', records, query('Id'));
      return mapOutcome(byRecord, (more) => {
        const all = [...byId.value, ...byNumber.value, ...more];
        return [...new Map(all.map((row) => [row.Id, row])).values()].map(toHeldInvoice);
      });
    },

    async heldPayments({ system, ids }, { companyKey, quickbooksRealmId }) {
      const keys = system === 'stripe' ? ids : ids.map((id) => `${quickbooksRealmId ?? ''}:${id}`);
      const field = system === 'stripe' ? 'Stripe_Payment_Id__c' : 'QuickBooks_Key__c';
      const rows = await readByKeys('held-payments', keys, (some) => heldPaymentsQuery(field, some, companyKey));
      return mapOutcome(rows, (found) => found.map(toHeldPayment));
    },

    async writeInvoices(invoices, owner) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const keys = { quickbooks: 'QuickBooks_Key__c', stripe: 'Stripe_Invoice_Id__c' };
      const readAt = now();
      const saved = await saveByKey('Trueup_Invoice__c', keys, invoices, (each) => invoiceRow(each, owner, known.value, readAt));
      return saved.outcome === 'done' ? writeLines(invoices, saved.value, known.value) : saved;
    },

    async writePayments(payments, owner) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const keys = { quickbooks: 'QuickBooks_Key__c', stripe: 'Stripe_Payment_Id__c' };
      const readAt = now();
      return saveByKey('Trueup_Payment__c', keys, payments, (each) =>
        isCopy(each) ? copyRow(each, owner, readAt) : paymentRow(each, owner, known.value, readAt),
      );
    },

    async writeAllocations(allocations) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      return save(
        'Trueup_Allocation__c',
        'Allocation_Key__c',
        allocations.map((each) => allocationRow(each, known.value)),
      );
    },

    askAbout: (customers, owner) =>
      save(
        'Trueup_Match_Review__c',
        'Review_Key__c',
        customers.map((each) => reviewRow(each, owner)),
      ),

    async createAccounts(customers) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      return save(
        'Account',
        'Trueup_Loaded_Key__c',
        customers.map((each) => accountRow(each, known.value)),
      );
    },
  };
}

const nextOf = (rows: readonly Row[], most: number): string | null => (rows.length < most ? null : toId18(String(rows.at(-1)?.Id)));
