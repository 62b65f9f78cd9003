import ATTENTION from '@salesforce/label/c.Trueup_Needs_Attention';
import BROKEN from '@salesforce/label/c.Trueup_Figure_Broken';
import CAPTION from '@salesforce/label/c.Trueup_Figures_Caption';
import DISPUTES from '@salesforce/label/c.Trueup_Disputes';
import INVOICES from '@salesforce/label/c.Trueup_Invoices';
import IN_FLIGHT from '@salesforce/label/c.Trueup_In_Flight';
import IN_STEP from '@salesforce/label/c.Trueup_In_Step';
import LINKS from '@salesforce/label/c.Trueup_Linked_Records';
import NONE from '@salesforce/label/c.Trueup_None_Of_These';
import NOT_BOOKED from '@salesforce/label/c.Trueup_Figure_Not_Booked';
import OPERATIONS from '@salesforce/label/c.Trueup_Operations';
import PAYMENTS from '@salesforce/label/c.Trueup_Payments';
import PAYOUTS from '@salesforce/label/c.Trueup_Payouts';
import RECORDS from '@salesforce/label/c.Trueup_Records';
import REFUNDS from '@salesforce/label/c.Trueup_Refunds';
import STOPPED from '@salesforce/label/c.Trueup_Figure_Stopped';
import TO_ANSWER from '@salesforce/label/c.Trueup_Figure_To_Answer';
import TO_DECIDE from '@salesforce/label/c.Trueup_Figure_To_Decide';
import WITH_ISSUE from '@salesforce/label/c.Trueup_Figure_With_Issue';

export const LABEL = { caption: CAPTION, none: NONE, records: RECORDS };

export const COLUMNS = [
  { key: 'in-step', label: IN_STEP },
  { key: 'under-way', label: IN_FLIGHT },
  { key: 'attention', label: ATTENTION },
];

export const ROW_LABEL = {
  Trueup_Invoice__c: INVOICES,
  Trueup_Payment__c: PAYMENTS,
  Trueup_Refund__c: REFUNDS,
  Trueup_Dispute__c: DISPUTES,
  Trueup_Payout__c: PAYOUTS,
  Trueup_Operation__c: OPERATIONS,
  Trueup_Link__c: LINKS,
};

/** What is the matter with the records of a list view that needs attention. */
export const MATTER = {
  'Trueup_Invoice__c.Needs_Attention': STOPPED,
  'Trueup_Sync_Issue__c.Open': WITH_ISSUE,
  'Trueup_Payment__c.Not_Booked': NOT_BOOKED,
  'Trueup_Refund__c.Not_Booked': NOT_BOOKED,
  'Trueup_Dispute__c.To_Answer': TO_ANSWER,
  'Trueup_Payout__c.Not_Booked': NOT_BOOKED,
  'Trueup_Operation__c.Needs_Attention': STOPPED,
  'Trueup_Link__c.Broken': BROKEN,
  'Trueup_Match_Review__c.Open': TO_DECIDE,
};
