import { LightningElement } from 'lwc';
import userTimeZone from '@salesforce/i18n/timeZone';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { follow } from 'sandbox/clock';
import { advanceClock, runFlow, state } from 'sandbox/control';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The strip above Salesforce's own page: what only a sandbox can do. */
export default class SandboxBar extends LightningElement {
  timeZone = userTimeZone;
  now = Date.now();
  links = [];
  flows = [];
  busy = false;
  status = '';

  connectedCallback() {
    this.load();

    this.timer = setInterval(() => {
      this.now += 30_000;
    }, 30_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async load() {
    const { now = Date.now(), links = [], flows = [] } = await state();
    follow(now);
    Object.assign(this, { now, links, flows });
  }

  handleNextDay() {
    this.attempt('Moving the clock…', () => advanceClock(DAY_MS), 'The clock moved by one day. Timers that came due have run.');
  }

  handleFlow(event) {
    const { flow } = event.target.dataset;
    const { label } = this.flows.find(({ name }) => name === flow);
    this.attempt(`${label}…`, () => runFlow(flow), `${label}: done.`);
  }

  async attempt(doing, action, done) {
    this.busy = true;
    this.status = doing;
    try {
      const answer = await action();
      await this.load();
      this.dispatchEvent(new ShowToastEvent({ title: 'Sandbox', message: answer?.message || done, variant: 'success' }));
    } catch (error) {
      this.dispatchEvent(
        new ShowToastEvent({ title: 'Sandbox', message: error.body?.message || String(error), variant: 'error', mode: 'sticky' }),
      );
    } finally {
      this.busy = false;
      this.status = '';
    }
  }
}
