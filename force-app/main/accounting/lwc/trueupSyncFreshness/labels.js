import BEHIND from '@salesforce/label/c.Trueup_Read_Behind';
import BEHIND_WHY from '@salesforce/label/c.Trueup_Read_Behind_Why';
import CURRENT from '@salesforce/label/c.Trueup_Read_Current';
import NEVER from '@salesforce/label/c.Trueup_Read_Never';
import NEVER_WHY from '@salesforce/label/c.Trueup_Read_Never_Why';
import NOT_CONNECTED from '@salesforce/label/c.Trueup_Not_Connected';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import READ_UP_TO from '@salesforce/label/c.Trueup_Read_Up_To';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';
import WARNING from '@salesforce/label/c.Trueup_Warning';

export const LABEL = {
  behind: BEHIND,
  behindWhy: BEHIND_WHY,
  current: CURRENT,
  never: NEVER,
  neverWhy: NEVER_WHY,
  notConnected: NOT_CONNECTED,
  readUpTo: READ_UP_TO,
  warning: WARNING,
};

export const SYSTEM_LABEL = { stripe: STRIPE, quickbooks: QUICKBOOKS };
