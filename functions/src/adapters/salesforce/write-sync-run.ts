import type { CompanyBudgets, FreshnessWrite, LoadedCounts, SyncCounts, SyncRunWrite } from '../../ports/records.ts';
import type { Subrequest } from './client.ts';
import { operationNode } from './write.ts';
import { at, given } from './write-fields.ts';
import { inGraphs, issueNode } from './write-issue.ts';

const countFields = (counts: SyncCounts) => ({
  Invoices_Checked__c: counts.invoicesChecked,
  Payments_Booked__c: counts.paymentsBooked,
  Entries_Booked__c: counts.entriesBooked,
  Statuses_Corrected__c: counts.statusesCorrected,
  Changed_Documents__c: counts.changedDocuments,
  Issues__c: counts.issues,
  Calls_Salesforce__c: counts.callsSalesforce,
  Calls_Stripe__c: counts.callsStripe,
  Calls_QuickBooks__c: counts.callsQuickbooks,
});

const loadedFields = ({ expected, read, written, unchanged, waiting, refused, calls }: LoadedCounts) => ({
  Records_Expected__c: expected,
  Records_Read__c: read,
  Records_Written__c: written,
  Records_Unchanged__c: unchanged,
  Records_Waiting__c: waiting,
  Records_Refused__c: refused,
  Calls_Salesforce__c: calls.salesforce,
  Calls_Stripe__c: calls.stripe,
  Calls_QuickBooks__c: calls.quickbooks,
});

/**
 * The graphs that write a run, one call each. Where its findings are too many for one, the run is there from the first on, and says how
 * it ended in the last: until then it is written again as a whole.
 */
export function syncRunGraphs(write: SyncRunWrite): Subrequest[][] {
  const run = (more: object): Subrequest => ({
    method: 'PATCH',
    path: at('Trueup_Sync_Run__c', 'Run_Key__c', write.key),
    referenceId: 'run',
    body: given({ Company__c: write.companyId, Kind__c: write.kind, ...more }),
  });
  const findings = inGraphs([
    ...write.issues.map((issue, index) => issueNode(issue, index, { companyId: write.companyId, syncRun: '@{run.id}' })),
    ...(write.resolved ?? []).map((key, index): Subrequest => ({
      method: 'PATCH',
      path: at('Trueup_Sync_Issue__c', 'Issue_Key__c', key),
      referenceId: `resolved${index}`,
      body: { Status__c: 'Resolved' },
    })),
  ]);
  const whole = run({
    State__c: write.state,
    Started_At__c: write.startedAt,
    Finished_At__c: write.finishedAt,
    Requested_By__c: write.requestedBy,
    Report__c: write.report?.slice(0, 32_000),
    ...(write.counts ? countFields(write.counts) : {}),
    ...(write.loaded ? loadedFields(write.loaded) : {}),
  });
  return [
    ...findings.slice(0, -1).map((nodes) => [run({}), ...nodes]),
    [
      whole,
      ...(findings.at(-1) ?? []),
      ...(write.operation ? [operationNode(write.operation, 'operation', { syncRun: '@{run.id}' })] : []),
      {
        // Three a run at most: pages that show runs follow it.
        method: 'POST',
        path: '/sobjects/Trueup_Billing_Event__e',
        referenceId: 'event',
        body: given({ Kind__c: 'run-sync', State__c: write.state, Operation_Id__c: write.operation ? '@{operation.id}' : undefined }),
      },
    ],
  ];
}

const budgetFields = ({ quickbooks, salesforce }: CompanyBudgets) => ({
  QuickBooks_Reads__c: quickbooks.used,
  QuickBooks_Reads_Allowed__c: quickbooks.allowed,
  QuickBooks_Reads_As_Of__c: quickbooks.asOf,
  QuickBooks_Reads_Last_Until__c: quickbooks.lastsUntil,
  ...(salesforce && {
    Salesforce_Calls__c: salesforce.used,
    Salesforce_Calls_Allowed__c: salesforce.allowed,
    Salesforce_Calls_As_Of__c: salesforce.asOf,
  }),
});

export function freshnessNodes({ companyId, stripeReadTo, quickbooksReadTo, budgets, issues }: FreshnessWrite): Subrequest[] {
  return [
    {
      method: 'PATCH',
      path: `/sobjects/Trueup_Company__c/${companyId}`,
      referenceId: 'company',
      body: { Stripe_Read_To__c: stripeReadTo, QuickBooks_Read_To__c: quickbooksReadTo, ...budgetFields(budgets) },
    },
    ...issues.map((issue, index) => issueNode(issue, index, { companyId })),
  ];
}
