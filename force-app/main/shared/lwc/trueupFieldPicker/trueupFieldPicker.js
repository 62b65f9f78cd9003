import { LightningElement, api } from 'lwc';
import { formatLabel } from 'c/trueupFormatLabel';
import FOUND from '@salesforce/label/c.Trueup_Picker_Found';
import MORE from '@salesforce/label/c.Trueup_Picker_More';
import NOTHING_FOUND from '@salesforce/label/c.Trueup_Picker_Nothing_Found';

/** As many as a person looks through; typing narrows them. */
const MOST_SHOWN = 60;

/**
 * A box to find one of many fields in, by label or API name.
 * Options: `{ value, label, hint, isDisabled, staysOpen }`; a disabled one says in its hint why. Fires `pick` with `{ value }`.
 */
export default class TrueupFieldPicker extends LightningElement {
  @api label;
  /** What is chosen, as shown while nobody types. */
  @api text = '';
  @api options = [];
  @api placeholder;
  /** Sentence under the box while something is wrong with what is chosen. */
  @api problem;
  @api required = false;

  typed = '';
  isOpen = false;
  at = -1;

  @api focus() {
    this.template.querySelector('input')?.focus();
  }

  get shownText() {
    return this.isOpen ? this.typed : this.text;
  }

  get matches() {
    const wanted = this.typed.trim().toLowerCase();
    return this.options.filter(
      ({ value, label }) => !wanted || label.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
    );
  }

  get rows() {
    return this.matches.slice(0, MOST_SHOWN).map((option, index) => ({
      ...option,
      id: `option-${index}`,
      index,
      isActive: index === this.at ? 'true' : 'false',
      isDisabled: option.isDisabled ? 'true' : 'false',
      className: `slds-media slds-listbox__option slds-listbox__option_plain slds-media_small ${index === this.at ? 'slds-has-focus' : ''} ${option.isDisabled ? 'slds-text-color_weak' : ''}`,
    }));
  }

  get isNothingFound() {
    return this.isOpen && this.matches.length === 0;
  }

  get announcement() {
    if (!this.isOpen) {
      return '';
    }
    const { length } = this.matches;
    return length > MOST_SHOWN ? formatLabel(MORE, length, MOST_SHOWN) : formatLabel(FOUND, length);
  }

  get nothingFound() {
    return formatLabel(NOTHING_FOUND, this.typed);
  }

  get expanded() {
    return this.isOpen ? 'true' : 'false';
  }

  get activeId() {
    return this.isOpen && this.at >= 0 ? `option-${this.at}` : undefined;
  }

  get invalid() {
    return this.problem ? 'true' : 'false';
  }

  get mandatory() {
    return this.required ? 'true' : 'false';
  }

  get elementClass() {
    return `slds-form-element ${this.problem ? 'slds-has-error' : ''}`;
  }

  get triggerClass() {
    return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click ${this.isOpen ? 'slds-is-open' : ''}`;
  }

  renderedCallback() {
    this.template.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }

  handleOpen() {
    if (!this.isOpen) {
      this.open();
    }
  }

  handleType(event) {
    this.isOpen = true;
    this.typed = event.target.value;
    this.at = this.matches.length > 0 && this.typed ? 0 : -1;
  }

  handleClose() {
    this.isOpen = false;
  }

  handleKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      this.step(steps[event.key]);
    } else if (event.key === 'Enter' && this.isOpen) {
      event.preventDefault();
      this.choose(this.rows[this.at]);
    } else if (event.key === 'Escape' && this.isOpen) {
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  /** The box keeps the focus, so that a press on an option or on the scroll bar is no leaving. */
  handlePress(event) {
    event.preventDefault();
  }

  handleClick(event) {
    this.choose(this.rows[Number(event.currentTarget.dataset.index)]);
  }

  step(by) {
    if (!this.isOpen) {
      this.open();
    }
    const { length } = this.rows;
    this.at = length === 0 ? -1 : (this.at + by + length) % length;
  }

  open() {
    this.isOpen = true;
    this.typed = '';
    this.at = -1;
  }

  choose(row) {
    if (!row || row.isDisabled === 'true') {
      return;
    }
    this.open();
    this.isOpen = Boolean(row.staysOpen);
    this.dispatchEvent(new CustomEvent('pick', { detail: { value: row.value } }));
  }
}
