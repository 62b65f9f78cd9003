import { LightningElement, api, wire } from 'lwc';
import { getPicklistValues } from 'lightning/uiObjectInfoApi';

const INPUT_TYPES = {
  Boolean: 'checkbox',
  Currency: 'number',
  Double: 'number',
  Int: 'number',
  Percent: 'number',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
};
const EMPTY_OPTION = { label: '--None--', value: '' };

/** One field of a record form: label, control and rules come from the object's description. Lookups take a record id. */
export default class InputField extends LightningElement {
  @api fieldName;
  @api required = false;
  @api disabled = false;
  @api readOnly = false;
  @api variant;
  context;
  given;
  edited;
  isDirty = false;
  values = [];
  leave = () => {};

  @api get value() {
    if (this.isDirty) return this.edited;
    return this.given === undefined ? this.context?.entry?.value : this.given;
  }

  set value(next) {
    this.given = next;
    this.isDirty = false;
  }

  @api reset() {
    this.isDirty = false;
  }

  @wire(getPicklistValues, { recordTypeId: '$picklistRecordType', fieldApiName: '$picklistField' })
  gotValues({ data }) {
    if (data) this.values = data.values.map(({ label, value }) => ({ label, value }));
  }

  connectedCallback() {
    const detail = {
      kind: 'field',
      fieldName: this.name,
      setContext: (context) => {
        this.context = context;
      },
      getValue: () => this.value,
      // The platform sends every field of the form; what the user may not write it leaves out.
      isSubmitted: () => Boolean(this.info) && !this.isDisabled && (this.isDirty || this.given !== undefined),
      checkValidity: () => this.control?.reportValidity() ?? true,
      setError: (message) => {
        this.control?.setCustomValidity?.(message);
        this.control?.reportValidity();
      },
      onLeave: (leave) => {
        this.leave = leave;
      },
    };
    this.dispatchEvent(new CustomEvent('sandboxformmember', { bubbles: true, composed: true, detail }));
  }

  disconnectedCallback() {
    this.leave();
  }

  get name() {
    return typeof this.fieldName === 'object' ? this.fieldName.fieldApiName : this.fieldName;
  }

  get info() {
    return this.context?.info;
  }

  get control() {
    return this.template.querySelector('[data-control]');
  }

  get label() {
    return this.info?.label;
  }

  get isPicklist() {
    return this.info?.dataType === 'Picklist';
  }

  get isTextArea() {
    return this.info?.dataType === 'TextArea';
  }

  get picklistRecordType() {
    return this.isPicklist ? this.context.recordTypeId : undefined;
  }

  get picklistField() {
    return this.isPicklist ? `${this.context.objectApiName}.${this.name}` : undefined;
  }

  get options() {
    return this.isRequired ? this.values : [EMPTY_OPTION, ...this.values];
  }

  get inputType() {
    return INPUT_TYPES[this.info?.dataType] || 'text';
  }

  get step() {
    return this.inputType === 'number' ? 'any' : undefined;
  }

  get controlValue() {
    return this.value ?? '';
  }

  get checked() {
    return this.inputType === 'checkbox' ? Boolean(this.value) : undefined;
  }

  get isRequired() {
    return this.required || Boolean(this.info?.required && this.inputType !== 'checkbox');
  }

  get isDisabled() {
    return this.disabled || this.readOnly || this.info?.updateable === false;
  }

  get maxLength() {
    return this.info?.length || undefined;
  }

  handleChange(event) {
    this.control.setCustomValidity?.('');
    const raw = this.inputType === 'checkbox' && !this.isPicklist ? event.detail.checked : event.detail.value;
    this.edited = raw === '' ? null : this.inputType === 'number' ? Number(raw) : raw;
    this.isDirty = true;
    this.dispatchEvent(new CustomEvent('change', { detail: { value: this.edited } }));
  }
}
