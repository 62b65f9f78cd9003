import { LightningElement, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import decideConflict from '@salesforce/apex/TrueupConflictController.decideConflict';
import openConflicts from '@salesforce/apex/TrueupConflictController.openConflicts';
import takeOverValue from '@salesforce/apex/TrueupConflictController.takeOverValue';
import { formatLabel } from 'c/trueupFormatLabel';
import { readRefusal } from 'c/trueupReadRefusal';
import { reduceErrors } from 'c/trueupReduceErrors';
import { LABEL } from './labels';
import { decisionsOf, rowOf } from './rows';

/** The page is asked for one more, to know whether there are more. */
const MOST_SHOWN = 100;

/** What the three systems say differently of a customer: a person chooses per field which of them is right. */
export default class TrueupConflicts extends LightningElement {
  label = LABEL;
  conflicts;
  error;
  /** Choice by conflict. */
  chosen = {};
  problems = [];
  isBusy = false;
  working = '';
  hasMore = false;
  more = formatLabel(LABEL.more, MOST_SHOWN);

  @wire(openConflicts)
  takeConflicts(result) {
    this.wired = result;
    this.error = result.error;
    if (result.data) {
      this.hasMore = result.data.length > MOST_SHOWN;
      this.conflicts = result.data.slice(0, MOST_SHOWN);
    }
  }

  get isLoading() {
    return !this.conflicts && !this.error;
  }

  get rows() {
    return this.conflicts.map((conflict) => rowOf(conflict, this.chosen[conflict.Id], this.isBusy));
  }

  get hasRows() {
    return this.conflicts?.length > 0;
  }

  get isEmpty() {
    return this.conflicts?.length === 0;
  }

  get isSaveDisabled() {
    return this.isBusy || Object.keys(this.chosen).length === 0;
  }

  handleChoose(event) {
    const { id, choice } = event.currentTarget.dataset;
    this.chosen = { ...this.chosen, [id]: choice };
  }

  handleKeepAll() {
    const kept = this.conflicts.filter((conflict) => conflict.Salesforce_Value__c).map(({ Id }) => [Id, 'Salesforce']);
    this.chosen = Object.fromEntries(kept);
  }

  async handleSave() {
    const decisions = decisionsOf(this.conflicts, this.chosen);
    this.isBusy = true;
    this.problems = [];
    const refused = await this.decideAll(decisions);
    this.isBusy = false;
    this.problems = refused.flat();
    this.chosen = {};
    const message = formatLabel(LABEL.decidedMany, decisions.length - refused.length, decisions.length);
    const variant = refused.length > 0 ? 'warning' : 'success';
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.decided, message, variant }));
    await refreshApex(this.wired);
  }

  /** One after the other: two of one account wait for each other anyway. @returns the problems of each that was refused */
  async decideAll(decisions, at = 0, refused = []) {
    this.working = formatLabel(LABEL.working, at, decisions.length);
    if (at === decisions.length) {
      return refused;
    }
    const problems = await this.decideOne(decisions[at]);
    return this.decideAll(decisions, at + 1, problems.length > 0 ? [...refused, problems] : refused);
  }

  /** The person's own change of Salesforce ends before the functions are called. */
  async decideOne({ subject, ...decision }) {
    const named = ({ problems = [], error }) =>
      [...problems, ...reduceErrors(error).map((message) => ({ message }))].map((problem) => ({
        ...problem,
        message: `${subject}: ${problem.message}`,
      }));
    try {
      if (decision.choose !== 'Salesforce') {
        await takeOverValue(decision);
      }
      const reply = await decideConflict(decision);
      if (reply.outcome === 'accepted') {
        this.dispatchEvent(new ShowToastEvent({ title: subject, message: LABEL.onItsWay, variant: 'info' }));
        return [];
      }
      return named(readRefusal(reply) ?? {});
    } catch (error) {
      return named({ error });
    }
  }
}
