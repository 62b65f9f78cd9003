import { isEmpEnabled, onError, subscribe, unsubscribe } from 'lightning/empApi';
import { watchBillingEvents } from 'c/trueupBillingEvents';

const event = (payload) => ({ data: { payload } });
let isHidden;
let stop;

function watch() {
  const seen = { changes: 0, mode: undefined };
  stop = watchBillingEvents({
    matches: (payload) => payload.Invoice_Id__c === 'ours',
    onChange: () => {
      seen.changes += 1;
    },
    onMode: (mode) => {
      seen.mode = mode;
    },
  });
  return seen;
}
const publish = (payload) => subscribe.mock.calls.at(-1)[2](event(payload));
function setHidden(hidden) {
  isHidden = hidden;
  document.dispatchEvent(new CustomEvent('visibilitychange'));
  return jest.advanceTimersByTimeAsync(0);
}

describe('c-trueup-billing-events', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    isHidden = false;
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    isEmpEnabled.mockResolvedValue(true);
    subscribe.mockResolvedValue({ id: 1 });
  });
  afterEach(() => {
    stop();
    jest.clearAllMocks();
    jest.useRealTimers();
  });

  it('is live once subscribed, and reports only matching events', async () => {
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    publish({ Invoice_Id__c: 'theirs' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual({ changes: 0, mode: 'live' });
    publish({ Invoice_Id__c: 'ours' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(seen.changes).toBe(1);
  });

  it('gathers several events into one change', async () => {
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    publish({ Invoice_Id__c: 'ours' });
    publish({ Invoice_Id__c: 'ours' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(seen.changes).toBe(1);
  });

  it('lets go of the subscription while the page is hidden, and looks again when it is back', async () => {
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    await setHidden(true);
    expect(unsubscribe).toHaveBeenCalledTimes(1);
    await setHidden(false);
    expect(seen.changes).toBe(1);
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it('lets go of a subscription that arrives after the page was hidden', async () => {
    let arrive;
    subscribe.mockReturnValue(
      new Promise((resolve) => {
        arrive = resolve;
      }),
    );
    watch();
    await setHidden(true);
    arrive({ id: 7 });
    await jest.advanceTimersByTimeAsync(0);
    expect(unsubscribe.mock.calls[0][0]).toEqual({ id: 7 });
  });

  it.each([
    ['events are switched off', () => isEmpEnabled.mockResolvedValue(false)],
    ['the allocation is spent', () => subscribe.mockRejectedValue(new Error('403::daily limit'))],
  ])('polls and says so when %s', async (_, arrange) => {
    arrange();
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    expect(seen).toEqual({ changes: 0, mode: 'polling' });
    await jest.advanceTimersByTimeAsync(40000);
    expect(seen.changes).toBe(2);
  });

  it('polls when the stream breaks later on', async () => {
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    onError.mock.calls[0][0]({ error: 'connection lost' });
    await jest.advanceTimersByTimeAsync(20000);
    expect(seen).toEqual({ changes: 1, mode: 'polling' });
  });

  it('does nothing any more once stopped', async () => {
    const seen = watch();
    await jest.advanceTimersByTimeAsync(0);
    stop();
    publish({ Invoice_Id__c: 'ours' });
    await jest.advanceTimersByTimeAsync(60000);
    await setHidden(false);
    expect(seen.changes).toBe(0);
  });
});
