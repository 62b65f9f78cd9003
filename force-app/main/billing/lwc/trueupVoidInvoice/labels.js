import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import CLOSE from '@salesforce/label/c.Trueup_Close';
import CONSEQUENCE_AGAIN from '@salesforce/label/c.Trueup_Void_Consequence_Again';
import CONSEQUENCE_BOOKS from '@salesforce/label/c.Trueup_Void_Consequence_Books';
import CONSEQUENCE_CUSTOMER from '@salesforce/label/c.Trueup_Void_Consequence_Customer';
import CONSEQUENCE_FINAL from '@salesforce/label/c.Trueup_Void_Consequence_Final';
import CONSEQUENCES from '@salesforce/label/c.Trueup_Void_Consequences';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import NOT_VOIDED from '@salesforce/label/c.Trueup_Not_Voided';
import REASON from '@salesforce/label/c.Trueup_Void_Reason';
import REASON_MISSING from '@salesforce/label/c.Trueup_Void_Reason_Missing';
import TITLE from '@salesforce/label/c.Trueup_Void_Invoice';
import VOIDED from '@salesforce/label/c.Trueup_Invoice_Voided';
import VOIDED_MESSAGE from '@salesforce/label/c.Trueup_Invoice_Voided_Message';

export const LABEL = {
  cancel: CANCEL,
  close: CLOSE,
  consequences: CONSEQUENCES,
  failed: FAILED,
  loading: LOADING,
  noReason: NO_REASON,
  notVoided: NOT_VOIDED,
  reason: REASON,
  reasonMissing: REASON_MISSING,
  title: TITLE,
  voided: VOIDED,
  voidedMessage: VOIDED_MESSAGE,
};

/** What voiding does, in the order in which it matters to the person. */
export const CONSEQUENCE_LIST = [CONSEQUENCE_CUSTOMER, CONSEQUENCE_BOOKS, CONSEQUENCE_AGAIN, CONSEQUENCE_FINAL];
