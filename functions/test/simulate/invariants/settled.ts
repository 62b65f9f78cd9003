import { type Simulation, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { heldInvoices } from './look.ts';

/** Nothing hangs: whatever could not be finished waits for a person, who sees it. */
export const settled: Invariant = {
  name: 'everything is settled or listed',
  check(simulation) {
    const { database } = simulation;
    const operations = rows(
      simulation,
      `SELECT Operation_Key__c, State__c, Problem__c FROM Trueup_Operation__c WHERE State__c IN ('Accepted', 'Running', 'Waiting')`,
    );
    const runs = rows(simulation, `SELECT Run_Key__c, State__c FROM Trueup_Sync_Run__c WHERE State__c IN ('Queued', 'Running')`);
    const dirty = [...database.inbox.objects.values()];
    const stuck = heldInvoices(simulation).filter(({ invoice }) => ['Queued', 'Issuing', 'Voiding'].includes(String(invoice['Status__c'])));
    const promised = [...simulation.intentions.asked].filter((id) => !isBilledOrListed(simulation, id));
    return [
      ...promised.map((id) => `a flow was promised the invoice of ${id}, which is neither there in full nor listed`),
      ...operations.map((row) => `operation ${String(row['Operation_Key__c'])} is ${String(row['State__c'])}`),
      ...runs.map((row) => `sync run ${String(row['Run_Key__c'])} is ${String(row['State__c'])}`),
      ...stuck.map(({ called, invoice }) => `invoice ${called} hangs: ${String(invoice['Problem__c'])}`),
      ...dirty.map((each) => `${each.kind} ${each.id} is ${each.parked ? 'parked, seen by nobody' : 'still dirty'}: ${each.reason ?? ''}`),
      ...[...database.jobs.values()]
        .filter((job) => job.state !== 'finished')
        .map((job) => `run ${job.id} is ${job.state}: ${job.error instanceof Error ? job.error.message : ''}`),
    ];
  },
};

/** All that was sold is on invoices, whatever became of them since, or a person is told why not. */
function isBilledOrListed(simulation: Simulation, dealId: string): boolean {
  const told = rows(simulation, `SELECT Id FROM Trueup_Sync_Issue__c WHERE Record_Id__c = '${dealId}' AND Cause__c = 'Not Issued' LIMIT 1`);
  if (told.length > 0) return true;
  const billed = rows(
    simulation,
    `SELECT Source_Line_Id__c, Quantity__c FROM Trueup_Invoice_Line__c WHERE Invoice__r.Source_Id__c = '${dealId}'`,
  );
  return rows(simulation, `SELECT Id, Quantity FROM OpportunityLineItem WHERE OpportunityId = '${dealId}'`).every(({ Id, Quantity }) => {
    const of = billed.filter((line) => line['Source_Line_Id__c'] === Id);
    return of.reduce((sum, line) => sum + Number(line['Quantity__c']), 0) >= Number(Quantity);
  });
}
