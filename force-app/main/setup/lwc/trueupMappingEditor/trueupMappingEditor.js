import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import CAN_CUSTOMIZE from '@salesforce/userPermission/CustomizeApplication';
import { formatLabel } from 'c/trueupFormatLabel';
import { fileOf, nameFor, saveMapping, sourceOf, tidied } from 'c/trueupMapping';
import { Checker } from './checker';
import { LABEL } from './labels';

/**
 * Editor of one field mapping: checked while typing, tried on an invoice, saved or given as source.
 * Fires `saved` with `{ records }` and `close`.
 */
export default class TrueupMappingEditor extends LightningElement {
  /** The mapping to begin with; without a name it is a new one. */
  @api mapping;
  /** All saved mappings. */
  @api mappings = [];
  @api targets = [];
  @api companies = [];
  @api invoices = [];

  label = LABEL;
  canCustomize = Boolean(CAN_CUSTOMIZE);
  draft = {};
  invoiceId;
  /** `{ answer }`, or `{ error, problems }` when it could not be checked; absent while a check is on its way. */
  check;
  refusal = {};
  isSaving = false;
  source;
  announcement = '';
  leaving = new AbortController();

  connectedCallback() {
    this.draft = this.mapping;
    this.invoiceId = this.invoices[0]?.Id;
    this.checker = new Checker((result) => this.takeCheck(result));
    this.askCheck(0);
  }

  disconnectedCallback() {
    this.checker.stop();
    this.leaving.abort();
  }

  renderedCallback() {
    if (!this.isShown) {
      this.isShown = true;
      this.template.querySelector('[data-id="heading"]').focus();
    }
  }

  get isNew() {
    return !this.mapping.name;
  }

  get heading() {
    return this.isNew ? LABEL.newMapping : formatLabel(LABEL.editNamed, this.mapping.label);
  }

  /** As it will be saved: named, and without what it does not use. */
  get finished() {
    const label = this.draft.label || this.draft.targetField;
    const name =
      this.draft.name ||
      nameFor(
        label,
        this.mappings.map((one) => one.name),
      );
    return tidied({ ...this.draft, label: label.slice(0, 40), name });
  }

  get isIncomplete() {
    return !this.draft.targetField;
  }

  get problems() {
    return this.check?.answer?.checks.find(({ name }) => name === this.finished.name)?.problems ?? [];
  }

  /** What a mapping that fails would send is of no interest. */
  get preview() {
    return this.isFaulty ? undefined : this.check?.answer?.preview;
  }

  /** Why it could not be checked. */
  get uncheckedProblems() {
    return this.check?.problems ?? [];
  }

  get uncheckedError() {
    return this.check?.error;
  }

  get isFaulty() {
    return this.problems.some(({ severity }) => severity !== 'warning');
  }

  get state() {
    if (this.isSaving) {
      return LABEL.saving;
    }
    if (this.isIncomplete) {
      return LABEL.incomplete;
    }
    if (!this.check) {
      return LABEL.checking;
    }
    if (!this.check.answer) {
      return '';
    }
    return this.problems.length === 0 ? LABEL.checkedGood : formatLabel(LABEL.checked, this.problems.length);
  }

  /** Of a finished check. */
  get problemCount() {
    return this.check?.answer ? this.problems.length : undefined;
  }

  get isSaveDisabled() {
    // What is switched off sends nothing, so it may be wrong.
    return this.isSaving || this.isIncomplete || (this.draft.active && (!this.check?.answer || this.isFaulty));
  }

  get cannotCustomize() {
    return !this.canCustomize;
  }

  get saveLabel() {
    return this.canCustomize ? LABEL.save : LABEL.showSource;
  }

  get fileName() {
    return fileOf(this.finished);
  }

  get download() {
    return `data:text/xml;charset=utf-8,${encodeURIComponent(this.source)}`;
  }

  get shortFileName() {
    return this.fileName.split('/').at(-1);
  }

  askCheck(pause) {
    this.check = undefined;
    if (!this.isIncomplete) {
      this.checker.ask(
        [...this.mappings.filter(({ name }) => name !== this.finished.name).map(tidied), this.finished],
        this.invoiceId,
        pause,
      );
    }
  }

  takeCheck(result) {
    this.check = result;
  }

  handleChange(event) {
    event.stopPropagation();
    this.draft = event.detail;
    this.source = undefined;
    this.refusal = {};
    this.askCheck();
  }

  handleInvoice(event) {
    this.invoiceId = event.detail.value;
    this.askCheck(0);
  }

  handleCheckAgain() {
    this.askCheck(0);
  }

  handleProblem(event) {
    this.template.querySelector('c-trueup-mapping-form').focusField(event.detail.field);
  }

  handleCancel() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  async handleSave() {
    if (!this.canCustomize) {
      this.source = sourceOf(this.finished);
      return;
    }
    const sent = this.finished;
    // Once sent it keeps its name: another one would be another record.
    this.draft = { ...this.draft, name: sent.name };
    this.isSaving = true;
    this.refusal = {};
    try {
      this.tell(await saveMapping(sent, this.leaving.signal));
    } catch (error) {
      this.refusal = { error };
    }
    this.isSaving = false;
  }

  tell({ state, records, reason, id }) {
    if (state === 'left') {
      return;
    }
    if (state === 'saved') {
      this.dispatchEvent(new ShowToastEvent({ title: LABEL.saved, message: this.finished.label, variant: 'success' }));
      this.dispatchEvent(new CustomEvent('saved', { detail: { records } }));
    } else {
      this.refusal = { problems: [{ message: state === 'refused' ? (reason ?? LABEL.noReason) : formatLabel(LABEL.unknown, id) }] };
    }
  }

  async handleCopy() {
    try {
      await navigator.clipboard.writeText(this.source);
      this.announcement = LABEL.copied;
    } catch {
      this.announcement = LABEL.selectAndCopy;
    }
  }
}
