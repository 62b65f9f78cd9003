import { LightningElement, api } from 'lwc';
import issueInvoices from '@salesforce/apex/TrueupIssueInvoicesController.issueInvoices';
import retryOperation from '@salesforce/apex/TrueupTimelineController.retryOperation';
import runSync from '@salesforce/apex/TrueupSyncController.runSync';
import MAY_ADMINISTER from '@salesforce/customPermission/Trueup_Administer';
import MAY_ISSUE from '@salesforce/customPermission/Trueup_Issue_Invoice';
import MAY_SYNC from '@salesforce/customPermission/Trueup_Run_Sync';
import MAY_VOID from '@salesforce/customPermission/Trueup_Void_Invoice';
import { formatLabel } from 'c/trueupFormatLabel';
import { groupsOf } from './groups';
import { LABEL } from './labels';
import { readAgainResult } from './readAgain';
import { retryAll } from './retryAll';

const MAY = { 'Issue Invoice': MAY_ISSUE, 'Send Invoice': MAY_ISSUE, 'Void Invoice': MAY_VOID };
const LOOK_MS = 4000;

const isAllowed = ({ isOperation, isAskedFor, operationKind }) =>
  Boolean(isAskedFor ? MAY_ISSUE : isOperation ? MAY_ADMINISTER || MAY[operationKind] : MAY_SYNC);

/**
 * What needs a person, grouped by cause with the fix; a group can be tried again as a whole.
 * Fires `refresh` when the figures are to be read again.
 */
export default class TrueupSyncProblems extends LightningElement {
  label = LABEL;
  /** Key of the group that is being tried again. */
  busy;
  progress;
  result;
  problems = [];
  refusal;
  known = {};

  /** What TrueupSyncHealthController.readHealth answered. */
  @api
  get health() {
    return this.known;
  }
  set health(value) {
    this.known = value;
    this.lookAtSync();
  }

  disconnectedCallback() {
    this.stopFollowing();
  }

  get groups() {
    return groupsOf(this.known).map((group) => ({
      ...group,
      isAllowed: isAllowed(group),
      isDisabled: this.busy !== undefined,
      progress: this.busy === group.key ? this.progress : undefined,
    }));
  }

  get hasGroups() {
    return this.groups.length > 0;
  }

  get hasIssues() {
    return this.known.causes?.length > 0;
  }

  get hasOperations() {
    return this.known.operations?.length > 0;
  }

  handleTryAgain({ detail }) {
    const group = this.groups.find(({ key }) => key === detail.key);
    if (!group || this.busy !== undefined) {
      return undefined;
    }
    Object.assign(this, { busy: group.key, result: undefined, problems: [], refusal: undefined });
    if (group.isAskedFor) {
      return this.askAgain(group);
    }
    return group.isOperation ? this.retryOperations(group) : this.readAgain(group);
  }

  async retryOperations({ title, operations }) {
    const total = operations.length;
    this.progress = { tried: 0, total };
    const { done, underWay, failures } = await retryAll(operations, retryOperation, (tried) => {
      this.progress = { tried, total };
    });
    this.problems = failures;
    this.settle(
      [
        formatLabel(LABEL.tried, title, done, total),
        underWay > 0 && formatLabel(LABEL.underWay, underWay),
        failures.length > 0 && formatLabel(LABEL.failed, failures.length),
      ]
        .filter(Boolean)
        .join(' '),
    );
    this.refresh();
  }

  /** Each is billed in its turn, and its issue is closed then: the list follows by the events of the invoices. */
  async askAgain({ title, sourceIds }) {
    this.progress = { isAsking: true };
    try {
      const { accepted, refusals } = await issueInvoices({ sourceIds });
      this.problems = refusals.map((message) => ({ message }));
      this.settle(formatLabel(LABEL.askedAgain, title, accepted, sourceIds.length));
      this.refresh();
    } catch (error) {
      this.refuse({ error });
    }
  }

  async readAgain({ key: group, title, records }) {
    this.progress = { isSync: true };
    try {
      const { outcome, operationKey, problems } = await runSync();
      if (!['accepted', 'done'].includes(outcome)) {
        this.refuse({ problems, error: problems?.length ? undefined : LABEL.noReason });
        return;
      }
      this.sync = { key: operationKey, group, title, ids: records.map(({ id }) => id), since: Date.now() };
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- somebody waits for the end of the sync
      this.following = setInterval(() => this.refresh(), LOOK_MS);
      this.refresh();
    } catch (error) {
      this.refuse({ error });
    }
  }

  /** The run and its issues are written together: once it has ended, what is still open is left. */
  lookAtSync() {
    const result = this.sync && readAgainResult(this.sync, this.known);
    if (result) {
      this.stopFollowing();
      this.settle(result);
    }
  }

  stopFollowing() {
    clearInterval(this.following);
    this.sync = undefined;
  }

  refuse(refusal) {
    this.refusal = refusal;
    this.busy = undefined;
  }

  /** The button that was pressed may be gone with its group: the focus goes to what came of it. */
  settle(result) {
    this.busy = undefined;
    this.result = result;
    this.isToFocus = true;
  }

  renderedCallback() {
    if (this.isToFocus) {
      this.isToFocus = false;
      this.template.querySelector('[data-id="result"]')?.focus();
    }
  }

  refresh() {
    this.dispatchEvent(new CustomEvent('refresh'));
  }
}
