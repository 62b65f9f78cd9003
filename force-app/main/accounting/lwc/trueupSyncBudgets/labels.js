import ACT from '@salesforce/label/c.Trueup_Budget_Act';
import AS_OF from '@salesforce/label/c.Trueup_Budget_As_Of';
import CALLS from '@salesforce/label/c.Trueup_Budget_Calls';
import ENOUGH from '@salesforce/label/c.Trueup_Budget_Enough';
import LASTS_MONTH from '@salesforce/label/c.Trueup_Budget_Lasts_Month';
import LASTS_UNTIL from '@salesforce/label/c.Trueup_Budget_Lasts_Until';
import LOOK_AHEAD from '@salesforce/label/c.Trueup_Budget_Look_Ahead';
import NEW_MONTH from '@salesforce/label/c.Trueup_Budget_New_Month';
import OLD from '@salesforce/label/c.Trueup_Budget_Old';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import READS from '@salesforce/label/c.Trueup_Budget_Reads';
import SALESFORCE from '@salesforce/label/c.Trueup_Salesforce';
import TITLE from '@salesforce/label/c.Trueup_Budgets';
import UNKNOWN from '@salesforce/label/c.Trueup_Budgets_Unknown';
import USED_UP from '@salesforce/label/c.Trueup_Budget_Used_Up';

export const LABEL = {
  act: ACT,
  asOf: AS_OF,
  calls: CALLS,
  enough: ENOUGH,
  lastsMonth: LASTS_MONTH,
  lastsUntil: LASTS_UNTIL,
  lookAhead: LOOK_AHEAD,
  newMonth: NEW_MONTH,
  old: OLD,
  quickbooks: QUICKBOOKS,
  reads: READS,
  salesforce: SALESFORCE,
  title: TITLE,
  unknown: UNKNOWN,
  usedUp: USED_UP,
};
