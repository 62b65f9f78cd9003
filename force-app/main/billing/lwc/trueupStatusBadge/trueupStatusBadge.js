import { LightningElement, api } from 'lwc';

const CLASS = {
  Paid: 'slds-theme_success',
  'Partially Paid': 'slds-badge_lightest',
  Open: 'slds-badge_lightest',
  Void: 'slds-badge_inverse',
  Uncollectible: 'slds-badge_inverse',
  Rejected: 'slds-theme_error',
  'Needs Attention': 'slds-theme_warning',
};

/** The status of an invoice, coloured by what it asks for. */
export default class TrueupStatusBadge extends LightningElement {
  /** Value of Trueup_Invoice__c.Status__c. */
  @api status;

  /** The status in the user's language; the value itself when absent. */
  @api label;

  get text() {
    return this.label ?? this.status;
  }

  get badgeClass() {
    return CLASS[this.status];
  }
}
