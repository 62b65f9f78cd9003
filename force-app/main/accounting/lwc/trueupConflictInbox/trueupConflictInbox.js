import { LightningElement } from 'lwc';
import INBOX from '@salesforce/label/c.Trueup_Conflict_Inbox';

/** The conflicts on a tab of their own, which brings no heading with it. */
export default class TrueupConflictInbox extends LightningElement {
  label = INBOX;
}
