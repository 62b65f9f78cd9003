import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import CHECKED from '@salesforce/label/c.Trueup_Mapping_Checked';
import CHECKED_GOOD from '@salesforce/label/c.Trueup_Mapping_Checked_Good';
import CHECKING from '@salesforce/label/c.Trueup_Mapping_Checking';
import COPIED from '@salesforce/label/c.Trueup_Copied';
import COPY from '@salesforce/label/c.Trueup_Mapping_Copy_Source';
import DOWNLOAD from '@salesforce/label/c.Trueup_Mapping_Download_Source';
import EDIT_NAMED from '@salesforce/label/c.Trueup_Mapping_Edit_Named';
import EXPORT_HEADING from '@salesforce/label/c.Trueup_Mapping_Export';
import EXPORT_HELP from '@salesforce/label/c.Trueup_Mapping_Export_Help';
import INCOMPLETE from '@salesforce/label/c.Trueup_Mapping_Incomplete';
import MAY_NOT from '@salesforce/label/c.Trueup_Mapping_May_Not';
import NEW from '@salesforce/label/c.Trueup_Mapping_New';
import NOT_CHECKED from '@salesforce/label/c.Trueup_Mapping_Not_Checked';
import NOT_SAVED from '@salesforce/label/c.Trueup_Mapping_Not_Saved';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import PROBLEMS from '@salesforce/label/c.Trueup_Mapping_Problems';
import SAVE from '@salesforce/label/c.Trueup_Mapping_Save';
import SAVED from '@salesforce/label/c.Trueup_Mapping_Saved';
import SAVING from '@salesforce/label/c.Trueup_Mapping_Saving';
import SELECT_AND_COPY from '@salesforce/label/c.Trueup_Select_And_Copy';
import SHOW_SOURCE from '@salesforce/label/c.Trueup_Mapping_Show_Source';
import TRY_AGAIN from '@salesforce/label/c.Trueup_Try_Again';
import UNKNOWN from '@salesforce/label/c.Trueup_Mapping_Unknown_End';

export const LABEL = {
  cancel: CANCEL,
  checked: CHECKED,
  checkedGood: CHECKED_GOOD,
  checking: CHECKING,
  copied: COPIED,
  copy: COPY,
  download: DOWNLOAD,
  editNamed: EDIT_NAMED,
  exportHeading: EXPORT_HEADING,
  exportHelp: EXPORT_HELP,
  incomplete: INCOMPLETE,
  mayNot: MAY_NOT,
  newMapping: NEW,
  noReason: NO_REASON,
  notChecked: NOT_CHECKED,
  notSaved: NOT_SAVED,
  problems: PROBLEMS,
  save: SAVE,
  saved: SAVED,
  saving: SAVING,
  selectAndCopy: SELECT_AND_COPY,
  showSource: SHOW_SOURCE,
  tryAgain: TRY_AGAIN,
  unknown: UNKNOWN,
};
