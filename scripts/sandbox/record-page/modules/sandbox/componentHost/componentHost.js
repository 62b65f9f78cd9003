import { LightningElement, api, createElement } from 'lwc';
import { components } from '@sandbox/registry';

/** Creates one of the package's own components and hands it what the platform would. */
export default class ComponentHost extends LightningElement {
  /** Module name, such as `trueupInvoiceStatus`. */
  @api name;
  @api recordId;
  @api objectApiName;
  /** Design attributes from the page. */
  @api properties = {};
  /** In an action the platform sets the record id only after the element is connected. */
  @api late = false;
  failure;
  shown;

  async renderedCallback() {
    const wanted = `${this.name}|${this.recordId}`;
    if (wanted === this.shown) return;
    this.shown = wanted;
    try {
      const { default: constructor } = await components[this.name]();
      if (wanted === this.shown && this.isConnected) this.mount(constructor);
    } catch (error) {
      this.failure = `${this.name} could not be shown: ${error.message}`;
      throw error;
    }
  }

  mount(constructor) {
    const tag = `c-${this.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const element = createElement(tag, { is: constructor });
    const context = { ...this.properties, ...(this.recordId && { recordId: this.recordId, objectApiName: this.objectApiName }) };
    if (!this.late) Object.assign(element, context);
    this.template.querySelector('.host').replaceChildren(element);
    if (this.late) Object.assign(element, context);
    this.element = element;
    this.dispatchEvent(new CustomEvent('mounted', { detail: element }));
  }
}
