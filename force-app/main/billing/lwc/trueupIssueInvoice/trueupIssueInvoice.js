import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import issueInvoice from '@salesforce/apex/TrueupIssueInvoiceController.issueInvoice';
import previewInvoice from '@salesforce/apex/TrueupIssueInvoiceController.previewInvoice';
import { Follower, runOperation } from 'c/trueupFollowOperation';
import { adoptAnswer } from 'c/trueupInvoiceDraft';
import { invoicePage } from 'c/trueupInvoicePage';
import { LABEL } from './labels';
import { Previewer } from './previewer';
import { reasonNotReady } from './readiness';

const STEPS = ['checked', 'customer', 'quickbooks', 'stripe', 'compared', 'written-back', 'sent'];

/**
 * Issues an invoice from an Opportunity, Order or Account: shows exactly what both books will hold and every problem that
 * can be foreseen, then shows the progress of the real thing and ends on the invoice's page.
 */
export default class TrueupIssueInvoice extends NavigationMixin(LightningElement) {
  /** Record to bill. The platform sets it after the panel is connected. */
  @api
  get recordId() {
    return this.sourceId;
  }
  set recordId(value) {
    if (value && value !== this.sourceId) {
      this.sourceId = value;
      this.previewer.now();
    }
  }

  label = LABEL;
  expectedSteps = STEPS;
  sourceId;
  draft;
  touched = new Set();
  preview;
  previewError;
  isPending = false;
  refusal;
  progress;

  previewer = new Previewer((draft) => previewInvoice({ sourceId: this.sourceId, draftJson: draft ? JSON.stringify(draft) : null }), {
    onAnswer: (answer) => this.takePreview(answer),
    onError: (error) => {
      this.previewError = error;
    },
    onPending: (isPending) => {
      this.isPending = isPending;
    },
  });

  disconnectedCallback() {
    this.previewer.stop();
    this.follower?.stop();
  }

  get isLoading() {
    return !this.preview && !this.previewError;
  }

  get isForm() {
    return Boolean(this.preview) && !this.progress;
  }

  get disabledReason() {
    return this.isForm ? reasonNotReady(this) : '';
  }

  get isIssueDisabled() {
    return this.disabledReason !== '';
  }

  /** Not while all goes well: the panel then opens the invoice by itself. */
  get isInvoiceInSight() {
    return Boolean(this.progress?.invoiceId) && ['waiting', 'needs-attention', 'lost'].includes(this.progress.state);
  }

  get closeLabel() {
    return this.progress ? LABEL.close : LABEL.cancel;
  }

  handleDraftChange({ detail: { draft, touched } }) {
    this.refusal = undefined;
    this.draft = draft;
    this.touched = touched;
    this.previewer.soon(draft);
  }

  handleRetry() {
    this.previewError = undefined;
    this.previewer.now(this.draft);
  }

  handleClose() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  handleOpenInvoice() {
    this.openInvoice(this.progress?.invoiceId ?? this.refusal.invoiceId);
  }

  async handleIssue() {
    if (this.progress || this.isIssueDisabled) {
      return;
    }
    this.refusal = undefined;
    this.progress = { state: 'running', steps: [] };
    this.template.querySelector('[data-id="close"]').focus();
    const last = await this.issue();
    if (last?.state === 'done') {
      await this.finish(last);
    } else if (['rejected', 'refused', 'compensated'].includes(last?.state)) {
      this.backToForm(last);
    }
  }

  /** Anything but `done` comes without an invoice to show, and says why. */
  takePreview(answer) {
    if (answer.outcome !== 'done') {
      this.previewError = answer.problems.map(({ message, action }) => `${message} ${action}`);
      return;
    }
    this.previewError = undefined;
    this.preview = answer;
    this.draft = adoptAnswer(this.draft, answer.draft);
  }

  /** The operation's last answer; null when the panel was closed meanwhile. */
  async issue() {
    this.follower = new Follower((payload) => payload.Source_Id__c === this.sourceId);
    const start = () => issueInvoice({ sourceId: this.sourceId, draftJson: JSON.stringify(this.draft) });
    try {
      return await runOperation(start, this.follower, (answer) => {
        this.progress = answer;
      });
    } finally {
      this.follower.stop();
    }
  }

  /** What the attempt brought stays in sight, and a fresh preview shows what holds now. */
  backToForm({ state, error, problems, invoiceId }) {
    const heading = state === 'compensated' ? LABEL.compensated : LABEL.notIssued;
    this.refusal = { heading, error, problems, invoiceId: state === 'rejected' ? invoiceId : undefined };
    this.progress = undefined;
    this.previewer.now(this.draft);
  }

  async finish({ invoiceId, invoiceNumber }) {
    const url = await this[NavigationMixin.GenerateUrl](invoicePage(invoiceId));
    notifyRecordUpdateAvailable([{ recordId: this.sourceId }, { recordId: invoiceId }]);
    this.dispatchEvent(
      new ShowToastEvent({
        title: LABEL.issued,
        message: LABEL.issuedMessage,
        messageData: [{ url, label: invoiceNumber ?? invoiceId }],
        variant: 'success',
      }),
    );
    this.openInvoice(invoiceId);
  }

  openInvoice(invoiceId) {
    this[NavigationMixin.Navigate](invoicePage(invoiceId));
    this.dispatchEvent(new CloseActionScreenEvent());
  }
}
