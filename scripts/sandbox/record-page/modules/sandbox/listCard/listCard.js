import { LightningElement, api } from 'lwc';

/** A list view on a page: flexipage:filterListCard. */
export default class ListCard extends LightningElement {
  @api objectApiName;
  @api view;
}
