import { LightningElement, api } from 'lwc';
import timeZone from '@salesforce/i18n/timeZone';
import INVOICE_OBJECT from '@salesforce/schema/Trueup_Invoice__c';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const LISTED = 50;

/** Records with one cause: how many, the newest, what to do, and a button to try all again, which fires `tryagain` with its key. */
export default class TrueupSyncProblemGroup extends LightningElement {
  /** A group as trueupSyncProblems makes it. */
  @api group;

  label = LABEL;
  timeZone = timeZone;
  invoiceObject = INVOICE_OBJECT.objectApiName;

  get countText() {
    return `${LABEL.records}: ${this.group.count}`;
  }

  get canTryAgain() {
    return this.group.isAllowed && !this.group.closesByItself;
  }

  get explanation() {
    if (this.group.closesByItself) {
      return this.group.closesByItself;
    }
    if (!this.group.isAllowed) {
      return LABEL.notAllowed;
    }
    if (this.group.isAskedFor) {
      return LABEL.tryAsked;
    }
    return this.group.isOperation ? LABEL.tryOperations : LABEL.tryIssues;
  }

  get listed() {
    return this.group.records.slice(0, LISTED);
  }

  get listedText() {
    const { count } = this.group;
    return this.listed.length < count ? formatLabel(LABEL.newestListed, this.listed.length, count) : '';
  }

  get progressText() {
    const { isSync, isAsking, tried, total } = this.group.progress;
    if (isAsking) {
      return LABEL.askingAgain;
    }
    return isSync ? LABEL.readingAgain : formatLabel(LABEL.triedOf, tried, total);
  }

  get isEndless() {
    return this.group.progress.isSync || this.group.progress.isAsking;
  }

  /** Absent while nobody knows how far it is. */
  get percent() {
    const { tried, total } = this.group.progress;
    return this.isEndless ? undefined : Math.round((100 * tried) / total);
  }

  get progressClass() {
    return `slds-progress-bar__value${this.isEndless ? ' endless' : ''}`;
  }

  get progressStyle() {
    return this.percent === undefined ? undefined : `width: ${this.percent}%`;
  }

  handleTryAgain() {
    this.dispatchEvent(new CustomEvent('tryagain', { detail: { key: this.group.key } }));
  }
}
