import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import timeZone from '@salesforce/i18n/timeZone';
import { refreshApex } from '@salesforce/apex';
import lastRuns from '@salesforce/apex/TrueupSyncController.lastRuns';
import runSync from '@salesforce/apex/TrueupSyncController.runSync';
import MAY_RUN from '@salesforce/customPermission/Trueup_Run_Sync';
import SYNC_RUN_OBJECT from '@salesforce/schema/Trueup_Sync_Run__c';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { LABEL } from './labels';
import { rowsOf, spentOf, underWayOf } from './rows';

/** Runs a sync of the three systems now, and lists the latest runs. Live. */
export default class TrueupRunSync extends NavigationMixin(LightningElement) {
  label = LABEL;
  timeZone = timeZone;
  liveMode = 'live';
  isStarting = false;
  isNotAllowed = !MAY_RUN;
  refusal = {};
  runs;
  rows = [];
  error;

  @wire(lastRuns)
  async takeRuns(result) {
    this.wired = result;
    this.error = result.error;
    if (result.data) {
      const urls = await Promise.all(result.data.map((run) => this[NavigationMixin.GenerateUrl](runPage(run.Id))));
      this.runs = result.data;
      this.rows = rowsOf(result.data, urls);
    }
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
    return !this.runs && !this.error;
  }

  get hasRuns() {
    return this.runs?.length > 0;
  }

  get isEmpty() {
    return this.runs?.length === 0;
  }

  get underWay() {
    return underWayOf(this.runs);
  }

  get spent() {
    return spentOf(this.runs);
  }

  get hasSpent() {
    return this.spent.length > 0;
  }

  get isRunDisabled() {
    return this.isStarting || this.isNotAllowed;
  }

  handleOpen(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](runPage(event.currentTarget.dataset.id));
  }

  async handleRun() {
    if (this.isStarting) {
      return;
    }
    this.isStarting = true;
    this.refusal = {};
    try {
      const answer = await runSync();
      await this.takeAnswer(answer);
    } catch (error) {
      this.refusal = { error };
    } finally {
      this.isStarting = false;
    }
  }

  async takeAnswer({ outcome, problems }) {
    if (!['accepted', 'done'].includes(outcome)) {
      this.refusal = { problems, error: problems?.length ? undefined : LABEL.noReason };
      return;
    }
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.syncStarted, message: LABEL.syncStartedMessage, variant: 'success' }));
    await this.refresh();
  }

  refresh() {
    return this.wired && refreshApex(this.wired);
  }
}

function runPage(recordId) {
  return {
    type: 'standard__recordPage',
    attributes: { recordId, objectApiName: SYNC_RUN_OBJECT.objectApiName, actionName: 'view' },
  };
}
