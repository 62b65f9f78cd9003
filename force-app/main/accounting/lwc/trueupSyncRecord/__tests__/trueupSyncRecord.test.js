import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import syncRecord from '@salesforce/apex/TrueupSyncController.syncRecord';
import TrueupSyncRecord from 'c/trueupSyncRecord';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupSyncController.syncRecord', () => ({ default: jest.fn() }), { virtual: true });

async function mount(fields = { Name: { value: 'INV-000007' } }, objectApiName = 'Trueup_Invoice__c') {
  const element = createElement('c-trueup-sync-record', { is: TrueupSyncRecord });
  element.recordId = 'a0I';
  element.objectApiName = objectApiName;
  const happened = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => happened.push(detail.title));
  element.addEventListener('lightning__actionsclosescreen', () => happened.push('closed'));
  document.body.appendChild(element);
  if (fields) {
    getRecord.emit({ fields });
  }
  await settle();
  return { element, happened };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
async function sync(element) {
  find(element, '[data-id="sync"]').click();
  await settle();
}

describe('c-trueup-sync-record', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads, and what happened when the record cannot be read', async () => {
    const { element } = await mount(null);
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    getRecord.error({ message: 'No access.' });
    await settle();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
  });

  it('says of an account that its customers are read, and not its invoices', async () => {
    const { element } = await mount({ Name: { value: 'Acme' } }, 'Account');
    expect(find(element, '[data-id="explained"]').textContent).toMatch(/^Trueup reads the customers of Acme again/);
  });

  it('says what it does, then asks for it and closes', async () => {
    syncRecord.mockResolvedValue({ outcome: 'done', queued: 1, problems: [] });
    const { element, happened } = await mount();
    expect(find(element, '[data-id="explained"]').textContent).toContain('INV-000007');
    await expect(element).toBeAccessible();
    await sync(element);
    expect(syncRecord).toHaveBeenCalledWith({ recordId: 'a0I' });
    expect(happened).toEqual(['Sync asked for', 'closed']);
  });

  it.each([
    [
      'Not kept in step.',
      Promise.resolve({ outcome: 'done', queued: 0, problems: [{ message: 'Not kept in step.', action: 'Link it.' }] }),
    ],
    ['Salesforce is away.', Promise.resolve({ outcome: 'unavailable', problems: [{ message: 'Salesforce is away.', action: 'Wait.' }] })],
    ['No answer.', { then: (_, reject) => reject({ body: { message: 'No answer.' } }) }],
  ])('stays open with the reason: %s', async (reason, answer) => {
    syncRecord.mockReturnValueOnce(answer);
    const { element, happened } = await mount();
    await sync(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain(reason);
    expect(happened).toEqual([]);
  });
});
