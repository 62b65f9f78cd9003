import { createElement } from 'lwc';
import { subscribe } from 'lightning/empApi';
import readHealth from '@salesforce/apex/TrueupSyncHealthController.readHealth';
import TrueupSyncHealth from 'c/trueupSyncHealth';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupSyncHealthController.readHealth', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupTimelineController.retryOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupSyncController.runSync', () => ({ default: jest.fn() }), { virtual: true });

const HEALTH = {
  asOf: '2026-03-01T10:00:00.000Z',
  companies: [{ Id: 'a02', Name: 'Books', External_Key__c: 'main', Connected__c: true, Stripe_Read_To__c: '2026-03-01T09:57:00.000Z' }],
  figures: [{ row: 'Trueup_Invoice__c', standing: 'in-step', objectApiName: 'Trueup_Invoice__c', listView: 'Issued', records: 12 }],
  causes: [],
  issues: [],
  operations: [],
  runs: [],
};

async function mount() {
  const element = createElement('c-trueup-sync-health', { is: TrueupSyncHealth });
  document.body.appendChild(element);
  await settle();
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);

describe('c-trueup-sync-health', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
    jest.useRealTimers();
  });

  it('shows that it loads', async () => {
    readHealth.mockReturnValue(new Promise(() => {}));
    expect(find(await mount(), 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('shows freshness, budgets, figures and that nothing needs attention', async () => {
    readHealth.mockResolvedValue(HEALTH);
    const element = await mount();
    expect(find(element, 'c-trueup-sync-freshness').shadowRoot.textContent).toContain('Read up to 3 minutes ago');
    expect(find(element, 'c-trueup-sync-budgets').shadowRoot.textContent).toContain('within a quarter of an hour');
    expect(find(element, 'c-trueup-sync-figures').shadowRoot.textContent).toContain('Invoices');
    expect(find(element, 'c-trueup-sync-problems').shadowRoot.textContent).toContain('No open issues.');
    await expect(element).toBeAccessible();
  });

  it('says why it cannot be read, and tries again', async () => {
    readHealth.mockRejectedValueOnce({ body: { message: 'No access.' } });
    const element = await mount();
    const panel = find(element, '[data-id="load-error"]');
    expect(panel.shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
    readHealth.mockResolvedValue(HEALTH);
    panel.dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(find(element, 'c-trueup-sync-figures')).not.toBeNull();
    expect(panel.shadowRoot.textContent).toBe('');
  });

  it('keeps what it shows when a later look fails, and says so', async () => {
    readHealth.mockResolvedValueOnce(HEALTH).mockRejectedValueOnce(new Error('Offline.'));
    const element = await mount();
    find(element, '[data-id="refresh"]').click();
    await settle();
    expect(find(element, '[data-id="load-error"]').shadowRoot.textContent).toContain('Offline.');
    expect(find(element, 'c-trueup-sync-figures')).not.toBeNull();
  });

  it('looks again once for many events, and each minute without any', async () => {
    jest.useFakeTimers();
    readHealth.mockResolvedValue(HEALTH);
    document.body.appendChild(createElement('c-trueup-sync-health', { is: TrueupSyncHealth }));
    await jest.advanceTimersByTimeAsync(0);
    for (let times = 0; times < 5; times += 1) {
      subscribe.mock.calls[0][2]({ data: { payload: { Kind__c: 'issue-invoice' } } });
      // eslint-disable-next-line no-await-in-loop -- one after the other
      await jest.advanceTimersByTimeAsync(400);
    }
    await jest.advanceTimersByTimeAsync(3000);
    expect(readHealth).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(60000);
    expect(readHealth).toHaveBeenCalledTimes(3);
  });
});
