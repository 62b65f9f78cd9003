import { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import CAN_CUSTOMIZE from '@salesforce/userPermission/CustomizeApplication';
import { formatLabel } from 'c/trueupFormatLabel';
import { mappingOf, newMapping, saveMapping } from 'c/trueupMapping';
import { LABEL } from './labels';
import { loadBooks, loadSalesforce } from './load';
import { groupsOf } from './rows';

/** Which Salesforce values go into which fields of Stripe and QuickBooks: how each mapping stands, and an editor. */
export default class TrueupFieldMappings extends LightningElement {
  label = LABEL;
  /** What Salesforce holds: mappings, companies, invoices. */
  held;
  error;
  /** What both books say: their fields, and how each mapping stands. */
  books = { targets: [], problems: [] };
  editing;
  refusal = {};
  /** Name of the mapping that is being saved from the list. */
  saving;
  leaving = new AbortController();

  connectedCallback() {
    this.load();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  renderedCallback() {
    if (this.focusOn) {
      this.template.querySelector(this.focusOn)?.focus();
      this.focusOn = undefined;
    }
  }

  get isLoading() {
    return !this.held && !this.error;
  }

  get isList() {
    return this.held && !this.editing;
  }

  get groups() {
    return groupsOf(this.held.mappings, this.held.companies, this.books.checks);
  }

  get isEmpty() {
    return this.held.mappings.length === 0;
  }

  get state() {
    return this.saving ? LABEL.saving : '';
  }

  get isBusy() {
    return Boolean(this.saving);
  }

  async load() {
    this.error = undefined;
    try {
      this.held = await loadSalesforce();
    } catch (error) {
      this.error = error;
      return;
    }
    await this.loadBooks();
  }

  async loadBooks() {
    this.books = { ...this.books, error: undefined };
    this.books = await loadBooks();
  }

  handleNew() {
    this.refusal = {};
    this.editing = newMapping();
  }

  handleEdit(event) {
    this.refusal = {};
    this.editing = this.mappingNamed(event);
    this.opened = this.editing.name;
  }

  handleClose() {
    this.editing = undefined;
    this.focusOn = this.opened ? `[data-edit="${this.opened}"]` : '[data-id="new"]';
    this.opened = undefined;
  }

  handleSaved(event) {
    this.take(event.detail.records);
    this.handleClose();
  }

  /** Salesforce deletes no such record from code: what is not wanted any more is switched off. */
  async handleToggle(event) {
    const mapping = this.mappingNamed(event);
    const changed = { ...mapping, active: !mapping.active };
    // What is switched on is checked first, as any other change.
    if (changed.active || !CAN_CUSTOMIZE) {
      this.refusal = {};
      this.opened = mapping.name;
      this.editing = changed;
      return;
    }
    this.saving = mapping.name;
    this.refusal = {};
    try {
      const { state, records, reason, id } = await saveMapping(changed, this.leaving.signal);
      if (state === 'saved') {
        this.take(records);
        this.dispatchEvent(new ShowToastEvent({ title: LABEL.saved, message: mapping.label, variant: 'success' }));
      } else if (state !== 'left') {
        this.refusal = { problems: [{ message: state === 'refused' ? (reason ?? LABEL.noReason) : formatLabel(LABEL.unknown, id) }] };
      }
    } catch (error) {
      this.refusal = { error };
    }
    this.saving = undefined;
  }

  take(records) {
    this.held = { ...this.held, mappings: records.map(mappingOf) };
    this.loadBooks();
  }

  mappingNamed(event) {
    return this.held.mappings.find(({ name }) => name === event.currentTarget.dataset.name);
  }
}
