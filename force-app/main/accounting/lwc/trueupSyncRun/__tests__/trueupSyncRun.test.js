import { createElement } from 'lwc';
import { subscribe } from 'lightning/empApi';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { getRelatedListRecords } from 'lightning/uiRelatedListApi';
import TrueupSyncRun from 'c/trueupSyncRun';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const COMPLETED = {
  State__c: 'Completed With Issues',
  Started_At__c: '2026-03-01T02:00:00.000Z',
  Finished_At__c: '2026-03-01T02:01:00.000Z',
  Invoices_Checked__c: 120,
  Payments_Booked__c: 3,
  Entries_Booked__c: 7,
  Statuses_Corrected__c: 0,
  Issues__c: 1,
  Report__c: 'Two payments were missed.\nOne invoice was changed.',
};
const fieldsOf = (values) => ({ fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])) });
const ISSUE = { id: 'a09', ...fieldsOf({ Cause__c: 'Changed In QuickBooks', Message__c: 'INV-7 was changed.', Fix__c: 'Restore it.' }) };

async function mount(values, issues = []) {
  const element = createElement('c-trueup-sync-run', { is: TrueupSyncRun });
  element.recordId = 'a08';
  document.body.appendChild(element);
  if (values) {
    getRecord.emit(fieldsOf(values));
    getRelatedListRecords.emit({ records: issues });
  }
  await Promise.resolve();
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);

describe('c-trueup-sync-run', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads', async () => {
    expect(find(await mount(), 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('shows state, counts, report and what is left for a person', async () => {
    const element = await mount(COMPLETED, [ISSUE]);
    expect(find(element, '[data-id="state"]').label).toBe('Completed With Issues');
    expect(find(element, '[data-count="invoicesChecked"]').firstElementChild.value).toBe(120);
    expect(find(element, '[data-count="entriesBooked"]').firstElementChild.value).toBe(7);
    expect(find(element, '[data-count="statusesCorrected"]').firstElementChild.value).toBe(0);
    expect(find(element, '[data-id="report"]').textContent).toContain('One invoice was changed.');
    expect(find(element, '[data-issue="a09"]').textContent).toContain('INV-7 was changed.');
    expect(find(element, '[data-issue="a09"]').textContent).toContain('Restore it.');
    await expect(element).toBeAccessible();
  });

  it('says that nothing is left for a person', async () => {
    const element = await mount({ State__c: 'Completed' });
    expect(find(element, '[data-id="no-issues"]').textContent).toContain('Nothing is left');
    expect(find(element, '[data-count="invoicesChecked"]')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows what a first load read and what became of it, and sends nobody to look for issues', async () => {
    const element = await mount({ ...COMPLETED, Kind__c: 'First Load', Records_Read__c: 10, Records_Waiting__c: 1 });
    expect(find(element, '[data-count="recordsRead"]').firstElementChild.value).toBe(10);
    expect(find(element, '[data-count="recordsWaiting"]').firstElementChild.value).toBe(1);
    expect(find(element, '[data-id="no-issues"]')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says that a run is under way', async () => {
    expect(find(await mount({ State__c: 'Running' }), '[data-id="under-way"]').textContent).toContain('under way');
  });

  it('says what happened when the run cannot be read', async () => {
    const element = await mount();
    getRecord.error({ message: 'No access.' });
    await Promise.resolve();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
  });

  it('follows the run', async () => {
    jest.useFakeTimers();
    await mount({ State__c: 'Running' });
    await jest.advanceTimersByTimeAsync(0);
    subscribe.mock.calls[0][2]({ data: { payload: { Kind__c: 'run-sync' } } });
    await jest.advanceTimersByTimeAsync(1000);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a08' }]);
    jest.useRealTimers();
  });
});
