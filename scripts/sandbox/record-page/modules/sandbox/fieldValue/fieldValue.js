import { LightningElement, api } from 'lwc';
import orgCurrency from '@salesforce/i18n/currency';
import userTimeZone from '@salesforce/i18n/timeZone';
import { shown } from 'sandbox/fields';

/** The value of one field, drawn as Lightning Experience draws its type. */
export default class FieldValue extends LightningElement {
  /** Description of the object (ui-api object-info). */
  @api info;
  @api record;
  @api fieldName;

  /** Salesforce's own pages show times in the user's zone; lightning-formatted-date-time alone takes the device's. */
  timeZone = userTimeZone;

  get field() {
    return shown(this.info, this.record, this.fieldName);
  }

  get is() {
    return { [this.field.kind]: true };
  }

  get currency() {
    return this.field.currency || orgCurrency;
  }

  get currencyDisplay() {
    return this.field.multi ? 'code' : 'symbol';
  }

  get booleanIcon() {
    return this.field.value ? 'utility:check' : 'utility:stop';
  }

  get booleanText() {
    return this.field.value ? 'True' : 'False';
  }
}
