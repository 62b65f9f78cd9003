import { LightningElement, api, wire } from 'lwc';
import { createRecord, getRecord, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { objectName } from 'sandbox/wire';

/** Edits or creates a record. Fields and messages inside register themselves by event. */
export default class RecordEditForm extends LightningElement {
  @api recordId;
  @api objectApiName;
  @api recordTypeId;
  @api formClass;
  @api density;
  members = new Set();
  optionalFields;
  info;
  record;

  get objectName() {
    return objectName(this.objectApiName);
  }

  @wire(getObjectInfo, { objectApiName: '$objectName' })
  gotInfo({ data }) {
    this.info = data;
    this.tellFields();
  }

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$optionalFields' })
  gotRecord({ data, error }) {
    if (error) this.dispatchEvent(new CustomEvent('error', { detail: error.body }));
    if (!data) return;
    this.record = data;
    this.tellFields();
    this.dispatchEvent(
      new CustomEvent('load', { detail: { record: data, records: { [data.id]: data }, objectInfos: { [data.apiName]: this.info } } }),
    );
  }

  handleMember(event) {
    event.stopPropagation();
    const member = event.detail;
    this.members.add(member);
    member.onLeave(() => this.members.delete(member));
    if (member.kind !== 'field') return;
    const asked = this.optionalFields || [];
    this.optionalFields = [...new Set([...asked, `${this.objectName}.${member.fieldName}`])];
    this.tellFields();
  }

  get fields() {
    return [...this.members].filter(({ kind }) => kind === 'field');
  }

  tellFields() {
    if (!this.info) return;
    const recordTypeId = this.recordTypeId || this.info.defaultRecordTypeId;
    this.fields.forEach((member) => {
      member.setContext({
        info: this.info.fields[member.fieldName],
        entry: this.record?.fields[member.fieldName],
        objectApiName: this.objectName,
        recordTypeId,
      });
    });
  }

  tellError(body) {
    const byField = body?.output?.fieldErrors || {};
    this.fields.forEach((member) => member.setError(byField[member.fieldName]?.map(({ message }) => message).join(' ') || ''));
    [...this.members].filter(({ kind }) => kind === 'messages').forEach((member) => member.setError(body));
  }

  async handleSubmit(event) {
    event.preventDefault();
    event.stopPropagation();
    const changed = this.fields.filter((member) => member.isSubmitted());
    const fields = Object.fromEntries(changed.map((member) => [member.fieldName, member.getValue()]));
    if (this.fields.map((member) => member.checkValidity()).includes(false)) return;
    const ask = new CustomEvent('submit', { cancelable: true, bubbles: true, composed: true, detail: { fields: { ...fields } } });
    this.dispatchEvent(ask);
    if (!ask.defaultPrevented) await this.submit(fields);
  }

  /** As a click on a submit button inside the form. Our own, for the page's Save button, which stands outside. */
  @api
  requestSubmit() {
    this.template.querySelector('form').requestSubmit();
  }

  @api
  async submit(fields) {
    this.tellError(undefined);
    try {
      const record = this.recordId
        ? await updateRecord({ fields: { Id: this.recordId, ...fields } })
        : await createRecord({ apiName: this.objectName, fields });
      this.dispatchEvent(new CustomEvent('success', { detail: record }));
    } catch (error) {
      this.tellError(error.body);
      this.dispatchEvent(new CustomEvent('error', { detail: error.body }));
    }
  }
}
