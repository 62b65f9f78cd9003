import { type Failure, type Outcome, done, mapOutcome, rejected } from '../../domain/outcome.ts';
import type { SourceRead } from '../../domain/source.ts';
import type { IntentCollision, Records, SyncedRecord } from '../../ports/records.ts';
import { type Row, type SalesforceClient, type Subrequest, isRefusal } from './client.ts';
import { judge } from './errors.ts';
import { createFeatures } from './features.ts';
import { readSource } from './read-source.ts';
import { kindOf, operationsQuery, stateOf, toAskedOperation } from './operations.ts';
import { accessQuery, briefQuery, invoiceQuery, invoicesOfKeys, linksQuery } from './select.ts';
import { IDS_A_QUERY, isRecordId, quote, toId18 } from './soql.ts';
import { syncedQueries, toSynced } from './select-synced.ts';
import { text, toInvoiceRecord, toLink } from './translate.ts';
import { type RecordsSettings, createCompanies, rightsOf } from './company.ts';
import { intentNodes, writeBackNodes } from './write.ts';
import { inGraphs, issueNode } from './write-issue.ts';
import { freshnessNodes, syncRunGraphs } from './write-sync-run.ts';

const notFound: Failure = rejected({
  code: 'record-not-found',
  severity: 'error',
  message: 'Salesforce has no such record, or it cannot be seen.',
  action: 'Open the record again from its list; ask an admin when it is there.',
});

const PAGE = 200;
/** Rows without their children: as many as an answer holds. */
const MANY = 2000;
const CAN_STILL_CHANGE = "('Open', 'Partially Paid', 'Uncollectible', 'Voiding')";

/** Salesforce behind the records port, for one company. */
export function createRecords(client: SalesforceClient, settings: RecordsSettings): Records {
  const features = createFeatures(client);
  const companies = createCompanies(client, settings);

  /** One after another; the first that fails is the answer, else the bodies of the last. */
  const writeGraphs = async (operation: string, graphs: Subrequest[][]): Promise<Outcome<Record<string, Row>>> => {
    let last: Record<string, Row> = {};
    for (const nodes of graphs) {
      const answer = await client.graph(operation, nodes);
      if (answer.outcome !== 'done') return answer;
      if (isRefusal(answer.value)) return judge(answer.value.refused);
      last = answer.value;
    }
    return done(last);
  };

  return {
    readSource: ({ sourceId, asking }): Promise<Outcome<SourceRead>> => readSource(client, settings, features, companies, sourceId, asking),

    async createIntent(order) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const answer = await client.graph('create-intent', intentNodes(order, known.value));
      if (answer.outcome !== 'done') return answer;
      if (!isRefusal(answer.value))
        return done({ invoiceId: String(answer.value.invoice?.id), operationId: String(answer.value.operation?.id) });
      if (answer.value.refused.errorCode !== 'DUPLICATE_VALUE') return judge(answer.value.refused);
      const holders = await client.queries(
        'read-collision',
        invoicesOfKeys(
          order.intentKey,
          order.lines.map((line) => line.lineKey),
        ),
      );
      return mapOutcome(holders, ({ byIntent, byLine }): IntentCollision => {
        const rows = new Map([...byIntent, ...byLine].map((row) => [String(row.Id), row]));
        return { collision: true, invoices: [...rows.values()].map(toInvoiceRecord) };
      });
    },

    async readInvoice({ invoiceId, asking }) {
      if (!isRecordId(invoiceId)) return notFound;
      const id = toId18(invoiceId);
      const [context, answer] = await Promise.all([
        companies.read(),
        client.queries<string>('read-invoice', {
          invoice: invoiceQuery(`Id = ${quote(id)}`),
          links: linksQuery(settings.companyKey, `Account__c IN (SELECT Account__c FROM Trueup_Invoice__c WHERE Id = ${quote(id)})`),
          ...(asking ? { access: accessQuery(asking.userId, id) } : {}),
        }),
      ]);
      if (context.outcome !== 'done') return context;
      if (answer.outcome !== 'done') return answer;
      const [invoice] = answer.value.invoice ?? [];
      if (!invoice) return notFound;
      return done({
        invoice: toInvoiceRecord(invoice),
        company: context.value,
        links: (answer.value.links ?? []).map(toLink),
        rights: asking ? rightsOf(asking.permissions, answer.value.access ?? []) : null,
      });
    },

    async findInvoice(by) {
      const where =
        'stripeInvoiceId' in by
          ? `Stripe_Invoice_Id__c = ${quote(by.stripeInvoiceId)}`
          : `QuickBooks_Invoice_Id__c = ${quote(by.quickbooksInvoiceId)} AND Company__r.External_Key__c = ${quote(settings.companyKey)}`;
      const answer = await client.queries('find-invoice', {
        found: `SELECT Id FROM Trueup_Invoice__c WHERE ${where} AND Loaded_From__c = null`,
      });
      return mapOutcome(answer, ({ found: [row] }) => (row ? { invoiceId: toId18(String(row.Id)) } : null));
    },

    async findSynced(recordIds) {
      const found: SyncedRecord[] = [];
      for (let start = 0; start < recordIds.length; start += IDS_A_QUERY) {
        const answer = await client.queries('find-synced', syncedQueries(settings.companyKey, recordIds.slice(start, start + IDS_A_QUERY)));
        if (answer.outcome !== 'done') return answer;
        found.push(...toSynced(answer.value));
      }
      return done(found);
    },

    async writeBack(write) {
      const known = await features();
      if (known.outcome !== 'done') return known;
      const answer = await client.graph('write-back', writeBackNodes(write, known.value, new Date().toISOString()));
      if (answer.outcome !== 'done') return answer;
      return isRefusal(answer.value) ? judge(answer.value.refused) : done(null);
    },

    async readCompany({ asking }) {
      const read = await companies.read();
      return mapOutcome(read, (company) => ({ company, rights: asking ? rightsOf(asking.permissions, []) : null }));
    },

    async listOpenInvoices({ cursor, paidSince }) {
      const where = `Company__r.External_Key__c = ${quote(settings.companyKey)} AND (Status__c IN ${CAN_STILL_CHANGE} OR LastModifiedDate >= ${new Date(paidSince).toISOString()}) AND Stripe_Invoice_Id__c != null AND Loaded_From__c = null${cursor ? ` AND Id > ${quote(cursor)}` : ''}`;
      const answer = await client.queries('list-open-invoices', { page: invoiceQuery(where, `ORDER BY Id LIMIT ${PAGE}`) });
      return mapOutcome(answer, ({ page }) => ({
        invoices: page.map(toInvoiceRecord),
        next: page.length === PAGE ? String(page.at(-1)?.Id) : null,
      }));
    },

    async listBriefly({ cursor }) {
      const answer = await client.queries('list-briefly', { page: briefQuery(settings.companyKey, cursor, MANY) });
      return mapOutcome(answer, ({ page }) => ({
        invoices: page.map(toInvoiceRecord),
        next: page.length === MANY ? String(page.at(-1)?.Id) : null,
      }));
    },

    async writeSyncRun(write) {
      const answer = await writeGraphs('write-sync-run', syncRunGraphs(write));
      return mapOutcome(answer, ({ run }) => ({ runId: String(run?.id) }));
    },

    async writeFreshness(write) {
      const answer = await client.graph('write-freshness', freshnessNodes(write));
      if (answer.outcome !== 'done') return answer;
      return isRefusal(answer.value) ? judge(answer.value.refused) : done(null);
    },

    async writeIssues({ companyId, issues }) {
      const answer = await writeGraphs('write-issues', inGraphs(issues.map((issue, index) => issueNode(issue, index, { companyId }))));
      return mapOutcome(answer, () => null);
    },

    async listOperations(invoiceId) {
      const answer = await client.queries('list-operations', { operations: operationsQuery(toId18(invoiceId)) });
      return mapOutcome(answer, ({ operations }) => operations.map(toAskedOperation));
    },

    async listUnfinishedOperations(before) {
      const answer = await client.queries('list-unfinished', {
        operations: `SELECT Id, Operation_Key__c, Kind__c, State__c, Invoice__c, Requested_At__c FROM Trueup_Operation__c
          WHERE State__c IN ('Accepted', 'Running', 'Waiting') AND Requested_At__c < ${new Date(before).toISOString()} ORDER BY Requested_At__c LIMIT 500`,
      });
      return mapOutcome(answer, ({ operations }) =>
        operations.map((row) => ({
          key: String(row.Operation_Key__c),
          kind: kindOf(row),
          state: stateOf(row),
          invoiceId: text(row, 'Invoice__c'),
          operationId: String(row.Id),
          requestedAt: String(row.Requested_At__c),
        })),
      );
    },
  };
}
