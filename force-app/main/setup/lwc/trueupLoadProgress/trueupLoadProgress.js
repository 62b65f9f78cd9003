import { LightningElement, api } from 'lwc';
import controlLoad from '@salesforce/apex/TrueupFirstLoad.controlLoad';
import SYNC_RUN_OBJECT from '@salesforce/schema/Trueup_Sync_Run__c';
import { formatLabel } from 'c/trueupFormatLabel';
import { formatDuration } from 'c/trueupFormatTime';
import { formatCount } from 'c/trueupLoadObjects';
import { readRefusal } from 'c/trueupReadRefusal';
import { LABEL, STATE } from './labels';
import { causesOf, rowsOf } from './rows';

/** How far a load is, what waits and what was left out. Pauses, resumes and cancels it. Fires `controlled` with `{ load }`. */
export default class TrueupLoadProgress extends LightningElement {
  /** A load as the functions tell it. */
  @api load;

  label = LABEL;
  runObject = SYNC_RUN_OBJECT.objectApiName;
  isCancelling = false;
  isBusy = false;
  refusal = {};
  consequences = [
    { key: 'stays', says: LABEL.cancelStays },
    { key: 'again', says: LABEL.cancelAgain },
  ];

  renderedCallback() {
    if (this.focusOn) {
      this.template.querySelector(this.focusOn)?.focus();
      this.focusOn = undefined;
    }
  }

  get state() {
    return STATE[this.load.state];
  }

  get remaining() {
    if (this.load.state !== 'running') {
      return '';
    }
    const { remainingSeconds } = this.load;
    return remainingSeconds === null || remainingSeconds === undefined
      ? LABEL.remainingUnknown
      : formatLabel(LABEL.remaining, formatDuration(remainingSeconds));
  }

  get mayPause() {
    return this.load.state === 'running';
  }

  get mayResume() {
    return ['pausing', 'paused', 'needs-attention'].includes(this.load.state);
  }

  get mayCancel() {
    return !['completed', 'cancelled'].includes(this.load.state);
  }

  get rows() {
    return rowsOf(this.load.objects);
  }

  get causes() {
    return causesOf(this.load.causes ?? []);
  }

  get hasCauses() {
    return this.causes.length > 0;
  }

  get spent() {
    const { salesforce, stripe, quickbooks } = this.load.calls;
    return formatLabel(LABEL.spent, formatCount(salesforce), formatCount(stripe), formatCount(quickbooks));
  }

  handlePause() {
    this.control('pause', '[data-id="resume"]');
  }

  handleResume() {
    this.control('resume', '[data-id="pause"]');
  }

  handleAskCancel() {
    this.isCancelling = true;
  }

  handleKeep() {
    this.isCancelling = false;
    this.focusOn = '[data-id="cancel"]';
  }

  async handleCancel() {
    await this.control('cancel');
    this.isCancelling = false;
  }

  async control(action, next) {
    this.isBusy = true;
    this.refusal = {};
    try {
      const answer = await controlLoad({ action });
      const refusal = readRefusal(answer);
      if (refusal) {
        this.refusal = refusal;
      } else {
        this.focusOn = next;
        this.dispatchEvent(new CustomEvent('controlled', { detail: { load: answer.load } }));
      }
    } catch (error) {
      this.refusal = { error };
    } finally {
      this.isBusy = false;
    }
  }
}
