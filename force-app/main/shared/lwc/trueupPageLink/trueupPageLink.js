import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';

/** A link to a record, or to a list view of an object. */
export default class TrueupPageLink extends NavigationMixin(LightningElement) {
  /** API name of the object. */
  @api objectApiName;

  /** Record to open; absent for a list view. */
  @api recordId;

  /** API name of the list view to open. */
  @api listView;

  /** What is shown. */
  @api text;

  /** What a screen reader adds to the text. */
  @api description;

  url;

  async connectedCallback() {
    this.url = await this[NavigationMixin.GenerateUrl](this.page);
  }

  get page() {
    return this.recordId
      ? { type: 'standard__recordPage', attributes: { recordId: this.recordId, objectApiName: this.objectApiName, actionName: 'view' } }
      : {
          type: 'standard__objectPage',
          attributes: { objectApiName: this.objectApiName, actionName: 'list' },
          state: { filterName: this.listView },
        };
  }

  handleOpen(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](this.page);
  }
}
