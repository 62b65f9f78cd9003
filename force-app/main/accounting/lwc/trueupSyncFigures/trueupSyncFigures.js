import { LightningElement, api } from 'lwc';
import { COLUMNS, LABEL } from './labels';
import { rowsOf } from './rows';

/** How many records of each object are in step, in flight and in need of a person; each number opens its list. */
export default class TrueupSyncFigures extends LightningElement {
  /** TrueupSyncFigure records. */
  @api figures;

  label = LABEL;
  columns = COLUMNS;

  get rows() {
    return rowsOf(this.figures);
  }
}
