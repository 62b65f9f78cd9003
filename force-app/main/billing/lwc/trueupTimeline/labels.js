import ALL from '@salesforce/label/c.Trueup_History_All';
import ATTENTION from '@salesforce/label/c.Trueup_History_Open';
import CALLS from '@salesforce/label/c.Trueup_History_Calls';
import CANCEL from '@salesforce/label/c.Trueup_Give_Up';
import DONE from '@salesforce/label/c.Trueup_History_State_Done';
import EMPTY from '@salesforce/label/c.Trueup_History_Empty';
import EVENTS from '@salesforce/label/c.Trueup_History_Events';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FAILED_STATE from '@salesforce/label/c.Trueup_History_State_Failed';
import GIVEN_UP from '@salesforce/label/c.Trueup_Given_Up';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NEXT_ATTEMPT from '@salesforce/label/c.Trueup_Next_Attempt';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import NOT_DONE from '@salesforce/label/c.Trueup_Not_Done';
import PEOPLE from '@salesforce/label/c.Trueup_History_People';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import REFRESH from '@salesforce/label/c.Trueup_Refresh';
import REPLAY from '@salesforce/label/c.Trueup_Read_Again';
import REPLAYED from '@salesforce/label/c.Trueup_Read_Again_Done';
import RETRIED from '@salesforce/label/c.Trueup_Tried_Again';
import RETRY from '@salesforce/label/c.Trueup_Try_Again';
import RUNNING from '@salesforce/label/c.Trueup_History_State_Running';
import SALESFORCE from '@salesforce/label/c.Trueup_Salesforce';
import SHOW from '@salesforce/label/c.Trueup_History_Show';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';
import TITLE from '@salesforce/label/c.Trueup_History';

export const LABEL = {
  attention: ATTENTION,
  cancel: CANCEL,
  empty: EMPTY,
  failed: FAILED,
  givenUp: GIVEN_UP,
  loading: LOADING,
  nextAttempt: NEXT_ATTEMPT,
  noReason: NO_REASON,
  notDone: NOT_DONE,
  refresh: REFRESH,
  replay: REPLAY,
  replayed: REPLAYED,
  retried: RETRIED,
  retry: RETRY,
  show: SHOW,
  title: TITLE,
};

export const STATE_LABEL = { done: DONE, running: RUNNING, failed: FAILED_STATE };

export const SYSTEM_LABEL = { salesforce: SALESFORCE, stripe: STRIPE, quickbooks: QUICKBOOKS, trueup: TITLE };

/** What can be shown alone. */
export const FILTERS = [
  { label: ALL, value: 'all' },
  { label: PEOPLE, value: 'person' },
  { label: CALLS, value: 'call' },
  { label: EVENTS, value: 'event' },
];
