import { LightningElement, api } from 'lwc';
import { isVisible } from 'sandbox/criteria';

/** One region or facet of a Lightning page. */
export default class PageRegion extends LightningElement {
  /** The page as the registry holds it. */
  @api page;
  @api name;
  @api record;
  @api info;
  @api recordId;
  @api objectApiName;

  get region() {
    return this.page.regions[this.name] || { components: [], fields: [] };
  }

  get components() {
    return this.region.components.filter(({ visibility }) => isVisible(visibility, this.record));
  }

  /** Fields a dynamic form places one by one. */
  get fields() {
    return this.region.fields.map(({ field }) => field);
  }

  get hasFields() {
    return this.fields.length > 0 && Boolean(this.info);
  }
}
