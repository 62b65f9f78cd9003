import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord } from 'lightning/uiRecordApi';
import { nameFieldOf, nameOf } from 'sandbox/fields';
import { relatedLists } from 'sandbox/standardObjects';

/** All rows of one related list: what "View All" opens. */
export default class RelatedPage extends LightningElement {
  @api recordId;
  @api objectApiName;
  @api relationship;
  info;
  record;
  isMissing = false;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  gotInfo({ data, error }) {
    this.info = data;
    this.isMissing = Boolean(error) || Boolean(data && !this.list);
  }

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$nameField' })
  gotRecord({ data }) {
    this.record = data;
    if (data) document.title = `${this.name} | Related | Sandbox`;
  }

  get nameField() {
    return this.info ? [`${this.info.apiName}.${nameFieldOf(this.info)}`] : undefined;
  }

  get list() {
    return this.info && relatedLists(this.info).find(({ relationshipName }) => relationshipName === this.relationship);
  }

  get name() {
    return this.record ? nameOf(this.record, this.info) : '';
  }

  get listUrl() {
    return `/lightning/o/${this.objectApiName}/list`;
  }

  get recordUrl() {
    return `/lightning/r/${this.objectApiName}/${this.recordId}/view`;
  }
}
