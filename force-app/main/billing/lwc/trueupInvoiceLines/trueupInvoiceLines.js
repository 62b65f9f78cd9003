import { LightningElement, api } from 'lwc';
import { isFree } from 'c/trueupInvoiceDraft';
import { placeOf } from 'c/trueupInvoiceProblems';
import { LABEL } from './labels';
import { rowsOf } from './rows';

/**
 * The lines to bill. Fires `linechange` with `{ lineKey, name, value }`, `lineadd`, and `lineremove` with `{ lineKey }`.
 * A problem is written under its line; its field is marked and points there.
 */
export default class TrueupInvoiceLines extends LightningElement {
  /** The draft whose lines are edited. */
  @api draft;

  /** Lines of the last preview: what is left, what may be changed, the exact amount. */
  @api shownLines = [];

  /** Problems of the whole draft. */
  @api problems = [];

  /** `<lineKey>.<field>` of what the person has filled in on lines of their own. */
  @api touched = new Set();

  /** Whether lines can be added, as on an account. */
  @api canAdd = false;

  /** Whether newer amounts are on their way. */
  @api isPending = false;

  /** Whether nothing can be changed at the moment. */
  @api isDisabled = false;

  label = LABEL;
  reported = new Map();

  get rows() {
    return rowsOf(this.draft, this.shownLines, this.problems, this.touched);
  }

  get hasRows() {
    return this.draft.lines.length > 0;
  }

  get hasSourceLines() {
    return this.draft.lines.some((line) => !isFree(line));
  }

  get nameHeading() {
    return this.hasSourceLines ? LABEL.product : LABEL.description;
  }

  get columnCount() {
    return this.hasSourceLines ? 7 : 6;
  }

  get emptyText() {
    return this.canAdd ? LABEL.noLinesFree : LABEL.noLines;
  }

  get amountClass() {
    return this.isPending ? 'slds-text-align_right amount_pending' : 'slds-text-align_right';
  }

  renderedCallback() {
    this.enterNewLine();
    this.template.querySelectorAll('[data-note]').forEach((field) => {
      const { key, name, note } = field.dataset;
      const cell = `${key}.${name}`;
      if (note !== (this.reported.get(cell) ?? '')) {
        this.reported.set(cell, note);
        field.setCustomValidity(note);
        field.reportValidity();
      }
    });
  }

  /** Puts the cursor into the field with this path, or into the line's first one; false when it is not here. */
  @api
  focusField(path) {
    const place = placeOf(path);
    const ofLine = place ? [...this.template.querySelectorAll(`[data-path^="lines[${place.index}]."]`)] : [];
    const field =
      path === 'lines'
        ? this.template.querySelector('[data-path], [data-id="add"]')
        : (ofLine.find((each) => each.dataset.path === path) ?? ofLine[0]);
    field?.focus();
    return Boolean(field);
  }

  /** A line that was just added is where the person goes on. */
  enterNewLine() {
    const descriptions = this.isAdding ? [...this.template.querySelectorAll('[data-name="description"]')] : [];
    if (descriptions.length > 0) {
      this.isAdding = false;
      descriptions.at(-1).focus();
    }
  }

  handleChange(event) {
    const { key: lineKey, name } = event.target.dataset;
    const value = name === 'include' ? event.detail.checked : event.detail.value;
    this.dispatchEvent(new CustomEvent('linechange', { detail: { lineKey, name, value } }));
  }

  handleAdd() {
    this.isAdding = true;
    this.dispatchEvent(new CustomEvent('lineadd'));
  }

  handleRemove(event) {
    const { key: lineKey } = event.target.dataset;
    this.dispatchEvent(new CustomEvent('lineremove', { detail: { lineKey } }));
    this.template.querySelector('[data-id="add"]')?.focus();
  }
}
