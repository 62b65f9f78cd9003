import AFTER from '@salesforce/label/c.Trueup_Mapping_After';
import BEFORE from '@salesforce/label/c.Trueup_Mapping_Before';
import CHANGED from '@salesforce/label/c.Trueup_Mapping_Changed';
import FIELD from '@salesforce/label/c.Trueup_Mapping_Payload_Field';
import INVOICE from '@salesforce/label/c.Trueup_Mapping_Preview_Invoice';
import NOTHING from '@salesforce/label/c.Trueup_Mapping_Nothing';
import NOTHING_CHANGES from '@salesforce/label/c.Trueup_Mapping_Nothing_Changes';
import NO_INVOICES from '@salesforce/label/c.Trueup_Mapping_No_Invoices';
import ONLY_CHANGES from '@salesforce/label/c.Trueup_Mapping_Only_Changes';
import PREVIEW from '@salesforce/label/c.Trueup_Mapping_Preview';
import STOPPED from '@salesforce/label/c.Trueup_Mapping_Would_Stop';

export const LABEL = {
  after: AFTER,
  before: BEFORE,
  changed: CHANGED,
  field: FIELD,
  invoice: INVOICE,
  noInvoices: NO_INVOICES,
  nothing: NOTHING,
  nothingChanges: NOTHING_CHANGES,
  onlyChanges: ONLY_CHANGES,
  preview: PREVIEW,
  stopped: STOPPED,
};
