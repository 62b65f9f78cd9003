import { LightningElement, api } from 'lwc';
import SUBTOTAL from '@salesforce/label/c.Trueup_Subtotal';
import TAX from '@salesforce/label/c.Trueup_Tax';
import TOTAL from '@salesforce/label/c.Trueup_Total';

const LIST = 'totals slds-list_horizontal slds-wrap';

/** The invoice's sums exactly as the functions computed them. */
export default class TrueupInvoiceTotals extends LightningElement {
  /** `{ subtotal, tax, total }`, each with a `display` text. */
  @api totals;

  /** Whether newer sums are on their way. */
  @api isPending = false;

  label = { subtotal: SUBTOTAL, tax: TAX, total: TOTAL };

  get listClass() {
    return this.isPending ? `${LIST} totals_pending` : LIST;
  }
}
