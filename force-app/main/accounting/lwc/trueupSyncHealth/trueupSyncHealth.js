import { LightningElement } from 'lwc';
import readHealth from '@salesforce/apex/TrueupSyncHealthController.readHealth';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { LABEL } from './labels';

/** Freshness grows old without any event. */
const LOOK_MS = 60000;
/** On a busy day events come all the time; the figures follow at this pace. */
const GATHER_MS = 3000;

/** How the three systems stand: how fresh, what is used of their calls, what is in step, what needs a person and how to have it tried again. Live. */
export default class TrueupSyncHealth extends LightningElement {
  label = LABEL;
  liveMode = 'live';
  health;
  error;

  connectedCallback() {
    this.stopWatching = watchBillingEvents({
      matches: () => true,
      onChange: () => this.handleNews(),
      onMode: (mode) => {
        this.liveMode = mode;
      },
    });
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- how long ago something was read has to be said anew
    this.looking = setInterval(() => document.hidden || this.load(), LOOK_MS);
    this.load();
  }

  disconnectedCallback() {
    this.stopWatching();
    clearInterval(this.looking);
    clearTimeout(this.gathering);
  }

  get isLoading() {
    return !this.health && !this.error;
  }

  handleNews() {
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- many events in a row make one look
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.load();
    }, GATHER_MS);
  }

  handleRefresh() {
    return this.load();
  }

  /** Of two looks that overtake each other the later one counts. */
  async load() {
    const look = {};
    this.latest = look;
    try {
      const health = await readHealth();
      if (this.latest === look) {
        this.health = health;
        this.error = undefined;
      }
    } catch (error) {
      if (this.latest === look) {
        this.error = error;
      }
    }
  }
}
