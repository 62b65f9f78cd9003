import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import makeBill from '@salesforce/apex/BillController.makeBill';
import made from '@salesforce/label/c.Bill_Made';

export default class BillMaker extends LightningElement {
  amount = 10;
  due = '2026-12-24';
  connectedWithId;
  id;
  columns = [
    { label: 'Product', fieldName: 'product' },
    { label: 'Price', fieldName: 'price', type: 'currency', editable: true },
  ];
  lines = [{ id: '1', product: 'Thermal sensor', price: 349.9 }];

  // On the platform the id arrives after the element is connected.
  @api get recordId() {
    return this.id;
  }

  set recordId(id) {
    this.id = id;
    this.dispatchEvent(new CustomEvent('gotid', { bubbles: true, composed: true, detail: this.isConnected }));
  }

  handleAmount(event) {
    this.amount = event.detail.value;
  }

  close() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async make() {
    try {
      await makeBill({ accountId: this.recordId, amount: Number(this.amount) });
      this.dispatchEvent(new ShowToastEvent({ title: 'Bills', message: made, variant: 'success' }));
      await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
      this.close();
    } catch (error) {
      this.dispatchEvent(new ShowToastEvent({ title: 'Not made', message: error.body.message, variant: 'error' }));
    }
  }
}
