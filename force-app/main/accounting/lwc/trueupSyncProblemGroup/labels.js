import NEWEST from '@salesforce/label/c.Trueup_Problem_Newest';
import NEWEST_LISTED from '@salesforce/label/c.Trueup_Newest_Listed';
import NOT_ALLOWED from '@salesforce/label/c.Trueup_Try_All_Not_Allowed';
import ASKING_AGAIN from '@salesforce/label/c.Trueup_Asking_Again';
import OPEN_RECORD from '@salesforce/label/c.Trueup_Open_Record';
import READING_AGAIN from '@salesforce/label/c.Trueup_Reading_Again';
import RECORDS from '@salesforce/label/c.Trueup_Records';
import SHOW_RECORDS from '@salesforce/label/c.Trueup_Show_Records';
import TRIED_OF from '@salesforce/label/c.Trueup_Tried_Of';
import TRY_ALL from '@salesforce/label/c.Trueup_Try_All_Again';
import TRY_ASKED from '@salesforce/label/c.Trueup_Try_All_Asked';
import TRY_ISSUES from '@salesforce/label/c.Trueup_Try_All_Issues';
import TRY_OPERATIONS from '@salesforce/label/c.Trueup_Try_All_Operations';
import WHAT_TO_DO from '@salesforce/label/c.Trueup_What_To_Do';

export const LABEL = {
  askingAgain: ASKING_AGAIN,
  newest: NEWEST,
  newestListed: NEWEST_LISTED,
  notAllowed: NOT_ALLOWED,
  openRecord: OPEN_RECORD,
  readingAgain: READING_AGAIN,
  records: RECORDS,
  showRecords: SHOW_RECORDS,
  triedOf: TRIED_OF,
  tryAll: TRY_ALL,
  tryAsked: TRY_ASKED,
  tryIssues: TRY_ISSUES,
  tryOperations: TRY_OPERATIONS,
  whatToDo: WHAT_TO_DO,
};
