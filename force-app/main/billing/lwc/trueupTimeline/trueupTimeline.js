import { LightningElement, api } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import timeZone from '@salesforce/i18n/timeZone';
import cancelOperation from '@salesforce/apex/TrueupTimelineController.cancelOperation';
import readTimeline from '@salesforce/apex/TrueupTimelineController.readTimeline';
import replayEvent from '@salesforce/apex/TrueupTimelineController.replayEvent';
import retryOperation from '@salesforce/apex/TrueupTimelineController.retryOperation';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { openOperations, shownEntries } from './entries';
import { FILTERS, LABEL } from './labels';

/** Everything that happened to an invoice, newest first; what is stuck can be tried again or given up. Live. */
export default class TrueupTimeline extends LightningElement {
  /** Invoice whose history this is. */
  @api recordId;

  label = LABEL;
  filters = FILTERS;
  timeZone = timeZone;
  kind = 'all';
  isBusy = false;
  timeline;
  error;
  refusal = {};

  connectedCallback() {
    this.stopWatching = watchBillingEvents({
      matches: (payload) => payload.Invoice_Id__c === this.recordId,
      onChange: () => this.load(),
      onMode: () => {},
    });
    this.load();
  }

  disconnectedCallback() {
    this.stopWatching();
  }

  get isLoading() {
    return !this.timeline && !this.error;
  }

  get entries() {
    return shownEntries(this.timeline.entries, this.kind, this.timeline.canReplay);
  }

  get isEmpty() {
    return this.entries.length === 0;
  }

  get open() {
    return openOperations(this.timeline.operations);
  }

  get hasOpen() {
    return this.open.length > 0;
  }

  handleFilter(event) {
    this.kind = event.detail.value;
  }

  handleRefresh() {
    return this.load();
  }

  handleRetry(event) {
    const { key } = event.currentTarget.dataset;
    return this.act(() => retryOperation({ invoiceId: this.recordId, operationKey: key }), LABEL.retried);
  }

  handleCancel(event) {
    const { key } = event.currentTarget.dataset;
    return this.act(() => cancelOperation({ invoiceId: this.recordId, operationKey: key }), LABEL.givenUp);
  }

  handleReplay(event) {
    const { provider, event: eventId } = event.currentTarget.dataset;
    return this.act(() => replayEvent({ provider, eventId }), LABEL.replayed);
  }

  async act(call, done) {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    this.refusal = {};
    try {
      const { outcome, problems } = await call();
      if (['done', 'accepted'].includes(outcome)) {
        this.dispatchEvent(new ShowToastEvent({ title: done, variant: 'success' }));
      } else {
        this.refusal = { problems, error: problems?.length ? undefined : LABEL.noReason };
      }
    } catch (error) {
      this.refusal = { error };
    } finally {
      this.isBusy = false;
    }
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    this.dispatchEvent(new RefreshEvent());
    await this.load();
  }

  async load() {
    try {
      const answer = await readTimeline({ invoiceId: this.recordId });
      this.error = answer.outcome === 'done' ? undefined : (answer.problems?.[0]?.message ?? LABEL.noReason);
      this.timeline = answer.outcome === 'done' ? answer : this.timeline;
    } catch (error) {
      this.error = error;
    }
  }
}
