import ATTENTION from '@salesforce/label/c.Trueup_Operation_Needs_Attention';
import LOST from '@salesforce/label/c.Trueup_Operation_Lost';
import SLOW from '@salesforce/label/c.Trueup_Operation_Slow';
import WAITING from '@salesforce/label/c.Trueup_Operation_Waiting';
import PROGRESS from '@salesforce/label/c.Trueup_Progress';
import CHECKED from '@salesforce/label/c.Trueup_Step_Checked';
import CUSTOMER from '@salesforce/label/c.Trueup_Step_Customer';
import QUICKBOOKS from '@salesforce/label/c.Trueup_Step_QuickBooks';
import STRIPE from '@salesforce/label/c.Trueup_Step_Stripe';
import COMPARED from '@salesforce/label/c.Trueup_Step_Compared';
import WRITTEN_BACK from '@salesforce/label/c.Trueup_Step_Written_Back';
import SENT from '@salesforce/label/c.Trueup_Step_Sent';
import STEP_DONE from '@salesforce/label/c.Trueup_Step_State_Done';
import STEP_RUNNING from '@salesforce/label/c.Trueup_Step_State_Running';
import STEP_FAILED from '@salesforce/label/c.Trueup_Step_State_Failed';
import STEP_SKIPPED from '@salesforce/label/c.Trueup_Step_State_Skipped';
import STEP_TO_COME from '@salesforce/label/c.Trueup_Step_State_To_Come';

export const LABEL = {
  attention: ATTENTION,
  lost: LOST,
  progress: PROGRESS,
  slow: SLOW,
  waiting: WAITING,
};

/** Step names as the functions give them. */
export const STEP_LABEL = {
  checked: CHECKED,
  customer: CUSTOMER,
  quickbooks: QUICKBOOKS,
  stripe: STRIPE,
  compared: COMPARED,
  'written-back': WRITTEN_BACK,
  sent: SENT,
};

/** How each state of a step looks and is read out. */
export const STATE = {
  done: { icon: 'utility:success', variant: 'success', stateLabel: STEP_DONE },
  running: { icon: 'utility:spinner', stateLabel: STEP_RUNNING },
  failed: { icon: 'utility:error', variant: 'error', stateLabel: STEP_FAILED },
  skipped: { icon: 'utility:dash', stateLabel: STEP_SKIPPED },
  'to-come': { icon: 'utility:routing_offline', stateLabel: STEP_TO_COME },
};
