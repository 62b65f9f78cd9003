import { LightningElement, api } from 'lwc';

const KINDS = {
  'force:highlightsPanel': 'highlights',
  'force:detailPanel': 'details',
  'flexipage:tabset': 'tabs',
  'force:relatedListContainer': 'relatedLists',
  'force:relatedListSingleContainer': 'relatedList',
  'flexipage:fieldSection': 'section',
  'flexipage:column': 'section',
  'flexipage:richText': 'text',
  'flexipage:filterListCard': 'list',
  'home:recentRecordContainer': 'recent',
};
const NOTES = {
  'home:assistant': 'Assistant: Salesforce suggests what to do next here.',
  'runtime_sales_activities:todayTaskContainer': "Today's Tasks: Salesforce lists your tasks here.",
  'runtime_sales_activities:activityPanel': 'Activity: Salesforce shows calls, tasks and e-mails here.',
  'forceChatter:recordFeedContainer': 'Chatter: Salesforce shows the feed here.',
};

/** One component of a Lightning page: ours as it is, Salesforce's own as the sandbox draws it. */
export default class PlacedComponent extends LightningElement {
  @api component;
  @api page;
  @api record;
  @api info;
  @api recordId;
  @api objectApiName;

  get is() {
    const kind = this.component.custom ? 'custom' : KINDS[this.component.name];
    // What draws the record waits for it; ours load what they need by themselves.
    const needsRecord = !['custom', 'text', 'recent', 'list', undefined].includes(kind);
    return needsRecord && !(this.info && this.record) ? { nothing: true } : { [kind]: true };
  }

  get sectionFacet() {
    return this.component.properties.columns || this.component.properties.body;
  }

  /** In place of what only Salesforce draws; nothing while the record is on its way. */
  get note() {
    if (this.is.nothing) return undefined;
    return NOTES[this.component.name] || `${this.component.name} is drawn by Salesforce, in an org.`;
  }
}
