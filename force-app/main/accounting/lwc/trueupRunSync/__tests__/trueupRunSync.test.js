import { createElement } from 'lwc';
import { subscribe } from 'lightning/empApi';
import { refreshApex } from '@salesforce/apex';
import lastRuns from '@salesforce/apex/TrueupSyncController.lastRuns';
import runSync from '@salesforce/apex/TrueupSyncController.runSync';
import TrueupRunSync from 'c/trueupRunSync';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock(
  '@salesforce/apex/TrueupSyncController.lastRuns',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex/TrueupSyncController.runSync', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const RUN = {
  Id: 'a08',
  Name: 'SR-000012',
  State__c: 'Completed',
  Started_At__c: '2026-03-01T02:00:00.000Z',
  Finished_At__c: '2026-03-01T02:01:05.000Z',
  Invoices_Checked__c: 120,
  Payments_Booked__c: 3,
  Statuses_Corrected__c: 1,
  Issues__c: 0,
};

async function mount(runs) {
  const element = createElement('c-trueup-run-sync', { is: TrueupRunSync });
  const toasts = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => toasts.push(detail.title));
  document.body.appendChild(element);
  if (runs) {
    lastRuns.emit(runs);
  }
  await settle();
  return { element, toasts };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);

describe('c-trueup-run-sync', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads', async () => {
    expect(find((await mount()).element, 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('lists the latest runs with a link to each', async () => {
    const { element } = await mount([RUN]);
    const row = find(element, '[data-run="a08"]');
    expect(row.querySelector('a').textContent).toBe('SR-000012');
    expect([...row.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual([
      'Completed',
      '',
      '1 min 5 sec',
      '120',
      '3',
      '1',
      '0',
      'Report',
    ]);
    await expect(element).toBeAccessible();
  });

  it('shows what the latest finished run spent, and that one is under way', async () => {
    const { element } = await mount([
      { Id: 'a09', Name: 'SR-000013', State__c: 'Running', Calls_Stripe__c: 1 },
      { ...RUN, Calls_Stripe__c: 40, Calls_QuickBooks__c: 0 },
    ]);
    expect(find(element, '[data-calls="stripe"]').firstElementChild.value).toBe(40);
    expect(find(element, '[data-calls="quickbooks"]').firstElementChild.value).toBe(0);
    expect(find(element, '[data-calls="salesforce"]')).toBeNull();
    expect(find(element, '[data-id="under-way"]').textContent).toContain('Usually done in about 1 min 5 sec');
    expect(find(element, '[role="progressbar"]').hasAttribute('aria-valuenow')).toBe(false);
    await expect(element).toBeAccessible();
  });

  it('says that none has run yet', async () => {
    const { element } = await mount([]);
    expect(find(element, '[data-id="empty"]').textContent).toBe('No sync has run yet.');
    await expect(element).toBeAccessible();
  });

  it('says what happened when the runs cannot be read', async () => {
    const { element } = await mount();
    lastRuns.error({ message: 'No access.' });
    await settle();
    expect(find(element, '[data-id="load-error"]').shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
  });

  it('starts one run, however often it is clicked, and looks for it', async () => {
    const { element, toasts } = await mount([]);
    runSync.mockResolvedValue({ outcome: 'accepted', runId: 'a08' });
    const button = find(element, '[data-id="run"]');
    button.click();
    button.click();
    await settle();
    expect(runSync).toHaveBeenCalledTimes(1);
    expect(toasts).toEqual(['Sync started']);
    expect(refreshApex).toHaveBeenCalled();
    expect(button.disabled).toBe(false);
  });

  it.each([
    ['Apex threw', () => runSync.mockRejectedValue({ body: { message: 'Not connected.' } }), 'Not connected.'],
    [
      'was refused',
      () => runSync.mockResolvedValue({ outcome: 'rejected', problems: [{ message: 'One is under way.' }] }),
      'One is under way.',
    ],
    ['was refused without a reason', () => runSync.mockResolvedValue({ outcome: 'unavailable' }), 'No reason was given'],
  ])('says what %s', async (_, arrange, text) => {
    const { element, toasts } = await mount([]);
    arrange();
    find(element, '[data-id="run"]').click();
    await settle();
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain(text);
    expect(toasts).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('follows runs that others start', async () => {
    await mount([]);
    subscribe.mock.calls[0][2]({ data: { payload: { Kind__c: 'run-sync' } } });
    await settle(300);
    expect(refreshApex).toHaveBeenCalledTimes(1);
  });
});
