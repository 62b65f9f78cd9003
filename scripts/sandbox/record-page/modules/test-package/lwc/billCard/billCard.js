import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { subscribe, unsubscribe } from 'lightning/empApi';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { refreshApex } from '@salesforce/apex';
import totalOf from '@salesforce/apex/BillController.totalOf';
import NAME from '@salesforce/schema/Account.Name';

export default class BillCard extends NavigationMixin(LightningElement) {
  @api recordId;
  @api objectApiName;
  @api heading;
  events = 'No event yet';
  link;
  wiredTotal = {};

  @wire(getRecord, { recordId: '$recordId', fields: [NAME] })
  record;

  @wire(totalOf, { accountId: '$recordId' })
  gotTotal(result) {
    this.wiredTotal = result;
  }

  async connectedCallback() {
    this.link = await this[NavigationMixin.GenerateUrl]({
      type: 'standard__recordPage',
      attributes: { recordId: 'a0B000000000001AAA', objectApiName: 'Bill__c', actionName: 'view' },
    });
    this.subscription = await subscribe('/event/Bill_Event__e', -1, ({ data }) => {
      this.events = `Event ${data.payload.State__c}`;
      refreshApex(this.wiredTotal);
    });
  }

  disconnectedCallback() {
    if (this.subscription) unsubscribe(this.subscription);
  }

  get summary() {
    return `${getFieldValue(this.record.data, NAME)}: ${this.wiredTotal.data}`;
  }

  count() {
    refreshApex(this.wiredTotal);
  }
}
