import { LightningElement, api, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldDisplayValue, getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import decideMatch from '@salesforce/apex/TrueupMatchReviewController.decideMatch';
import MAY_DECIDE from '@salesforce/customPermission/Trueup_Administer';
import CANDIDATES from '@salesforce/schema/Trueup_Match_Review__c.Candidates__c';
import REASON from '@salesforce/schema/Trueup_Match_Review__c.Reason__c';
import STATUS from '@salesforce/schema/Trueup_Match_Review__c.Status__c';
import SYSTEM from '@salesforce/schema/Trueup_Match_Review__c.System__c';
import { formatLabel } from 'c/trueupFormatLabel';
import { isOfProduct, readContent } from 'c/trueupMatchContent';
import { askFor } from 'c/trueupReadRefusal';
import { describeChoice } from './choices';
import { describeItemChoice } from './itemChoices';
import { LABEL, SYSTEM_LABEL } from './labels';
import { columnsOf, rowsOf } from './review';

const ACCOUNT_WORDS = {
  create: LABEL.choiceCreate,
  ours: LABEL.account,
  compared: LABEL.compared,
  alreadySaid: LABEL.alreadySaid,
  noCandidates: LABEL.noCandidates,
  resolved: LABEL.resolved,
};
const ITEM_WORDS = {
  ours: LABEL.product,
  compared: LABEL.comparedItems,
  alreadySaid: LABEL.alreadySaidItem,
  noCandidates: LABEL.noItems,
  resolved: LABEL.resolvedProduct,
};
const PRODUCT_WORDS = {
  ...ITEM_WORDS,
  create: LABEL.choiceCreateProduct,
  compared: LABEL.comparedProducts,
  alreadySaid: LABEL.alreadySaidProduct,
  noCandidates: LABEL.noProducts,
};
const BADGE = { Open: 'slds-theme_warning', Resolved: 'slds-theme_success' };

/**
 * Who an account is in Stripe or QuickBooks, or which QuickBooks item or Stripe product a product is sold as: both sides with what differs, and a
 * person's decision, which can be undone.
 */
export default class TrueupMatchReview extends LightningElement {
  /** Match review whose page this is. */
  @api recordId;

  label = LABEL;
  mayDecide = Boolean(MAY_DECIDE);
  isNotAllowed = !MAY_DECIDE;
  content;
  record;
  error;
  /** The choice whose consequences are shown: `{ choice, candidateId, … }`. */
  asking;
  refusal = {};
  isBusy = false;

  @wire(getRecord, { recordId: '$recordId', fields: [STATUS, SYSTEM], optionalFields: [CANDIDATES, REASON] })
  takeRecord({ data, error }) {
    this.record = data ?? this.record;
    this.error = error;
    this.content = data ? readContent(getFieldValue(data, CANDIDATES)) : this.content;
  }

  renderedCallback() {
    if (this.focusOn) {
      this.template.querySelector(`[data-id="${this.focusOn}"]`)?.focus();
      this.focusOn = undefined;
    }
  }

  get isLoading() {
    return !this.record && !this.error;
  }

  get isUnreadable() {
    return Boolean(this.record) && !this.content;
  }

  get status() {
    return getFieldValue(this.record, STATUS);
  }

  get statusLabel() {
    return getFieldDisplayValue(this.record, STATUS) ?? this.status;
  }

  get badgeClass() {
    return BADGE[this.status];
  }

  get isOpen() {
    return this.status === 'Open';
  }

  get system() {
    const system = getFieldValue(this.record, SYSTEM);
    return SYSTEM_LABEL[system] ?? system;
  }

  get name() {
    return this.content.ours.name;
  }

  get isProduct() {
    return isOfProduct(this.content);
  }

  /** The question is about a QuickBooks item, which nobody creates from here. */
  get isItem() {
    return this.isProduct && getFieldValue(this.record, SYSTEM) !== 'Stripe';
  }

  get isWithoutItem() {
    return this.isItem && this.status !== 'Resolved';
  }

  get words() {
    if (!this.isProduct) {
      return ACCOUNT_WORDS;
    }
    return this.isItem ? ITEM_WORDS : PRODUCT_WORDS;
  }

  /** A product of which no item is the right one is without; the note beside it says what to do. */
  get why() {
    if (this.isOpen) {
      return formatLabel(LABEL.why, getFieldValue(this.record, REASON) ?? '');
    }
    return this.isItem && this.status === 'Dismissed' ? '' : this.words.resolved;
  }

  /** Which one it was: two may have the same name. */
  get linked() {
    const { linkedTo } = this.content;
    return linkedTo && !this.isOpen ? formatLabel(LABEL.linked, linkedTo.name, linkedTo.id) : undefined;
  }

  get columns() {
    return columnsOf(this.content, getFieldValue(this.record, SYSTEM));
  }

  get rows() {
    return rowsOf(this.content, getFieldValue(this.record, SYSTEM));
  }

  get hasCandidates() {
    return this.content.candidates.length > 0;
  }

  get canChoose() {
    return this.mayDecide && this.isOpen && !this.asking;
  }

  get canCreate() {
    return this.canChoose && !this.isItem;
  }

  get canUndo() {
    return this.mayDecide && !this.asking && (!this.isOpen || this.content.notSame.length > 0);
  }

  handleChoice(event) {
    const { choice, candidate: candidateId } = event.currentTarget.dataset;
    const candidate = this.content.candidates.find(({ id }) => id === candidateId);
    this.refusal = {};
    this.asking = { choice, candidateId: candidateId ?? null, ...this.describe(choice, candidate) };
  }

  describe(choice, candidate) {
    const { name, system, isItem } = this;
    const isLost = Boolean(this.content.broken);
    return this.isProduct
      ? describeItemChoice(choice, { product: name, system, candidate, isItem, isLost })
      : describeChoice(choice, { account: name, system, candidate, isLost });
  }

  handleCancel() {
    this.asking = undefined;
    this.focusOn = 'title';
  }

  async handleConfirm() {
    const { choice, candidateId } = this.asking;
    this.isBusy = true;
    const { answer, refusal } = await askFor(() => decideMatch({ reviewId: this.recordId, choice, candidateId }));
    this.isBusy = false;
    this.refusal = refusal ?? {};
    if (!refusal) {
      this.tell(answer);
    }
    this.handleCancel();
  }

  tell({ status, linkedTo }) {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    const message = linkedTo ? formatLabel(LABEL.linkedTo, this.name, linkedTo.name) : status === 'Open' ? LABEL.reopened : '';
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.decided, message, variant: 'success' }));
  }
}
