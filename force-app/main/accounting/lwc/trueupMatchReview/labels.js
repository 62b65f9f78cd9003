import ACCOUNT from '@salesforce/label/c.Trueup_Match_Account';
import ADDRESS from '@salesforce/label/c.Trueup_Match_Address';
import ALIKE from '@salesforce/label/c.Trueup_Match_Alike';
import ALREADY_SAID from '@salesforce/label/c.Trueup_Match_Already_Said';
import CANDIDATE from '@salesforce/label/c.Trueup_Match_Candidate';
import CHOICE_CREATE from '@salesforce/label/c.Trueup_Match_Choice_Create';
import CHOICE_LINK from '@salesforce/label/c.Trueup_Match_Choice_Link';
import CHOICE_NOT_SAME from '@salesforce/label/c.Trueup_Match_Choice_Not_Same';
import CHOICE_UNDO from '@salesforce/label/c.Trueup_Match_Choice_Undo';
import COMPARED from '@salesforce/label/c.Trueup_Match_Compared';
import CONFIRM_CREATE from '@salesforce/label/c.Trueup_Match_Confirm_Create';
import CONFIRM_LINK from '@salesforce/label/c.Trueup_Match_Confirm_Link';
import CONFIRM_NOT_SAME from '@salesforce/label/c.Trueup_Match_Confirm_Not_Same';
import CONFIRM_UNDO from '@salesforce/label/c.Trueup_Match_Confirm_Undo';
import DECIDED from '@salesforce/label/c.Trueup_Match_Decided';
import DIFFERENT from '@salesforce/label/c.Trueup_Match_Different';
import EMAIL from '@salesforce/label/c.Trueup_Match_Email';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FIELD from '@salesforce/label/c.Trueup_Match_Field';
import INACTIVE from '@salesforce/label/c.Trueup_Match_Inactive';
import LINKED_TO from '@salesforce/label/c.Trueup_Match_Linked_To';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NAME from '@salesforce/label/c.Trueup_Match_Name';
import NOTHING_GIVEN from '@salesforce/label/c.Trueup_Match_Nothing_Given';
import NOT_ALLOWED from '@salesforce/label/c.Trueup_Match_Not_Allowed';
import NOT_DECIDED from '@salesforce/label/c.Trueup_Match_Not_Decided';
import NO_CANDIDATES from '@salesforce/label/c.Trueup_Match_No_Candidates';
import PHONE from '@salesforce/label/c.Trueup_Match_Phone';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import REASONS from '@salesforce/label/c.Trueup_Match_Reasons';
import REOPENED from '@salesforce/label/c.Trueup_Match_Reopened';
import RESOLVED from '@salesforce/label/c.Trueup_Match_Resolved';
import REVIEW from '@salesforce/label/c.Trueup_Match_Review';
import SAME from '@salesforce/label/c.Trueup_Match_Same';
import SCORE from '@salesforce/label/c.Trueup_Match_Score';
import SCORE_LABEL from '@salesforce/label/c.Trueup_Match_Score_Label';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';
import UNKNOWN from '@salesforce/label/c.Trueup_Match_Unknown';
import UNREADABLE from '@salesforce/label/c.Trueup_Match_Unreadable';
import WHY from '@salesforce/label/c.Trueup_Match_Why';
import WILL_BE_ASKED from '@salesforce/label/c.Trueup_Match_Will_Be_Asked';
import WILL_CREATE from '@salesforce/label/c.Trueup_Match_Will_Create';
import WILL_CREATE_LATER from '@salesforce/label/c.Trueup_Match_Will_Create_Later';
import WILL_FORGET from '@salesforce/label/c.Trueup_Match_Will_Forget';
import WILL_KEEP from '@salesforce/label/c.Trueup_Match_Will_Keep';
import WILL_LINK from '@salesforce/label/c.Trueup_Match_Will_Link';
import WILL_NOT_OFFER from '@salesforce/label/c.Trueup_Match_Will_Not_Offer';
import WILL_UNDO from '@salesforce/label/c.Trueup_Match_Will_Undo';
import WILL_UNLINK from '@salesforce/label/c.Trueup_Match_Will_Unlink';

export const LABEL = {
  account: ACCOUNT,
  alreadySaid: ALREADY_SAID,
  candidate: CANDIDATE,
  choiceCreate: CHOICE_CREATE,
  choiceLink: CHOICE_LINK,
  choiceNotSame: CHOICE_NOT_SAME,
  choiceUndo: CHOICE_UNDO,
  compared: COMPARED,
  confirmCreate: CONFIRM_CREATE,
  confirmLink: CONFIRM_LINK,
  confirmNotSame: CONFIRM_NOT_SAME,
  confirmUndo: CONFIRM_UNDO,
  decided: DECIDED,
  failed: FAILED,
  field: FIELD,
  inactive: INACTIVE,
  linkedTo: LINKED_TO,
  loading: LOADING,
  nothingGiven: NOTHING_GIVEN,
  notAllowed: NOT_ALLOWED,
  notDecided: NOT_DECIDED,
  noCandidates: NO_CANDIDATES,
  reasons: REASONS,
  reopened: REOPENED,
  resolved: RESOLVED,
  review: REVIEW,
  score: SCORE,
  scoreLabel: SCORE_LABEL,
  unreadable: UNREADABLE,
  why: WHY,
  willBeAsked: WILL_BE_ASKED,
  willCreate: WILL_CREATE,
  willCreateLater: WILL_CREATE_LATER,
  willForget: WILL_FORGET,
  willKeep: WILL_KEEP,
  willLink: WILL_LINK,
  willNotOffer: WILL_NOT_OFFER,
  willUndo: WILL_UNDO,
  willUnlink: WILL_UNLINK,
};

export const FIELD_LABEL = { name: NAME, email: EMAIL, phone: PHONE, address: ADDRESS };

export const MARK_LABEL = { same: SAME, alike: ALIKE, different: DIFFERENT, unknown: UNKNOWN };

export const SYSTEM_LABEL = { Stripe: STRIPE, QuickBooks: QUICKBOOKS };
