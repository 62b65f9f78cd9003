import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import CHECK_FAILED from '@salesforce/label/c.Trueup_Check_Failed';
import CHECKING from '@salesforce/label/c.Trueup_Checking';
import CLOSE from '@salesforce/label/c.Trueup_Close';
import COMPENSATED from '@salesforce/label/c.Trueup_Operation_Compensated';
import COMPLETE_LINES from '@salesforce/label/c.Trueup_Complete_Lines';
import FIX_ONE from '@salesforce/label/c.Trueup_Fix_One';
import FIX_SOME from '@salesforce/label/c.Trueup_Fix_Some';
import ISSUE from '@salesforce/label/c.Trueup_Issue';
import ISSUED from '@salesforce/label/c.Trueup_Invoice_Issued';
import ISSUED_MESSAGE from '@salesforce/label/c.Trueup_Invoice_Issued_Message';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NOT_ISSUED from '@salesforce/label/c.Trueup_Not_Issued';
import OPEN_INVOICE from '@salesforce/label/c.Trueup_Open_Invoice';
import RETRY from '@salesforce/label/c.Trueup_Try_Again';
import TITLE from '@salesforce/label/c.Trueup_Issue_Invoice';

export const LABEL = {
  cancel: CANCEL,
  checkFailed: CHECK_FAILED,
  checking: CHECKING,
  close: CLOSE,
  compensated: COMPENSATED,
  completeLines: COMPLETE_LINES,
  fixOne: FIX_ONE,
  fixSome: FIX_SOME,
  issue: ISSUE,
  issued: ISSUED,
  issuedMessage: ISSUED_MESSAGE,
  loading: LOADING,
  notIssued: NOT_ISSUED,
  openInvoice: OPEN_INVOICE,
  retry: RETRY,
  title: TITLE,
};
