import { LightningElement, wire } from 'lwc';
import { CurrentPageReference } from 'lightning/navigation';
import { runRefresh } from 'lightning/refresh';
import ToastContainer from 'lightning/toastContainer';
import { componentTab } from 'sandbox/session';

const REPORTS = ['Report', 'Dashboard'];

/** The frame of Lightning Experience: header, tabs, and the page the address names. */
export default class App extends LightningElement {
  reference;
  started = false;

  @wire(CurrentPageReference)
  gotReference(reference) {
    this.reference = reference;
    // As on the platform, a move to another page starts reading at its content.
    if (this.started) this.template.querySelector('main')?.focus({ preventScroll: true });
  }

  connectedCallback() {
    ToastContainer.instance({ maxToasts: 3, toastPosition: 'top-center', containerPosition: 'fixed' });
  }

  renderedCallback() {
    this.started = true;
    if (this.tab) document.title = `${this.tab.label} | Sandbox`;
  }

  get tab() {
    return this.reference?.type === 'standard__navItemPage' ? componentTab(this.attributes.apiName) : undefined;
  }

  get attributes() {
    return this.reference?.attributes || {};
  }

  /** A list of one, so that its key makes another record another page. */
  get records() {
    const { objectApiName, recordId } = this.attributes;
    return [{ key: `${objectApiName}/${recordId}`, objectApiName, recordId }];
  }

  get is() {
    if (!this.reference) return {};
    const { type, attributes } = this.reference;
    if (type === 'standard__namedPage' && attributes.pageName === 'home') return { home: true };
    if (type === 'standard__recordPage') return { record: true };
    if (type === 'standard__recordRelationshipPage') return { related: true };
    if (type === 'standard__objectPage') return REPORTS.includes(attributes.objectApiName) ? { reports: true } : { list: true };
    return this.tab ? { tab: true } : { unknown: true };
  }

  handleSkip(event) {
    event.preventDefault();
    this.template.querySelector('main').focus();
  }

  handleRefresh(event) {
    event.stopPropagation();
    runRefresh();
  }
}
