import { LightningElement, api } from 'lwc';
import { formatLabel } from 'c/trueupFormatLabel';
import { addFreeLine, changeField, changeLine, removeLine } from 'c/trueupInvoiceDraft';
import { errorsToShow, mergeProblems, placeOf, warningsOf } from 'c/trueupInvoiceProblems';
import { LABEL } from './labels';

/**
 * The invoice to be issued, editable, with everything that stands against it.
 * Fires `draftchange` with `{ draft, touched }`, and `openexisting` when the invoice that is in the way is asked for.
 */
export default class TrueupInvoiceForm extends LightningElement {
  /** What the person has before them: the last preview's draft with later changes. */
  @api draft;

  /** The last answer of preview-invoice. */
  @api preview;

  /** What a failed attempt to issue brought: `{ heading, problems, error, invoiceId }`; absent before one. */
  @api refusal;

  /** `<lineKey>.<field>` of what the person has filled in on lines of their own. */
  @api touched = new Set();

  /** Whether a newer preview is on its way. */
  @api isPending = false;

  label = LABEL;

  get problems() {
    return mergeProblems(this.refusal?.problems ?? [], this.preview.problems);
  }

  get errors() {
    return errorsToShow(this.problems, this.draft, this.touched).map((problem) => this.named(problem));
  }

  get errorHeading() {
    const fix = this.errors.length === 1 ? LABEL.fixOne : formatLabel(LABEL.fixSome, this.errors.length);
    return this.refusal?.heading ?? fix;
  }

  get refusalError() {
    if (!this.refusal || this.refusal.problems.length > 0) {
      return undefined;
    }
    return this.refusal.error ?? LABEL.noReason;
  }

  get hasExisting() {
    return Boolean(this.refusal?.invoiceId);
  }

  get warnings() {
    return warningsOf(this.problems).map((problem) => this.named(problem));
  }

  get canAddLines() {
    return this.preview.source.type === 'Account';
  }

  get sourceText() {
    return formatLabel(LABEL.source, this.preview.source.name, this.preview.company.name);
  }

  handleProblemSelect({ detail: { field } }) {
    const parts = ['c-trueup-invoice-header', 'c-trueup-invoice-lines'].map((tag) => this.template.querySelector(tag));
    parts.find((part) => part.focusField(field));
  }

  handleFieldChange({ detail: { name, value } }) {
    this.change(changeField(this.draft, name, value));
  }

  handleLineChange({ detail: { lineKey, name, value } }) {
    this.change(changeLine(this.draft, lineKey, name, value), new Set(this.touched).add(`${lineKey}.${name}`));
  }

  handleLineAdd() {
    this.change(addFreeLine(this.draft));
  }

  handleLineRemove({ detail: { lineKey } }) {
    this.change(removeLine(this.draft, lineKey));
  }

  handleOpenExisting() {
    this.dispatchEvent(new CustomEvent('openexisting'));
  }

  /** In the list of all problems, one of a line says which line it is about. */
  named(problem) {
    const line = this.draft.lines[placeOf(problem.field)?.index];
    const shown = line && this.preview.lines.find((each) => each.lineKey === line.lineKey);
    const name = shown?.productName || line?.description;
    return name ? { ...problem, message: formatLabel(LABEL.aboutLine, name, problem.message) } : problem;
  }

  change(draft, touched = this.touched) {
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { draft, touched } }));
  }
}
