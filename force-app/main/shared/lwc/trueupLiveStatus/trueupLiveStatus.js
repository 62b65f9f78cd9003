import { LightningElement, api } from 'lwc';
import POLLING from '@salesforce/label/c.Trueup_Live_Polling';

/** Says so when a component does not update live but looks again now and then. */
export default class TrueupLiveStatus extends LightningElement {
  /** `live` or `polling`. */
  @api mode;

  label = { polling: POLLING };

  get isPolling() {
    return this.mode === 'polling';
  }
}
