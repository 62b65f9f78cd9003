import ACCOUNT from '@salesforce/label/c.Trueup_Conflict_Account';
import CHANGED_BACK from '@salesforce/label/c.Trueup_Conflict_Why_Back';
import CHANGED_BOTH from '@salesforce/label/c.Trueup_Conflict_Why_Both';
import CHANGED_THERE from '@salesforce/label/c.Trueup_Conflict_Why_There';
import CHOOSE from '@salesforce/label/c.Trueup_Conflict_Choose';
import CONFLICTS from '@salesforce/label/c.Trueup_Conflicts';
import DECIDED from '@salesforce/label/c.Trueup_Conflict_Decided';
import DECIDED_MANY from '@salesforce/label/c.Trueup_Conflict_Decided_Many';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FIELD from '@salesforce/label/c.Trueup_Conflict_Field';
import INTRO from '@salesforce/label/c.Trueup_Conflict_Intro';
import KEEP_ALL from '@salesforce/label/c.Trueup_Conflict_Keep_All';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import MORE from '@salesforce/label/c.Trueup_Conflict_More';
import NO_PART from '@salesforce/label/c.Trueup_Conflict_No_Part';
import NONE_OPEN from '@salesforce/label/c.Trueup_Conflict_None_Open';
import NOT_DECIDED from '@salesforce/label/c.Trueup_Conflict_Not_Decided';
import ON_ITS_WAY from '@salesforce/label/c.Trueup_Conflict_On_Its_Way';
import OPTION from '@salesforce/label/c.Trueup_Conflict_Option';
import QUICKBOOKS from '@salesforce/label/c.Trueup_Conflict_Quickbooks';
import SALESFORCE from '@salesforce/label/c.Trueup_Conflict_Salesforce';
import SAVE from '@salesforce/label/c.Trueup_Conflict_Save';
import STRIPE from '@salesforce/label/c.Trueup_Conflict_Stripe';
import UNKNOWN from '@salesforce/label/c.Trueup_Conflict_Why_Unknown';
import WHY from '@salesforce/label/c.Trueup_Conflict_Why';
import WORKING from '@salesforce/label/c.Trueup_Conflict_Working';

export const LABEL = {
  account: ACCOUNT,
  choose: CHOOSE,
  conflicts: CONFLICTS,
  decided: DECIDED,
  decidedMany: DECIDED_MANY,
  failed: FAILED,
  field: FIELD,
  intro: INTRO,
  keepAll: KEEP_ALL,
  loading: LOADING,
  more: MORE,
  noPart: NO_PART,
  noneOpen: NONE_OPEN,
  notDecided: NOT_DECIDED,
  onItsWay: ON_ITS_WAY,
  option: OPTION,
  quickbooks: QUICKBOOKS,
  salesforce: SALESFORCE,
  save: SAVE,
  stripe: STRIPE,
  why: WHY,
  working: WORKING,
};

/** By the value of Reason__c. */
export const WHY_OF = {
  'Changed There': CHANGED_THERE,
  'Changed On Both Sides': CHANGED_BOTH,
  'Unknown Who Changed': UNKNOWN,
  'Changed Back Again': CHANGED_BACK,
};
