import ISSUE_OBJECT from '@salesforce/schema/Trueup_Sync_Issue__c';
import OPERATION_OBJECT from '@salesforce/schema/Trueup_Operation__c';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

/** A sync does not look at these: Trueup closes them by itself, and so it is said when. */
const CLOSED_BY_ITSELF = { 'Webhooks Silent': LABEL.closesWithWebhooks, 'Calls Running Out': LABEL.closesWithCalls };

/** Of these a flow asked for the invoice: it is asked for once more. */
const ASKED_FOR = 'Not Issued';

/** Operations that stopped, by kind and fix, then open issues by cause; in each the newest first. */
export function groupsOf({ causes, issues, operations }) {
  return [...operationGroups(operations ?? []), ...issueGroups(causes ?? [], issues ?? [])];
}

function operationGroups(operations) {
  const groups = new Map();
  for (const operation of operations) {
    const key = `operation:${operation.Kind__c}:${operation.Fix__c ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return [...groups].map(([key, found]) => ({
    key,
    isOperation: true,
    isAskedFor: false,
    operationKind: found[0].Kind__c,
    title: formatLabel(LABEL.operationStopped, found[0].Kind__c),
    count: found.length,
    at: found[0].Finished_At__c,
    message: found[0].Problem__c,
    fix: found[0].Fix__c,
    records: found.map((operation) => recordOf(operation, OPERATION_OBJECT, operation.Problem__c, found[0].Problem__c)),
    operations: found,
  }));
}

function issueGroups(causes, issues) {
  return causes
    .map(({ cause, records }) => {
      const found = issues.filter((issue) => issue.Cause__c === cause);
      return {
        key: `issue:${cause}`,
        isOperation: false,
        isAskedFor: cause === ASKED_FOR,
        sourceIds: found.map((issue) => issue.Record_Id__c),
        closesByItself: CLOSED_BY_ITSELF[cause],
        title: cause ?? LABEL.causeUnknown,
        count: records,
        at: found[0]?.CreatedDate,
        message: found[0]?.Message__c,
        fix: found[0]?.Fix__c,
        records: found.map((issue) => recordOf(issue, ISSUE_OBJECT, issue.Message__c, found[0].Message__c)),
      };
    })
    .sort((one, other) => other.count - one.count);
}

/** What is said of the whole group already is not said again beside each record. */
function recordOf(record, { objectApiName }, message, saidAlready) {
  return {
    id: record.Id,
    objectApiName,
    text: record.Name,
    invoiceId: record.Invoice__c,
    invoiceText: record.Invoice__r?.Name,
    aboutId: record.Invoice__c ? undefined : record.Record_Id__c,
    message: message === saidAlready ? undefined : message,
  };
}
