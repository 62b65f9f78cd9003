import readLoad from '@salesforce/apex/TrueupFirstLoad.readLoad';
import { readRefusal } from 'c/trueupReadRefusal';

const PAUSE_MS = { running: 3000, pausing: 2000, paused: 15000 };
const FAILURES_BORNE = 5;

/**
 * Reads how the load stands, again and again until it is over. `onLoad(load)` takes each answer, null when none was ever started;
 * `onUnread(refusal)` what keeps it from being read: at once at the first look, later after some failures, since the load goes on.
 */
export class LoadWatcher {
  isStopped = false;
  failures = FAILURES_BORNE;

  constructor(onLoad, onUnread) {
    this.onLoad = onLoad;
    this.onUnread = onUnread;
  }

  async look() {
    clearTimeout(this.timer);
    const read = await this.read();
    if (this.isStopped) {
      return;
    }
    if (read.refusal) {
      this.bear(read.refusal);
      return;
    }
    this.failures = 0;
    this.onLoad(read.load);
    this.lookLater(read.load);
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  async read() {
    try {
      const answer = await readLoad();
      return { refusal: readRefusal(answer), load: answer.load ?? null };
    } catch (error) {
      return { refusal: { error } };
    }
  }

  bear(refusal) {
    this.failures += 1;
    if (this.failures > FAILURES_BORNE) {
      this.onUnread(refusal);
    } else {
      this.lookLater({ state: 'running' });
    }
  }

  lookLater(load) {
    const pause = PAUSE_MS[load?.state];
    if (pause) {
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- a load takes minutes to hours, and no event tells of each step
      this.timer = setTimeout(() => this.look(), pause);
    }
  }
}
