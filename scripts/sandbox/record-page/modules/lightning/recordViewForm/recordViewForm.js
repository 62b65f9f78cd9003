import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { requestPaths } from 'sandbox/fields';
import { objectName } from 'sandbox/wire';

/** Shows fields of a record; the output fields inside register themselves by event. */
export default class RecordViewForm extends LightningElement {
  @api recordId;
  @api objectApiName;
  @api density;
  members = new Set();
  names = [];
  info;
  record;

  get objectName() {
    return objectName(this.objectApiName);
  }

  get optionalFields() {
    return this.info && this.names.length > 0 ? requestPaths(this.info, this.names) : undefined;
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
    this.dispatchEvent(new CustomEvent('load', { detail: { record: data } }));
  }

  handleMember(event) {
    event.stopPropagation();
    const member = event.detail;
    this.members.add(member);
    member.onLeave(() => this.members.delete(member));
    if (member.kind === 'output') this.names = [...new Set([...this.names, member.fieldName])];
    this.tellFields();
  }

  tellFields() {
    this.members.forEach((member) => member.kind === 'output' && member.setContext({ info: this.info, record: this.record }));
  }
}
