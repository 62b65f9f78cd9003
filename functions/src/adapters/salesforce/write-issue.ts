import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Subrequest } from './client.ts';
import { at, given } from './write-fields.ts';

/**
 * A graph takes 500 nodes; some are left for what goes with the findings.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_graph_limits.htm
 */
const MOST_NODES = 400;

export const inGraphs = (nodes: Subrequest[]): Subrequest[][] =>
  Array.from({ length: Math.ceil(nodes.length / MOST_NODES) }, (_, n) => nodes.slice(n * MOST_NODES, (n + 1) * MOST_NODES));

/** A finding for a person, the same one each time it is found. `syncRun`: the run that found it, where one did. */
export function issueNode(entry: SyncIssueWrite, index: number, of: { companyId: string; syncRun?: string }): Subrequest {
  return {
    method: 'PATCH',
    path: at('Trueup_Sync_Issue__c', 'Issue_Key__c', entry.key),
    referenceId: `issue${index}`,
    body: given({
      Sync_Run__c: of.syncRun,
      ...(entry.written ? {} : factsOf(entry, of)),
    }),
  };
}

function factsOf(entry: SyncIssueWrite, of: { companyId: string }): Record<string, unknown> {
  return {
    Company__c: of.companyId,
    Invoice__c: entry.invoiceId,
    Cause__c: entry.cause,
    Message__c: entry.message,
    Fix__c: entry.fix,
    Status__c: entry.resolved ? 'Resolved' : 'Open',
    Record_Id__c: entry.recordId,
  };
}
