import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import CLOSE from '@salesforce/label/c.Trueup_Close';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import LAST_SENT from '@salesforce/label/c.Trueup_Last_Sent';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NO_EMAIL from '@salesforce/label/c.Trueup_Send_No_Email';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import NOT_SENT from '@salesforce/label/c.Trueup_Not_Sent';
import SEND from '@salesforce/label/c.Trueup_Send';
import SEND_TO from '@salesforce/label/c.Trueup_Send_To';
import SENT from '@salesforce/label/c.Trueup_Invoice_Sent';
import SENT_MESSAGE from '@salesforce/label/c.Trueup_Invoice_Sent_Message';
import TITLE from '@salesforce/label/c.Trueup_Send_Invoice';

export const LABEL = {
  cancel: CANCEL,
  close: CLOSE,
  failed: FAILED,
  lastSent: LAST_SENT,
  loading: LOADING,
  noEmail: NO_EMAIL,
  noReason: NO_REASON,
  notSent: NOT_SENT,
  send: SEND,
  sendTo: SEND_TO,
  sent: SENT,
  sentMessage: SENT_MESSAGE,
  title: TITLE,
};
