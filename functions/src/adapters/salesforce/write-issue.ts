import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Subrequest } from './client.ts';
import { at, given } from './write-fields.ts';

/** A finding for a person, the same one each time it is found. `syncRun`: the run that found it, where one did. */
export function issueNode(entry: SyncIssueWrite, index: number, of: { companyId: string; syncRun?: string }): Subrequest {
  return {
    method: 'PATCH',
    path: at('Trueup_Sync_Issue__c', 'Issue_Key__c', entry.key),
    referenceId: `issue${index}`,
    body: given({
      Company__c: of.companyId,
      Sync_Run__c: of.syncRun,
      Invoice__c: entry.invoiceId,
      Cause__c: entry.cause,
      Message__c: entry.message,
      Fix__c: entry.fix,
      Status__c: entry.resolved ? 'Resolved' : 'Open',
      Record_Id__c: entry.recordId,
    }),
  };
}
