import { LightningElement, api } from 'lwc';
import { formatLabel } from 'c/trueupFormatLabel';
import { STEP, barsOf } from './bars';
import { LABEL } from './labels';

/** What the latest runs put right and what they left for a person, as a small chart and in words. */
export default class TrueupSyncTrend extends LightningElement {
  /** Sync runs, newest first. */
  @api runs;

  label = LABEL;

  get bars() {
    return barsOf(this.runs);
  }

  /** One run is no trend. */
  get isShown() {
    return this.bars.length > 1;
  }

  get end() {
    return this.bars.length * STEP;
  }

  get viewBox() {
    return `0 0 ${this.end} 58`;
  }

  get hasFailed() {
    return this.bars.some(({ isFailed }) => isFailed);
  }

  get summary() {
    const { bars } = this;
    const sum = (name) => bars.reduce((total, bar) => total + bar[name], 0);
    return formatLabel(LABEL.summary, bars.length, sum('corrected'), sum('left'), bars[bars.length - 1].left);
  }

  get inWords() {
    return this.bars.map((bar) => ({
      key: bar.id,
      text: formatLabel(LABEL.run, bar.name, bar.state, bar.corrected, bar.left),
    }));
  }
}
