import BEST from '@salesforce/label/c.Trueup_Match_Best';
import CANDIDATE from '@salesforce/label/c.Trueup_Match_Candidate';
import CHOICE_CREATE_ALL from '@salesforce/label/c.Trueup_Match_Choice_Create_All';
import CHOICE_LINK_ALL from '@salesforce/label/c.Trueup_Match_Choice_Link_All';
import CHOOSE from '@salesforce/label/c.Trueup_Match_Choose';
import CHOOSE_ALL from '@salesforce/label/c.Trueup_Match_Choose_All';
import CONFIRM_CREATE_ALL from '@salesforce/label/c.Trueup_Match_Confirm_Create_All';
import CONFIRM_CREATE_ANY from '@salesforce/label/c.Trueup_Match_Confirm_Create_Any';
import CONFIRM_LINK_ALL from '@salesforce/label/c.Trueup_Match_Confirm_Link_All';
import DECIDED from '@salesforce/label/c.Trueup_Match_Decided';
import DECIDED_MANY from '@salesforce/label/c.Trueup_Match_Decided_Many';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import MORE from '@salesforce/label/c.Trueup_Match_More';
import NOBODY from '@salesforce/label/c.Trueup_Match_Nobody';
import NONE_OPEN from '@salesforce/label/c.Trueup_Match_None_Open';
import NOT_DECIDED from '@salesforce/label/c.Trueup_Match_Not_Decided';
import RECORD from '@salesforce/label/c.Trueup_Match_Record';
import REVIEWS from '@salesforce/label/c.Trueup_Match_Reviews';
import SCORE from '@salesforce/label/c.Trueup_Match_Score';
import SCORE_LABEL from '@salesforce/label/c.Trueup_Match_Score_Label';
import SELLS from '@salesforce/label/c.Trueup_Match_Sells';
import SYSTEM from '@salesforce/label/c.Trueup_Match_System';
import UNREADABLE_ROW from '@salesforce/label/c.Trueup_Match_Unreadable_Row';
import WHY from '@salesforce/label/c.Trueup_Match_Asked_Because';
import WILL_CREATE_PRODUCT_ROW from '@salesforce/label/c.Trueup_Match_Will_Create_Product_Row';
import WILL_CREATE_ROW from '@salesforce/label/c.Trueup_Match_Will_Create_Row';
import WILL_LINK_ROW from '@salesforce/label/c.Trueup_Match_Will_Link_Row';
import WILL_SELL_ROW from '@salesforce/label/c.Trueup_Match_Will_Sell_Row';
import WORKING from '@salesforce/label/c.Trueup_Match_Working';

export const LABEL = {
  best: BEST,
  candidate: CANDIDATE,
  choiceCreateAll: CHOICE_CREATE_ALL,
  choiceLinkAll: CHOICE_LINK_ALL,
  choose: CHOOSE,
  chooseAll: CHOOSE_ALL,
  confirmCreateAll: CONFIRM_CREATE_ALL,
  confirmCreateAny: CONFIRM_CREATE_ANY,
  confirmLinkAll: CONFIRM_LINK_ALL,
  decided: DECIDED,
  decidedMany: DECIDED_MANY,
  failed: FAILED,
  loading: LOADING,
  more: MORE,
  nobody: NOBODY,
  noneOpen: NONE_OPEN,
  notDecided: NOT_DECIDED,
  record: RECORD,
  reviews: REVIEWS,
  score: SCORE,
  scoreLabel: SCORE_LABEL,
  sells: SELLS,
  system: SYSTEM,
  unreadableRow: UNREADABLE_ROW,
  why: WHY,
  willCreateProductRow: WILL_CREATE_PRODUCT_ROW,
  willCreateRow: WILL_CREATE_ROW,
  willLinkRow: WILL_LINK_ROW,
  willSellRow: WILL_SELL_ROW,
  working: WORKING,
};
