import { LightningElement, api } from 'lwc';

/** One read-only field of the record view form around it. */
export default class OutputField extends LightningElement {
  @api fieldName;
  @api variant;
  info;
  record;
  leave = () => {};

  connectedCallback() {
    const detail = {
      kind: 'output',
      fieldName: this.name,
      setContext: ({ info, record }) => {
        this.info = info;
        this.record = record;
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

  get label() {
    return this.info.fields[this.name]?.label;
  }

  get showsLabel() {
    return this.variant !== 'label-hidden';
  }

  get elementClass() {
    return `slds-form-element slds-form-element_readonly slds-form-element_${this.variant === 'label-inline' ? 'horizontal' : 'stacked'}`;
  }
}
