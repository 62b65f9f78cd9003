import CALLS_QUICKBOOKS from '@salesforce/label/c.Trueup_Calls_QuickBooks';
import CALLS_SALESFORCE from '@salesforce/label/c.Trueup_Calls_Salesforce';
import CALLS_STRIPE from '@salesforce/label/c.Trueup_Calls_Stripe';
import DURATION from '@salesforce/label/c.Trueup_Duration';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import INVOICES_CHECKED from '@salesforce/label/c.Trueup_Invoices_Checked';
import ISSUES from '@salesforce/label/c.Trueup_Issues';
import LAST_RUNS from '@salesforce/label/c.Trueup_Last_Runs';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import NO_RUNS from '@salesforce/label/c.Trueup_No_Runs';
import NOT_ALLOWED from '@salesforce/label/c.Trueup_Run_Sync_Not_Allowed';
import NOT_STARTED from '@salesforce/label/c.Trueup_Sync_Not_Started';
import PAYMENTS_BOOKED from '@salesforce/label/c.Trueup_Payments_Booked';
import REPORT from '@salesforce/label/c.Trueup_Report';
import REPORT_OF from '@salesforce/label/c.Trueup_Report_Of';
import RUN from '@salesforce/label/c.Trueup_Run';
import RUN_NOW from '@salesforce/label/c.Trueup_Run_Sync_Now';
import SPENT from '@salesforce/label/c.Trueup_Spent';
import STARTED from '@salesforce/label/c.Trueup_Started';
import STATE from '@salesforce/label/c.Trueup_State';
import STATUSES_CORRECTED from '@salesforce/label/c.Trueup_Statuses_Corrected';
import SYNC_STARTED from '@salesforce/label/c.Trueup_Sync_Started';
import SYNC_STARTED_MESSAGE from '@salesforce/label/c.Trueup_Sync_Started_Message';
import TITLE from '@salesforce/label/c.Trueup_Sync';
import UNDER_WAY from '@salesforce/label/c.Trueup_Sync_Under_Way';
import USUAL_DURATION from '@salesforce/label/c.Trueup_Usual_Duration';

export const LABEL = {
  callsQuickBooks: CALLS_QUICKBOOKS,
  callsSalesforce: CALLS_SALESFORCE,
  callsStripe: CALLS_STRIPE,
  duration: DURATION,
  failed: FAILED,
  invoicesChecked: INVOICES_CHECKED,
  issues: ISSUES,
  lastRuns: LAST_RUNS,
  loading: LOADING,
  noReason: NO_REASON,
  noRuns: NO_RUNS,
  notAllowed: NOT_ALLOWED,
  notStarted: NOT_STARTED,
  paymentsBooked: PAYMENTS_BOOKED,
  report: REPORT,
  reportOf: REPORT_OF,
  run: RUN,
  runNow: RUN_NOW,
  spent: SPENT,
  started: STARTED,
  state: STATE,
  statusesCorrected: STATUSES_CORRECTED,
  syncStarted: SYNC_STARTED,
  syncStartedMessage: SYNC_STARTED_MESSAGE,
  title: TITLE,
  underWay: UNDER_WAY,
  usualDuration: USUAL_DURATION,
};
