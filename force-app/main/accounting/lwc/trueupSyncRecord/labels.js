import ACCOUNT from '@salesforce/label/c.Trueup_Sync_Record_Account';
import ASKED from '@salesforce/label/c.Trueup_Sync_Record_Asked';
import ASKED_MESSAGE from '@salesforce/label/c.Trueup_Sync_Record_Asked_Message';
import CANCEL from '@salesforce/label/c.Trueup_Cancel';
import INVOICE from '@salesforce/label/c.Trueup_Sync_Record_Explained';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NOT_ASKED from '@salesforce/label/c.Trueup_Sync_Record_Not_Asked';
import TITLE from '@salesforce/label/c.Trueup_Sync_Record';

export const LABEL = {
  asked: ASKED,
  askedMessage: ASKED_MESSAGE,
  cancel: CANCEL,
  failed: FAILED,
  loading: LOADING,
  notAsked: NOT_ASKED,
  title: TITLE,
};

/** What asking means, by object. */
export const EXPLAINED = { account: ACCOUNT, invoice: INVOICE };
