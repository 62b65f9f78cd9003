import { LightningElement, api } from 'lwc';
import { formatLabel } from 'c/trueupFormatLabel';
import CUSTOMER_IN from '@salesforce/label/c.Trueup_Customer_In';
import LINKED from '@salesforce/label/c.Trueup_Identity_Linked';
import NEEDS_REVIEW from '@salesforce/label/c.Trueup_Identity_Needs_Review';
import NEW_TAB from '@salesforce/label/c.Trueup_New_Tab';
import UNKNOWN from '@salesforce/label/c.Trueup_Identity_Unknown';
import WILL_BE_CREATED from '@salesforce/label/c.Trueup_Identity_Will_Be_Created';

const STATUS = {
  linked: { label: LINKED, badgeClass: 'slds-theme_success' },
  'will-be-created': { label: WILL_BE_CREATED, badgeClass: 'slds-badge_lightest' },
  'needs-review': { label: NEEDS_REVIEW, badgeClass: 'slds-theme_warning' },
};

/** Who the customer is in one of the books: linked, to be created, or in need of review and why. */
export default class TrueupInvoiceIdentity extends LightningElement {
  /** Name of the system, such as `Stripe`. */
  @api system;

  /** `{ status, id, name, url, reason }` as preview-invoice gives it. */
  @api identity = {};

  label = { newTab: NEW_TAB };

  get heading() {
    return formatLabel(CUSTOMER_IN, this.system);
  }

  get statusLabel() {
    return STATUS[this.identity.status]?.label ?? UNKNOWN;
  }

  get badgeClass() {
    return STATUS[this.identity.status]?.badgeClass;
  }

  get nameShown() {
    return this.identity.name ?? this.identity.id;
  }
}
