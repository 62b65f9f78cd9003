import BILLED from '@salesforce/label/c.Trueup_Billed';
import BILLED_OF_ORDERED from '@salesforce/label/c.Trueup_Billed_Share';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import INVOICES from '@salesforce/label/c.Trueup_Invoices';
import LEFT from '@salesforce/label/c.Trueup_Left_To_Bill';
import LEFT_HELP from '@salesforce/label/c.Trueup_Left_Before_Tax';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NO_INVOICES from '@salesforce/label/c.Trueup_No_Invoices';
import OPEN from '@salesforce/label/c.Trueup_Open_Amount';
import OTHER_CURRENCIES from '@salesforce/label/c.Trueup_Other_Currencies';
import PAID from '@salesforce/label/c.Trueup_Paid';
import REFRESH from '@salesforce/label/c.Trueup_Refresh';
import RETRY from '@salesforce/label/c.Trueup_Try_Again';
import TITLE from '@salesforce/label/c.Trueup_Billing';

export const LABEL = {
  billed: BILLED,
  billedOfOrdered: BILLED_OF_ORDERED,
  failed: FAILED,
  invoices: INVOICES,
  left: LEFT,
  leftHelp: LEFT_HELP,
  loading: LOADING,
  noInvoices: NO_INVOICES,
  open: OPEN,
  otherCurrencies: OTHER_CURRENCIES,
  paid: PAID,
  refresh: REFRESH,
  retry: RETRY,
  title: TITLE,
};
