import { LightningElement } from 'lwc';
import { LABEL } from './labels';
import { LoadWatcher } from './watcher';

const OVER = ['completed', 'cancelled'];

/** The first load of both systems' history: its forecast, its progress, its report. Live while it is under way. */
export default class TrueupFirstLoad extends LightningElement {
  label = LABEL;
  /** As the functions tell it; null when none was ever started. */
  load;
  unread = {};
  isPlanned = false;

  connectedCallback() {
    this.watcher = new LoadWatcher(
      (load) => this.take(load),
      (refusal) => {
        this.unread = refusal;
      },
    );
    this.watcher.look();
  }

  disconnectedCallback() {
    this.watcher.stop();
  }

  renderedCallback() {
    if (this.isMoved) {
      this.isMoved = false;
      this.template.querySelector('[data-id="title"]').focus();
    }
  }

  get isLoading() {
    return this.load === undefined && !this.unread.error && !this.unread.problems;
  }

  get isPlanning() {
    return this.load === null || (this.load && this.isPlanned);
  }

  get isShown() {
    return this.load && !this.isPlanned;
  }

  get isOver() {
    return OVER.includes(this.load.state);
  }

  take(load) {
    this.unread = {};
    this.load = load;
    if (load && !this.isOver) {
      this.isPlanned = false;
    }
  }

  handleRetry() {
    this.unread = {};
    this.watcher.look();
  }

  /** The focus goes to the top: what had it is gone. */
  handleAgain() {
    this.isPlanned = true;
    this.isMoved = true;
  }

  async handleStarted() {
    this.isMoved = true;
    await this.watcher.look();
  }

  handleControlled(event) {
    this.take(event.detail.load);
    this.watcher.lookLater(event.detail.load);
  }
}
