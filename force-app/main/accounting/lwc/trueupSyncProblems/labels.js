import ALL_ISSUES from '@salesforce/label/c.Trueup_All_Open_Issues';
import ALL_OPERATIONS from '@salesforce/label/c.Trueup_All_Stopped_Operations';
import ASKED_AGAIN from '@salesforce/label/c.Trueup_Asked_Again';
import CAUSE_UNKNOWN from '@salesforce/label/c.Trueup_Cause_Unknown';
import CLOSES_WITH_CALLS from '@salesforce/label/c.Trueup_Closes_With_Calls';
import CLOSES_WITH_WEBHOOKS from '@salesforce/label/c.Trueup_Closes_By_Itself';
import FAILED from '@salesforce/label/c.Trueup_Tried_Failed';
import LEFT from '@salesforce/label/c.Trueup_Read_Again_Left';
import NONE from '@salesforce/label/c.Trueup_Problems_None';
import NOT_DONE from '@salesforce/label/c.Trueup_Not_Done';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import OPERATION_STOPPED from '@salesforce/label/c.Trueup_Operation_Stopped';
import READ_AGAIN from '@salesforce/label/c.Trueup_Read_Again_Result';
import SYNC_FAILED from '@salesforce/label/c.Trueup_Read_Again_Failed';
import SYNC_SLOW from '@salesforce/label/c.Trueup_Read_Again_Slow';
import TITLE from '@salesforce/label/c.Trueup_Problems';
import TRIED from '@salesforce/label/c.Trueup_Tried_Result';
import UNDER_WAY from '@salesforce/label/c.Trueup_Tried_Under_Way';

export const LABEL = {
  allIssues: ALL_ISSUES,
  allOperations: ALL_OPERATIONS,
  askedAgain: ASKED_AGAIN,
  causeUnknown: CAUSE_UNKNOWN,
  closesWithCalls: CLOSES_WITH_CALLS,
  closesWithWebhooks: CLOSES_WITH_WEBHOOKS,
  failed: FAILED,
  left: LEFT,
  noReason: NO_REASON,
  none: NONE,
  notDone: NOT_DONE,
  operationStopped: OPERATION_STOPPED,
  readAgain: READ_AGAIN,
  syncFailed: SYNC_FAILED,
  syncSlow: SYNC_SLOW,
  title: TITLE,
  tried: TRIED,
  underWay: UNDER_WAY,
};
