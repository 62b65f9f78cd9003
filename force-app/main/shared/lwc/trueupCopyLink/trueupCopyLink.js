import { LightningElement, api } from 'lwc';
import COPIED from '@salesforce/label/c.Trueup_Copied';
import COPY_LINK from '@salesforce/label/c.Trueup_Copy_Link';
import SELECT_AND_COPY from '@salesforce/label/c.Trueup_Select_And_Copy';

const SHOWN_MS = 3000;

/** A link with a button that copies its address. Where the browser forbids copying, the address is shown to be selected. */
export default class TrueupCopyLink extends LightningElement {
  /** Address to open and to copy. */
  @api url;

  /** Text of the link. */
  @api text;

  label = { selectAndCopy: SELECT_AND_COPY };
  isCopied = false;
  isManual = false;

  get iconName() {
    return this.isCopied ? 'utility:check' : 'utility:copy';
  }

  get copyText() {
    return this.isCopied ? COPIED : COPY_LINK;
  }

  get announcement() {
    if (this.isManual) {
      return SELECT_AND_COPY;
    }
    return this.isCopied ? COPIED : '';
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async handleCopy() {
    try {
      await navigator.clipboard.writeText(this.url);
      this.showCopied();
    } catch {
      this.isManual = true;
    }
  }

  renderedCallback() {
    const manual = this.template.querySelector('input');
    if (manual && !this.isSelected) {
      this.isSelected = true;
      manual.focus();
      manual.select();
    }
  }

  showCopied() {
    this.isCopied = true;
    clearTimeout(this.timer);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- the tick gives way to the copy icon again
    this.timer = setTimeout(() => {
      this.isCopied = false;
    }, SHOWN_MS);
  }
}
