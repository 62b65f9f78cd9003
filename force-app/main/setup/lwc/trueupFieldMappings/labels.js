import ACTIVATE from '@salesforce/label/c.Trueup_Mapping_Activate';
import ACTIVATE_MAPPING from '@salesforce/label/c.Trueup_Mapping_Activate_Named';
import ACTIVE from '@salesforce/label/c.Trueup_Mapping_Active';
import ALL_COMPANIES from '@salesforce/label/c.Trueup_Mapping_All_Companies';
import EDIT from '@salesforce/label/c.Trueup_Mapping_Edit';
import EDIT_MAPPING from '@salesforce/label/c.Trueup_Mapping_Edit_Named';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import GOOD from '@salesforce/label/c.Trueup_Mapping_Good';
import GROUP from '@salesforce/label/c.Trueup_Mapping_Group';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import MAPPINGS from '@salesforce/label/c.Trueup_Field_Mappings';
import NAME from '@salesforce/label/c.Trueup_Mapping_Name';
import NEEDS_ATTENTION from '@salesforce/label/c.Trueup_Mapping_Needs_Attention';
import NEW from '@salesforce/label/c.Trueup_Mapping_New';
import NONE from '@salesforce/label/c.Trueup_Mapping_None';
import NOT_CHECKED from '@salesforce/label/c.Trueup_Mapping_Not_Checked';
import NOT_SAVED from '@salesforce/label/c.Trueup_Mapping_Not_Saved';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import RETIRE from '@salesforce/label/c.Trueup_Mapping_Retire';
import RETIRED from '@salesforce/label/c.Trueup_Mapping_Retired';
import RETIRE_MAPPING from '@salesforce/label/c.Trueup_Mapping_Retire_Named';
import SAVED from '@salesforce/label/c.Trueup_Mapping_Saved';
import SAVING from '@salesforce/label/c.Trueup_Mapping_Saving';
import SOURCE from '@salesforce/label/c.Trueup_Mapping_Source';
import STATUS from '@salesforce/label/c.Trueup_Mapping_Status';
import TARGET_FIELD from '@salesforce/label/c.Trueup_Mapping_Target_Field';
import TRANSFORM from '@salesforce/label/c.Trueup_Mapping_Transform';
import TRY_AGAIN from '@salesforce/label/c.Trueup_Try_Again';
import UNKNOWN from '@salesforce/label/c.Trueup_Mapping_Unknown_End';
import WARNING from '@salesforce/label/c.Trueup_Mapping_Has_Warnings';

export const LABEL = {
  activate: ACTIVATE,
  activateMapping: ACTIVATE_MAPPING,
  active: ACTIVE,
  allCompanies: ALL_COMPANIES,
  edit: EDIT,
  editMapping: EDIT_MAPPING,
  failed: FAILED,
  good: GOOD,
  group: GROUP,
  loading: LOADING,
  mappings: MAPPINGS,
  name: NAME,
  needsAttention: NEEDS_ATTENTION,
  newMapping: NEW,
  noReason: NO_REASON,
  none: NONE,
  notChecked: NOT_CHECKED,
  notSaved: NOT_SAVED,
  retire: RETIRE,
  retireMapping: RETIRE_MAPPING,
  retired: RETIRED,
  saved: SAVED,
  saving: SAVING,
  source: SOURCE,
  status: STATUS,
  targetField: TARGET_FIELD,
  transform: TRANSFORM,
  tryAgain: TRY_AGAIN,
  unknown: UNKNOWN,
  warning: WARNING,
};
