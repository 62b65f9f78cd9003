import { createElement } from 'lwc';
import cancelOperation from '@salesforce/apex/TrueupTimelineController.cancelOperation';
import readTimeline from '@salesforce/apex/TrueupTimelineController.readTimeline';
import replayEvent from '@salesforce/apex/TrueupTimelineController.replayEvent';
import retryOperation from '@salesforce/apex/TrueupTimelineController.retryOperation';
import TrueupTimeline from 'c/trueupTimeline';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupTimelineController.readTimeline', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupTimelineController.retryOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupTimelineController.cancelOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupTimelineController.replayEvent', () => ({ default: jest.fn() }), { virtual: true });

const entry = (kind, text, part = {}) => ({ at: '2026-03-01T10:00:00.000Z', kind, system: 'stripe', text, state: 'done', ...part });
const TIMELINE = {
  outcome: 'done',
  canReplay: false,
  operations: [],
  entries: [
    entry('person', 'Issue Invoice was asked for', { system: 'salesforce', detail: 'By Rosa Reyes.' }),
    entry('call', 'Create draft', { detail: 'Answered after 12 ms.' }),
    entry('event', 'invoice.paid', { eventId: 'evt_1' }),
  ],
  problems: [],
};
const STUCK = {
  key: 'op-1',
  kind: 'issue-invoice',
  state: 'needs-attention',
  problem: 'Stripe refused.',
  fix: 'Try again.',
  canRetry: true,
  canCancel: false,
};

async function mount(answer = TIMELINE) {
  if (answer instanceof Error) {
    readTimeline.mockRejectedValue(answer);
  } else {
    readTimeline.mockResolvedValue(answer);
  }
  const element = createElement('c-trueup-timeline', { is: TrueupTimeline });
  element.recordId = 'a01';
  const toasts = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => toasts.push(detail.title));
  document.body.appendChild(element);
  await settle();
  return { element, toasts };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const texts = (element) => [...element.shadowRoot.querySelectorAll('[data-id="entries"] [data-kind]')].map(({ dataset }) => dataset.kind);

describe('c-trueup-timeline', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads', async () => {
    readTimeline.mockReturnValue(new Promise(() => {}));
    const element = createElement('c-trueup-timeline', { is: TrueupTimeline });
    document.body.appendChild(element);
    await settle();
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('tells what happened, newest first, and shows one kind alone', async () => {
    const { element } = await mount();
    expect(readTimeline).toHaveBeenCalledWith({ invoiceId: 'a01' });
    expect(texts(element)).toEqual(['event', 'call', 'person']);
    expect(find(element, '[data-kind="person"]').textContent).toContain('By Rosa Reyes.');
    expect(find(element, '[data-id="replay"]')).toBeNull();
    await expect(element).toBeAccessible();
    find(element, '[data-id="filter"]').dispatchEvent(new CustomEvent('change', { detail: { value: 'call' } }));
    await settle();
    expect(texts(element)).toEqual(['call']);
  });

  it('says when there is nothing', async () => {
    const { element } = await mount({ ...TIMELINE, entries: [] });
    expect(find(element, '[data-id="empty"]').textContent).toBe('Nothing has happened yet.');
    await expect(element).toBeAccessible();
  });

  it('says why it cannot be read', async () => {
    const { element } = await mount(new Error('The functions could not be reached.'));
    expect(find(element, '[data-id="load-error"]').shadowRoot.textContent).toContain('could not be reached');
    await expect(element).toBeAccessible();
  });

  it('has what is stuck tried again, once for two clicks, and looks anew', async () => {
    retryOperation.mockResolvedValue({ outcome: 'accepted', problems: [] });
    const { element, toasts } = await mount({ ...TIMELINE, operations: [STUCK] });
    expect(find(element, '[data-operation="op-1"]').textContent).toContain('Stripe refused.');
    await expect(element).toBeAccessible();
    const button = find(element, '[data-id="retry"]');
    button.click();
    button.click();
    await settle();
    expect(retryOperation).toHaveBeenCalledTimes(1);
    expect(retryOperation).toHaveBeenCalledWith({ invoiceId: 'a01', operationKey: 'op-1' });
    expect(readTimeline).toHaveBeenCalledTimes(2);
    expect(toasts).toEqual(['It is being tried again']);
  });

  it('gives up what waits', async () => {
    cancelOperation.mockResolvedValue({ outcome: 'accepted', problems: [] });
    const waiting = { ...STUCK, state: 'waiting', canRetry: false, canCancel: true, nextAttemptAt: '2026-03-01T10:05:00.000Z' };
    const { element, toasts } = await mount({ ...TIMELINE, operations: [waiting] });
    find(element, '[data-id="cancel"]').click();
    await settle();
    expect(cancelOperation).toHaveBeenCalledWith({ invoiceId: 'a01', operationKey: 'op-1' });
    expect(toasts).toEqual(['It is given up at its next attempt']);
  });

  it('lets an administrator have an event read again, and says why not', async () => {
    replayEvent.mockResolvedValue({
      outcome: 'rejected',
      problems: [{ code: 'event-unknown', message: 'Not stored.', action: 'Run a sync.' }],
    });
    const { element, toasts } = await mount({ ...TIMELINE, canReplay: true });
    find(element, '[data-id="replay"]').click();
    await settle();
    expect(replayEvent).toHaveBeenCalledWith({ provider: 'stripe', eventId: 'evt_1' });
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('Not stored.');
    expect(toasts).toEqual([]);
  });
});
