import AMOUNT_DUE from '@salesforce/label/c.Trueup_Amount_Due';
import CREDITED from '@salesforce/label/c.Trueup_Credited';
import DUE_DATE from '@salesforce/label/c.Trueup_Due_Date';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FRESHNESS from '@salesforce/label/c.Trueup_Freshness';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NEW_TAB from '@salesforce/label/c.Trueup_New_Tab';
import NOT_YET from '@salesforce/label/c.Trueup_Not_Yet';
import OPEN_IN from '@salesforce/label/c.Trueup_Open_In';
import OPEN_PDF from '@salesforce/label/c.Trueup_Open_PDF';
import PAID from '@salesforce/label/c.Trueup_Paid';
import PAY_LINK from '@salesforce/label/c.Trueup_Pay_Link';
import PAY_PAGE from '@salesforce/label/c.Trueup_Pay_Page';
import PROBLEM from '@salesforce/label/c.Trueup_Invoice_Problem';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import SALESFORCE from '@salesforce/label/c.Trueup_Salesforce';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';
import TITLE from '@salesforce/label/c.Trueup_Invoice_Status';
import TOTAL from '@salesforce/label/c.Trueup_Total';

export const LABEL = {
  amountDue: AMOUNT_DUE,
  credited: CREDITED,
  dueDate: DUE_DATE,
  failed: FAILED,
  freshness: FRESHNESS,
  loading: LOADING,
  newTab: NEW_TAB,
  notYet: NOT_YET,
  openIn: OPEN_IN,
  openPdf: OPEN_PDF,
  paid: PAID,
  payLink: PAY_LINK,
  payPage: PAY_PAGE,
  problem: PROBLEM,
  quickbooks: QUICKBOOKS,
  salesforce: SALESFORCE,
  stripe: STRIPE,
  title: TITLE,
  total: TOTAL,
};
