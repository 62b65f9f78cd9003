import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import decideMatch from '@salesforce/apex/TrueupMatchReviewController.decideMatch';
import openReviews from '@salesforce/apex/TrueupMatchReviewController.openReviews';
import REVIEW_OBJECT from '@salesforce/schema/Trueup_Match_Review__c';
import { formatLabel } from 'c/trueupFormatLabel';
import { askFor } from 'c/trueupReadRefusal';
import { reduceErrors } from 'c/trueupReduceErrors';
import { LABEL } from './labels';
import { canBeCreated, planOf, rowOf } from './rows';

/** The page is asked for one more, to know whether there are more. */
const MOST_SHOWN = 100;

/** Accounts and products that wait for a decision, many at a time: each choice first says what it will do to each of them. */
export default class TrueupMatchReviews extends NavigationMixin(LightningElement) {
  label = LABEL;
  reviews;
  error;
  chosen = new Set();
  /** The choice whose consequences are shown. */
  plan;
  problems = [];
  isBusy = false;
  working = '';
  hasMore = false;
  more = formatLabel(LABEL.more, MOST_SHOWN);

  @wire(openReviews)
  async takeReviews(result) {
    this.wired = result;
    this.error = result.error;
    if (result.data) {
      this.hasMore = result.data.length > MOST_SHOWN;
      const rows = result.data.slice(0, MOST_SHOWN).map(rowOf);
      const urls = await Promise.all(rows.map((row) => this[NavigationMixin.GenerateUrl](reviewPage(row.id))));
      this.reviews = rows.map((row, index) => ({ ...row, url: urls[index] }));
    }
  }

  renderedCallback() {
    if (this.focusOn) {
      this.template.querySelector(`[data-id="${this.focusOn}"]`)?.focus();
      this.focusOn = undefined;
    }
  }

  get isLoading() {
    return !this.reviews && !this.error;
  }

  get rows() {
    return this.reviews.map((row) => ({ ...row, isChosen: this.chosen.has(row.id), isDisabled: this.isBusy || row.isUnreadable }));
  }

  get hasRows() {
    return this.reviews?.length > 0;
  }

  get isEmpty() {
    return this.reviews?.length === 0;
  }

  /** Rows that can be decided. */
  get decidable() {
    return this.reviews.filter(({ isUnreadable }) => !isUnreadable);
  }

  get isAllChosen() {
    return this.decidable.length > 0 && this.decidable.every(({ id }) => this.chosen.has(id));
  }

  get chosenRows() {
    return this.reviews.filter(({ id }) => this.chosen.has(id));
  }

  get isLinkDisabled() {
    return Boolean(this.plan) || !this.chosenRows.some(({ best }) => best);
  }

  get isCreateDisabled() {
    return Boolean(this.plan) || !this.chosenRows.some(canBeCreated);
  }

  handleChoose(event) {
    const chosen = new Set(this.chosen);
    const { id } = event.currentTarget.dataset;
    if (event.target.checked) {
      chosen.add(id);
    } else {
      chosen.delete(id);
    }
    this.chosen = chosen;
  }

  handleChooseAll(event) {
    this.chosen = new Set(event.target.checked ? this.decidable.map(({ id }) => id) : []);
  }

  handlePlan(event) {
    this.problems = [];
    this.plan = planOf(event.currentTarget.dataset.choice, this.chosenRows);
  }

  handleCancel() {
    this.plan = undefined;
    this.focusOn = 'all';
  }

  handleOpen(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate](reviewPage(event.currentTarget.dataset.id));
  }

  async handleConfirm() {
    const { choice, decisions } = this.plan;
    this.isBusy = true;
    const refused = await this.decideAll(choice, decisions);
    this.isBusy = false;
    this.problems = refused.flat();
    this.chosen = new Set();
    this.handleCancel();
    const message = formatLabel(LABEL.decidedMany, decisions.length - refused.length, decisions.length);
    const variant = refused.length > 0 ? 'warning' : 'success';
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.decided, message, variant }));
    await refreshApex(this.wired);
  }

  /** One after the other, so that two never want the same customer at once. @returns the problems of each that was refused */
  async decideAll(choice, decisions, at = 0, refused = []) {
    this.working = formatLabel(LABEL.working, at, decisions.length);
    if (at === decisions.length) {
      return refused;
    }
    const problems = await decideOne(choice, decisions[at]);
    return this.decideAll(choice, decisions, at + 1, problems.length > 0 ? [...refused, problems] : refused);
  }
}

async function decideOne(choice, { reviewId, candidateId, account }) {
  const named = ({ problems = [], error }) =>
    [...problems, ...reduceErrors(error).map((message) => ({ message }))].map((problem) => ({
      ...problem,
      message: `${account}: ${problem.message}`,
    }));
  const { refusal } = await askFor(() => decideMatch({ reviewId, choice, candidateId }));
  return named(refusal ?? {});
}

function reviewPage(recordId) {
  return {
    type: 'standard__recordPage',
    attributes: { recordId, objectApiName: REVIEW_OBJECT.objectApiName, actionName: 'view' },
  };
}
