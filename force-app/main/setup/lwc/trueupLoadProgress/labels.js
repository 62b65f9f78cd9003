import CANCEL from '@salesforce/label/c.Trueup_Load_Cancel';
import CANCEL_AGAIN from '@salesforce/label/c.Trueup_Load_Cancel_Again';
import CANCEL_QUESTION from '@salesforce/label/c.Trueup_Load_Cancel_Question';
import CANCEL_STAYS from '@salesforce/label/c.Trueup_Load_Cancel_Stays';
import CAUSE from '@salesforce/label/c.Trueup_Load_Cause';
import CAUSES from '@salesforce/label/c.Trueup_Load_Causes';
import COUNT from '@salesforce/label/c.Trueup_Load_Count';
import EXAMPLES from '@salesforce/label/c.Trueup_Load_Examples';
import EXPECTED from '@salesforce/label/c.Trueup_Load_Expected';
import NOT_CONTROLLED from '@salesforce/label/c.Trueup_Load_Not_Controlled';
import RECORDS from '@salesforce/label/c.Trueup_Load_Object';
import OPEN_RUN from '@salesforce/label/c.Trueup_Load_Open_Run';
import PAUSE from '@salesforce/label/c.Trueup_Load_Pause';
import PROGRESS from '@salesforce/label/c.Trueup_Load_Progress';
import PROGRESS_HEADING from '@salesforce/label/c.Trueup_Load_Progress_Heading';
import PROGRESS_OF from '@salesforce/label/c.Trueup_Load_Progress_Of';
import READ from '@salesforce/label/c.Trueup_Load_Read';
import REFUSED from '@salesforce/label/c.Trueup_Load_Refused';
import REMAINING from '@salesforce/label/c.Trueup_Load_Remaining';
import REMAINING_UNKNOWN from '@salesforce/label/c.Trueup_Load_Remaining_Unknown';
import RESUME from '@salesforce/label/c.Trueup_Load_Resume';
import SPENT from '@salesforce/label/c.Trueup_Load_Spent';
import STATE_ATTENTION from '@salesforce/label/c.Trueup_Load_State_Attention';
import STATE_CANCELLED from '@salesforce/label/c.Trueup_Load_State_Cancelled';
import STATE_COMPLETED from '@salesforce/label/c.Trueup_Load_State_Completed';
import STATE_PAUSED from '@salesforce/label/c.Trueup_Load_State_Paused';
import STATE_PAUSING from '@salesforce/label/c.Trueup_Load_State_Pausing';
import STATE_RUNNING from '@salesforce/label/c.Trueup_Load_State_Running';
import UNCHANGED from '@salesforce/label/c.Trueup_Load_Unchanged';
import WAITING from '@salesforce/label/c.Trueup_Load_Waiting';
import WHAT_TO_DO from '@salesforce/label/c.Trueup_What_To_Do';
import WRITTEN from '@salesforce/label/c.Trueup_Load_Written';

export const LABEL = {
  cancel: CANCEL,
  cancelAgain: CANCEL_AGAIN,
  cancelQuestion: CANCEL_QUESTION,
  cancelStays: CANCEL_STAYS,
  cause: CAUSE,
  causes: CAUSES,
  count: COUNT,
  examples: EXAMPLES,
  expected: EXPECTED,
  notControlled: NOT_CONTROLLED,
  records: RECORDS,
  openRun: OPEN_RUN,
  pause: PAUSE,
  progress: PROGRESS,
  progressHeading: PROGRESS_HEADING,
  progressOf: PROGRESS_OF,
  read: READ,
  refused: REFUSED,
  remaining: REMAINING,
  remainingUnknown: REMAINING_UNKNOWN,
  resume: RESUME,
  spent: SPENT,
  unchanged: UNCHANGED,
  waiting: WAITING,
  written: WRITTEN,
  whatToDo: WHAT_TO_DO,
};

export const STATE = {
  running: { label: STATE_RUNNING },
  pausing: { label: STATE_PAUSING },
  paused: { label: STATE_PAUSED, theme: 'slds-theme_warning' },
  completed: { label: STATE_COMPLETED, theme: 'slds-theme_success' },
  cancelled: { label: STATE_CANCELLED },
  'needs-attention': { label: STATE_ATTENTION, theme: 'slds-theme_error' },
};
