import { LightningElement, api } from 'lwc';
import { findAllTabbableElements } from 'lightning/focusUtils';

/** A modal as Salesforce opens it for actions: keeps the focus inside, closes on Escape, covers the page. Fires `close`. */
export default class ModalFrame extends LightningElement {
  @api label;
  /** Small, Medium or Large. */
  @api size = 'Medium';
  focused = false;

  connectedCallback() {
    this.overflow = document.body.style.overflow;
    document.body.style.overflow = 'hidden';
    this.keys = (event) => {
      this.keepInside(event);
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // An open date picker or menu inside takes the key first.
      if (event.composedPath().some((node) => node.getAttribute?.('aria-expanded') === 'true')) return;
      this.handleClose();
    };
    window.addEventListener('keydown', this.keys);
  }

  disconnectedCallback() {
    document.body.style.overflow = this.overflow;
    window.removeEventListener('keydown', this.keys);
  }

  renderedCallback() {
    if (this.focused) return;
    this.focused = true;
    this.template.querySelector('section').focus();
  }

  /** Backwards from the dialog itself, where the focus starts, the trap has no element of its own to catch it. */
  keepInside(event) {
    const dialog = this.template.querySelector('section');
    if (event.key !== 'Tab' || !event.shiftKey || this.template.activeElement !== dialog) return;
    event.preventDefault();
    findAllTabbableElements(dialog).at(-1)?.focus();
  }

  get modalClass() {
    return `slds-modal slds-fade-in-open slds-modal_${this.size.toLowerCase()}`;
  }

  handleClose() {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
