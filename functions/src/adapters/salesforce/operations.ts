import { OPERATION_KIND_LABEL, OPERATION_STATE_LABEL, type OperationKind, type OperationState } from '../../domain/operation.ts';
import type { AskedOperation } from '../../domain/timeline.ts';
import type { Row } from './client.ts';
import { quote } from './soql.ts';
import { text } from './translate.ts';

/** What was asked of one invoice; more than a few is a flow that misfires, and the newest 200 tell enough. */
export const operationsQuery = (invoiceId: string): string => `
  SELECT Operation_Key__c, Kind__c, State__c, Requested_By__r.Name, Requested_At__c, Finished_At__c, Problem__c, Fix__c, Next_Attempt_At__c
  FROM Trueup_Operation__c WHERE Invoice__c = ${quote(invoiceId)} ORDER BY Requested_At__c DESC LIMIT 200`;

export function toAskedOperation(row: Row): AskedOperation {
  const by = row.Requested_By__r as { Name?: string } | null;
  return {
    key: String(row.Operation_Key__c),
    kind: kindOf(row),
    state: stateOf(row),
    requestedBy: by?.Name ?? null,
    requestedAt: instant(row, 'Requested_At__c') ?? '',
    finishedAt: instant(row, 'Finished_At__c'),
    problem: text(row, 'Problem__c'),
    fix: text(row, 'Fix__c'),
    nextAttemptAt: instant(row, 'Next_Attempt_At__c'),
  };
}

export const kindOf = (row: Row): OperationKind => named(OPERATION_KIND_LABEL, row.Kind__c);
export const stateOf = (row: Row): OperationState => named(OPERATION_STATE_LABEL, row.State__c);

function instant(row: Row, field: string): string | null {
  const value = text(row, field);
  return value === null ? null : new Date(value).toISOString();
}

function named<Name extends string>(labels: Record<Name, string>, label: unknown): Name {
  const found = (Object.keys(labels) as Name[]).find((name) => labels[name] === label);
  if (!found) throw new Error(`Salesforce holds the unknown value ${String(label)}`);
  return found;
}
