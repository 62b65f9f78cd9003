import { LightningElement, api, wire } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import undoLink from '@salesforce/apex/TrueupMatchReviewController.undoLink';
import NAME from '@salesforce/schema/Trueup_Link__c.Name';
import { formatLabel } from 'c/trueupFormatLabel';
import { askFor } from 'c/trueupReadRefusal';
import { CONSEQUENCE_LIST, LABEL } from './labels';

/** Takes a link of an account or product back, however it was made. Shows first what that means. */
export default class TrueupUndoLink extends LightningElement {
  /** Link to undo. */
  @api recordId;

  label = LABEL;
  consequences = CONSEQUENCE_LIST;
  record;
  loadError;
  refusal = {};
  isBusy = false;

  @wire(getRecord, { recordId: '$recordId', fields: [NAME] })
  takeRecord({ data, error }) {
    this.record = data ?? this.record;
    this.loadError = error;
  }

  get isLoading() {
    return !this.record && !this.loadError;
  }

  get name() {
    return getFieldValue(this.record, NAME);
  }

  get heading() {
    return formatLabel(LABEL.consequences, this.name);
  }

  handleClose() {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async handleUndo() {
    this.isBusy = true;
    this.refusal = {};
    const { refusal } = await askFor(() => undoLink({ linkId: this.recordId }));
    this.isBusy = false;
    this.refusal = refusal ?? {};
    if (!refusal) {
      this.finish();
    }
  }

  finish() {
    notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    const message = formatLabel(LABEL.undoneMessage, this.name);
    this.dispatchEvent(new ShowToastEvent({ title: LABEL.undone, message, variant: 'success' }));
    this.handleClose();
  }
}
