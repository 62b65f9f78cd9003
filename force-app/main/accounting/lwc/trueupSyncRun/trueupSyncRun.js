import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { getRelatedListRecords } from 'lightning/uiRelatedListApi';
import timeZone from '@salesforce/i18n/timeZone';
import { refreshApex } from '@salesforce/apex';
import CAUSE from '@salesforce/schema/Trueup_Sync_Issue__c.Cause__c';
import FIX from '@salesforce/schema/Trueup_Sync_Issue__c.Fix__c';
import MESSAGE from '@salesforce/schema/Trueup_Sync_Issue__c.Message__c';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { FIELDS, OPTIONAL_FIELDS, runOf } from './fields';
import { LABEL } from './labels';

const ISSUE_FIELDS = [CAUSE, FIX, MESSAGE].map(({ objectApiName, fieldApiName }) => `${objectApiName}.${fieldApiName}`);
const BADGE = {
  Completed: 'slds-theme_success',
  'Completed With Issues': 'slds-theme_warning',
  Failed: 'slds-theme_error',
};

/** What a sync run checked and corrected, its report, and what it leaves for a person. Live. */
export default class TrueupSyncRun extends LightningElement {
  /** Sync run whose page this is. */
  @api recordId;

  label = LABEL;
  timeZone = timeZone;
  liveMode = 'live';
  run;
  error;
  issues = [];
  issuesError;

  @wire(getRecord, { recordId: '$recordId', fields: FIELDS, optionalFields: OPTIONAL_FIELDS })
  takeRecord({ data, error }) {
    if (data) {
      this.run = runOf(data);
    }
    this.error = error;
  }

  @wire(getRelatedListRecords, { parentRecordId: '$recordId', relatedListId: 'Trueup_Sync_Issues__r', fields: ISSUE_FIELDS })
  takeIssues(result) {
    this.wiredIssues = result;
    if (result.data) {
      this.issues = result.data.records.map((record) => ({
        id: record.id,
        cause: getFieldValue(record, CAUSE),
        message: getFieldValue(record, MESSAGE),
        fix: getFieldValue(record, FIX),
      }));
    }
    this.issuesError = result.error;
  }

  connectedCallback() {
    this.stopWatching = watchBillingEvents({
      matches: (payload) => payload.Kind__c === 'run-sync',
      onChange: () => this.refresh(),
      onMode: (mode) => {
        this.liveMode = mode;
      },
    });
  }

  disconnectedCallback() {
    this.stopWatching();
  }

  get isLoading() {
    return !this.run && !this.error;
  }

  get badgeClass() {
    return BADGE[this.run.state];
  }

  get times() {
    const { startedAt, finishedAt } = this.run;
    return [
      { key: 'started', labelKey: 'started-label', label: LABEL.started, value: startedAt },
      { key: 'finished', labelKey: 'finished-label', label: LABEL.finished, value: finishedAt },
    ].filter((time) => time.value);
  }

  get counts() {
    return this.run.counts.map((count) => ({ ...count, labelKey: `${count.key}-label` }));
  }

  refresh() {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    if (this.wiredIssues) {
      refreshApex(this.wiredIssues);
    }
  }
}
