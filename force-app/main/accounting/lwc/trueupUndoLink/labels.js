import AGAIN from '@salesforce/label/c.Trueup_Undo_Link_Again';
import ASKED from '@salesforce/label/c.Trueup_Undo_Link_Asked';
import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import CONSEQUENCES from '@salesforce/label/c.Trueup_Undo_Link_Consequences';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import KEPT from '@salesforce/label/c.Trueup_Undo_Link_Kept';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NOT_UNDONE from '@salesforce/label/c.Trueup_Link_Not_Undone';
import TITLE from '@salesforce/label/c.Trueup_Undo_Link';
import UNDONE from '@salesforce/label/c.Trueup_Link_Undone';
import UNDONE_MESSAGE from '@salesforce/label/c.Trueup_Link_Undone_Message';

export const LABEL = {
  cancel: CANCEL,
  consequences: CONSEQUENCES,
  failed: FAILED,
  loading: LOADING,
  notUndone: NOT_UNDONE,
  title: TITLE,
  undone: UNDONE,
  undoneMessage: UNDONE_MESSAGE,
};

/** What undoing does, in the order in which it matters to the person. */
export const CONSEQUENCE_LIST = [ASKED, AGAIN, KEPT];
