import ABOUT_LINE from '@salesforce/label/c.Trueup_Field_Of_Line';
import EXISTING from '@salesforce/label/c.Trueup_Open_Existing_Invoice';
import FIX_ONE from '@salesforce/label/c.Trueup_Fix_One';
import FIX_SOME from '@salesforce/label/c.Trueup_Fix_Some';
import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';
import NOTE from '@salesforce/label/c.Trueup_Please_Note';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import SOURCE from '@salesforce/label/c.Trueup_Issue_From';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';

export const LABEL = {
  aboutLine: ABOUT_LINE,
  existing: EXISTING,
  fixOne: FIX_ONE,
  fixSome: FIX_SOME,
  noReason: NO_REASON,
  note: NOTE,
  quickbooks: QUICKBOOKS,
  source: SOURCE,
  stripe: STRIPE,
};
