import CALLS_QUICKBOOKS from '@salesforce/label/c.Trueup_Calls_QuickBooks';
import CALLS_SALESFORCE from '@salesforce/label/c.Trueup_Calls_Salesforce';
import CALLS_STRIPE from '@salesforce/label/c.Trueup_Calls_Stripe';
import CHANGED_DOCUMENTS from '@salesforce/label/c.Trueup_Changed_Documents';
import ENTRIES_BOOKED from '@salesforce/label/c.Trueup_Entries_Booked';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FINISHED from '@salesforce/label/c.Trueup_Finished';
import INVOICES_CHECKED from '@salesforce/label/c.Trueup_Invoices_Checked';
import ISSUES from '@salesforce/label/c.Trueup_Issues';
import ISSUES_HEADING from '@salesforce/label/c.Trueup_Issues_Heading';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NO_ISSUES from '@salesforce/label/c.Trueup_No_Issues';
import PAYMENTS_BOOKED from '@salesforce/label/c.Trueup_Payments_Booked';
import RECORDS_EXPECTED from '@salesforce/label/c.Trueup_Load_Expected';
import RECORDS_READ from '@salesforce/label/c.Trueup_Load_Read';
import RECORDS_REFUSED from '@salesforce/label/c.Trueup_Load_Refused';
import RECORDS_UNCHANGED from '@salesforce/label/c.Trueup_Load_Unchanged';
import RECORDS_WAITING from '@salesforce/label/c.Trueup_Load_Waiting';
import RECORDS_WRITTEN from '@salesforce/label/c.Trueup_Load_Written';
import REPORT from '@salesforce/label/c.Trueup_Report';
import STARTED from '@salesforce/label/c.Trueup_Started';
import STATUSES_CORRECTED from '@salesforce/label/c.Trueup_Statuses_Corrected';
import TITLE from '@salesforce/label/c.Trueup_Sync_Run';
import UNDER_WAY from '@salesforce/label/c.Trueup_Sync_Under_Way';

export const LABEL = {
  failed: FAILED,
  finished: FINISHED,
  issuesHeading: ISSUES_HEADING,
  loading: LOADING,
  noIssues: NO_ISSUES,
  report: REPORT,
  started: STARTED,
  title: TITLE,
  underWay: UNDER_WAY,
};

export const COUNT_LABEL = {
  recordsExpected: RECORDS_EXPECTED,
  recordsRead: RECORDS_READ,
  recordsWritten: RECORDS_WRITTEN,
  recordsUnchanged: RECORDS_UNCHANGED,
  recordsWaiting: RECORDS_WAITING,
  recordsRefused: RECORDS_REFUSED,
  invoicesChecked: INVOICES_CHECKED,
  paymentsBooked: PAYMENTS_BOOKED,
  entriesBooked: ENTRIES_BOOKED,
  statusesCorrected: STATUSES_CORRECTED,
  changedDocuments: CHANGED_DOCUMENTS,
  issues: ISSUES,
  callsSalesforce: CALLS_SALESFORCE,
  callsStripe: CALLS_STRIPE,
  callsQuickBooks: CALLS_QUICKBOOKS,
};
