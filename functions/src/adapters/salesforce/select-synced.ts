import type { SyncedRecord } from '../../ports/records.ts';
import type { Row } from './client.ts';
import { quote, quoteAll } from './soql.ts';
import { id18 } from './translate.ts';

type Found = 'invoices' | 'allocations' | 'links';

/** What of these ids is kept in step. An id of another object is no row of these: Salesforce finds nothing, without an error. */
export function syncedQueries(companyKey: string, recordIds: readonly string[]): Record<Found, string> {
  const ids = quoteAll(recordIds);
  const issued = (invoice: string) =>
    `${invoice}Company__r.External_Key__c = ${quote(companyKey)} AND ${invoice}Stripe_Invoice_Id__c != null AND ${invoice}Loaded_From__c = null`;
  return {
    invoices: `SELECT Id FROM Trueup_Invoice__c WHERE Id IN (${ids}) AND ${issued('')}`,
    allocations: `SELECT Payment__c, Invoice__c FROM Trueup_Allocation__c WHERE Payment__c IN (${ids}) AND ${issued('Invoice__r.')}`,
    links: `SELECT Account__c FROM Trueup_Link__c WHERE Account__c IN (${ids}) AND Status__c = 'Linked' AND Company__r.External_Key__c = ${quote(companyKey)}`,
  };
}

/** Each once, however many allocations or links lead to it. */
export function toSynced({ invoices, allocations, links }: Record<Found, Row[]>): SyncedRecord[] {
  const found = [
    ...invoices.map((row) => placed(row, 'Id', 'invoice', 'Id')),
    ...allocations.map((row) => placed(row, 'Payment__c', 'invoice', 'Invoice__c')),
    ...links.map((row) => placed(row, 'Account__c', 'account', 'Account__c')),
  ];
  return [...new Map(found.map((each) => [`${each.recordId} ${each.id}`, each])).values()];
}

const placed = (row: Row, asked: string, kind: SyncedRecord['kind'], of: string): SyncedRecord => ({
  recordId: id18(row, asked) ?? '',
  kind,
  id: id18(row, of) ?? '',
});
