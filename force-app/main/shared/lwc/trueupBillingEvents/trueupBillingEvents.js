import { isEmpEnabled, onError, subscribe, unsubscribe } from 'lightning/empApi';

const CHANNEL = '/event/Trueup_Billing_Event__e';
const NEW_EVENTS_ONLY = -1;
const GATHER_MS = 250;
const POLL_MS = 20000;

class Watch {
  isOpen = false;
  subscription = null;
  gathering = null;
  polling = null;

  constructor(matches, onChange, onMode) {
    this.matches = matches;
    this.onChange = onChange;
    this.onMode = onMode;
  }

  start() {
    document.addEventListener('visibilitychange', this.handleVisibility);
    onError(() => this.isOpen && this.poll());
    if (!document.hidden) {
      this.open();
    }
  }

  stop() {
    document.removeEventListener('visibilitychange', this.handleVisibility);
    this.close();
  }

  handleVisibility = () => {
    if (document.hidden) {
      this.close();
    } else if (!this.isOpen) {
      this.open();
      this.onChange();
    }
  };

  async open() {
    this.isOpen = true;
    try {
      if ((await isEmpEnabled()) === false) {
        throw new Error('Streaming is switched off.');
      }
      const subscription = await subscribe(CHANNEL, NEW_EVENTS_ONLY, (message) => this.handleEvent(message));
      this.keep(subscription);
    } catch {
      this.poll();
    }
  }

  /** The page may have been hidden while the subscription was on its way. */
  keep(subscription) {
    if (!this.isOpen || this.subscription) {
      unsubscribe(subscription, () => {});
      return;
    }
    this.subscription = subscription;
    this.onMode('live');
  }

  close() {
    this.isOpen = false;
    clearTimeout(this.gathering);
    clearInterval(this.polling);
    this.gathering = null;
    this.polling = null;
    if (this.subscription) {
      unsubscribe(this.subscription, () => {});
      this.subscription = null;
    }
  }

  handleEvent(message) {
    if (!this.isOpen || this.gathering || !this.matches(message.data.payload)) {
      return;
    }
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- several events of one operation cause one refresh
    this.gathering = setTimeout(() => {
      this.gathering = null;
      this.onChange();
    }, GATHER_MS);
  }

  poll() {
    if (!this.isOpen || this.polling) {
      return;
    }
    this.onMode('polling');
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- the fallback where events are not to be had
    this.polling = setInterval(() => this.onChange(), POLL_MS);
  }
}

/**
 * Watches billing events while the page is visible.
 * `matches(payload)` says whether an event concerns the component; `onChange()` is called soon after one did (several
 * in a row make one call), after the page was hidden, and at intervals while events are not to be had.
 * `onMode('live' | 'polling')` says which of the two it is. Returns a function that stops all of it.
 */
export function watchBillingEvents({ matches, onChange, onMode }) {
  const watch = new Watch(matches, onChange, onMode);
  watch.start();
  return () => watch.stop();
}
