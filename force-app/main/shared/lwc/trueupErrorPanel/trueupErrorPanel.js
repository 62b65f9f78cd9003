import { LightningElement, api } from 'lwc';
import { reduceErrors } from 'c/trueupReduceErrors';
import ERROR from '@salesforce/label/c.Trueup_Error';
import WARNING from '@salesforce/label/c.Trueup_Warning';
import SOMETHING_FAILED from '@salesforce/label/c.Trueup_Something_Failed';

/**
 * What happened and what to do. Shows nothing while there is nothing to say.
 * Fires `problemselect` with `{ field }` when a problem's link is chosen, and `retry`.
 */
export default class TrueupErrorPanel extends LightningElement {
  /** One line above the problems; a general one when absent. */
  @api heading;

  /** Problems as the functions give them: `{ code, message, action, field }`; those with a field become links. */
  @api problems = [];

  /** Anything that was thrown or that a wire gave; shown as further lines. */
  @api error;

  /** `error` (announced at once) or `warning` (announced politely). */
  @api variant = 'error';

  /** Text of a button that fires `retry`; no button when absent. */
  @api retryLabel;

  get items() {
    const thrown = reduceErrors(this.error).map((message) => ({ message }));
    return [...(this.problems ?? []), ...thrown].map((problem, index) => ({ ...problem, key: `${index}` }));
  }

  get hasContent() {
    return this.items.length > 0;
  }

  get title() {
    return this.heading ?? SOMETHING_FAILED;
  }

  get role() {
    return this.variant === 'error' ? 'alert' : 'status';
  }

  get iconName() {
    return `utility:${this.variant}`;
  }

  get iconText() {
    return this.variant === 'error' ? ERROR : WARNING;
  }

  handleSelect(event) {
    const { field } = event.currentTarget.dataset;
    this.dispatchEvent(new CustomEvent('problemselect', { detail: { field } }));
  }

  handleRetry() {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
