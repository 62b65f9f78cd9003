import { LightningElement, api } from 'lwc';
import { isVisible } from 'sandbox/criteria';

/** Labels the page builder stores as constants. */
const STANDARD_LABELS = {
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.collaborate': 'Chatter',
  'Standard.Tab.recentActivity': 'Recent Activity',
};

/** Tabs of a Lightning page; each shows a facet. */
export default class PageTabset extends LightningElement {
  @api component;
  @api page;
  @api record;
  @api info;
  @api recordId;
  @api objectApiName;

  get tabs() {
    const facet = this.page.regions[this.component.properties.tabs];
    return (facet?.components || [])
      .filter(({ visibility }) => isVisible(visibility, this.record))
      .map(({ identifier, properties }) => ({
        identifier,
        body: properties.body,
        active: properties.active === 'true',
        label: STANDARD_LABELS[properties.title] || properties.title,
      }));
  }

  get activeTab() {
    return this.tabs.find(({ active }) => active)?.identifier;
  }
}
