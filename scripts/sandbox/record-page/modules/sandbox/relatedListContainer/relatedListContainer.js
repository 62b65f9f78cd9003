import { LightningElement, api } from 'lwc';
import { objectOf } from 'sandbox/boot';
import { relatedLists } from 'sandbox/standardObjects';

/** Related lists of a record: force:relatedListContainer, or one of them. */
export default class RelatedListContainer extends LightningElement {
  @api info;
  @api recordId;
  /** Relationship name of the single list to show. */
  @api single;

  get lists() {
    return relatedLists(this.info).filter((list) => objectOf(list.childObject) && (!this.single || list.relationshipName === this.single));
  }

  get isEmpty() {
    return this.lists.length === 0;
  }
}
