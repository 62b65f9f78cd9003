import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import CALLS_QUICKBOOKS from '@salesforce/schema/Trueup_Sync_Run__c.Calls_QuickBooks__c';
import CALLS_SALESFORCE from '@salesforce/schema/Trueup_Sync_Run__c.Calls_Salesforce__c';
import CALLS_STRIPE from '@salesforce/schema/Trueup_Sync_Run__c.Calls_Stripe__c';
import CHANGED_DOCUMENTS from '@salesforce/schema/Trueup_Sync_Run__c.Changed_Documents__c';
import ENTRIES_BOOKED from '@salesforce/schema/Trueup_Sync_Run__c.Entries_Booked__c';
import FINISHED_AT from '@salesforce/schema/Trueup_Sync_Run__c.Finished_At__c';
import INVOICES_CHECKED from '@salesforce/schema/Trueup_Sync_Run__c.Invoices_Checked__c';
import ISSUES from '@salesforce/schema/Trueup_Sync_Run__c.Issues__c';
import KIND from '@salesforce/schema/Trueup_Sync_Run__c.Kind__c';
import PAYMENTS_BOOKED from '@salesforce/schema/Trueup_Sync_Run__c.Payments_Booked__c';
import RECORDS_EXPECTED from '@salesforce/schema/Trueup_Sync_Run__c.Records_Expected__c';
import RECORDS_READ from '@salesforce/schema/Trueup_Sync_Run__c.Records_Read__c';
import RECORDS_REFUSED from '@salesforce/schema/Trueup_Sync_Run__c.Records_Refused__c';
import RECORDS_UNCHANGED from '@salesforce/schema/Trueup_Sync_Run__c.Records_Unchanged__c';
import RECORDS_WAITING from '@salesforce/schema/Trueup_Sync_Run__c.Records_Waiting__c';
import RECORDS_WRITTEN from '@salesforce/schema/Trueup_Sync_Run__c.Records_Written__c';
import REPORT from '@salesforce/schema/Trueup_Sync_Run__c.Report__c';
import STARTED_AT from '@salesforce/schema/Trueup_Sync_Run__c.Started_At__c';
import STATE from '@salesforce/schema/Trueup_Sync_Run__c.State__c';
import STATUSES_CORRECTED from '@salesforce/schema/Trueup_Sync_Run__c.Statuses_Corrected__c';
import { COUNT_LABEL } from './labels';

export const FIELDS = [STATE];

/** Field-level security may hide any of these from the user. */
export const OPTIONAL_FIELDS = [
  CALLS_QUICKBOOKS,
  CALLS_SALESFORCE,
  CALLS_STRIPE,
  CHANGED_DOCUMENTS,
  ENTRIES_BOOKED,
  FINISHED_AT,
  INVOICES_CHECKED,
  ISSUES,
  KIND,
  PAYMENTS_BOOKED,
  RECORDS_EXPECTED,
  RECORDS_READ,
  RECORDS_REFUSED,
  RECORDS_UNCHANGED,
  RECORDS_WAITING,
  RECORDS_WRITTEN,
  REPORT,
  STARTED_AT,
  STATUSES_CORRECTED,
];

const COUNTS = [
  { key: 'recordsExpected', field: RECORDS_EXPECTED },
  { key: 'recordsRead', field: RECORDS_READ },
  { key: 'recordsWritten', field: RECORDS_WRITTEN },
  { key: 'recordsUnchanged', field: RECORDS_UNCHANGED },
  { key: 'recordsWaiting', field: RECORDS_WAITING },
  { key: 'recordsRefused', field: RECORDS_REFUSED },
  { key: 'invoicesChecked', field: INVOICES_CHECKED },
  { key: 'paymentsBooked', field: PAYMENTS_BOOKED },
  { key: 'entriesBooked', field: ENTRIES_BOOKED },
  { key: 'statusesCorrected', field: STATUSES_CORRECTED },
  { key: 'changedDocuments', field: CHANGED_DOCUMENTS },
  { key: 'issues', field: ISSUES },
  { key: 'callsSalesforce', field: CALLS_SALESFORCE },
  { key: 'callsStripe', field: CALLS_STRIPE },
  { key: 'callsQuickBooks', field: CALLS_QUICKBOOKS },
];

/** The run as the component shows it; counts that the user may not see or that are not there yet are absent. */
export function runOf(record) {
  const state = getFieldValue(record, STATE);
  return {
    state,
    stateLabel: getFieldDisplayValue(record, STATE) ?? state,
    // What waits for a person is in its report and in match reviews: a load has no issues.
    hasIssues: getFieldValue(record, KIND) !== 'First Load',
    isUnderWay: ['Queued', 'Running'].includes(state),
    startedAt: getFieldValue(record, STARTED_AT),
    finishedAt: getFieldValue(record, FINISHED_AT),
    report: getFieldValue(record, REPORT),
    counts: COUNTS.map(({ key, field }) => ({ key, label: COUNT_LABEL[key], value: getFieldValue(record, field) })).filter(
      ({ value }) => value !== undefined && value !== null,
    ),
  };
}
