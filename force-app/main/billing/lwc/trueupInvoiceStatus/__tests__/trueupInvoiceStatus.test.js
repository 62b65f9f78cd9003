import { createElement } from 'lwc';
import { subscribe } from 'lightning/empApi';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import TrueupInvoiceStatus from 'c/trueupInvoiceStatus';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

const OPEN = {
  Name: 'INV-7',
  Number__c: 'INV-7',
  Status__c: 'Open',
  Currency_Code__c: 'USD',
  Due_Date__c: '2026-03-31',
  Total__c: 1059.97,
  Paid__c: 59.97,
  Credited__c: 0,
  Amount_Due__c: 1000,
  Pay_Link__c: 'https://pay.example.com/i/abc',
  PDF_Link__c: 'https://pay.example.com/i/abc/pdf',
  Stripe_URL__c: 'https://stripe.example.com/in_1',
  QuickBooks_URL__c: 'https://quickbooks.example.com/7',
  Stripe_As_Of__c: '2026-03-01T10:00:00.000Z',
  QuickBooks_As_Of__c: null,
  Salesforce_As_Of__c: '2026-03-01T10:00:01.000Z',
  Problem__c: null,
};
const record = (fields) => ({
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, displayValue: null }])),
});

async function mount(fields) {
  const element = createElement('c-trueup-invoice-status', { is: TrueupInvoiceStatus });
  element.recordId = 'a01';
  document.body.appendChild(element);
  if (fields) {
    getRecord.emit(record(fields));
  }
  await Promise.resolve();
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const values = (element, attribute) =>
  Object.fromEntries(
    [...element.shadowRoot.querySelectorAll(`[data-${attribute}]`)].map((node) => [node.dataset[attribute], node.firstElementChild?.value]),
  );

describe('c-trueup-invoice-status', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
    subscribe.mockResolvedValue({});
  });

  it('shows that it loads', async () => {
    expect(find(await mount(), 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('shows number, status, amounts and due date', async () => {
    const element = await mount(OPEN);
    expect(find(element, '[data-id="number"]').textContent).toBe('INV-7');
    expect(find(element, '[data-id="status"]').status).toBe('Open');
    expect(values(element, 'amount')).toEqual({ total: 1059.97, paid: 59.97, due: 1000 });
    expect(find(element, '[data-amount="total"]').firstElementChild.currencyCode).toBe('USD');
    expect(find(element, '[data-id="due-date"]').firstElementChild.value).toBe('2026-03-31');
    await expect(element).toBeAccessible();
  });

  it('shows credits where there are any', async () => {
    expect(values(await mount({ ...OPEN, Credited__c: 10 }), 'amount').credited).toBe(10);
  });

  it('offers the payment page, the PDF and both systems', async () => {
    const element = await mount(OPEN);
    expect(find(element, 'c-trueup-copy-link').url).toBe(OPEN.Pay_Link__c);
    expect([...element.shadowRoot.querySelectorAll('[data-link]')].map(({ href }) => href)).toEqual([
      OPEN.PDF_Link__c,
      OPEN.Stripe_URL__c,
      OPEN.QuickBooks_URL__c,
    ]);
  });

  it('says how fresh each system is', async () => {
    const element = await mount(OPEN);
    expect(find(element, '[data-freshness="stripe"] lightning-relative-date-time').value).toEqual(new Date(OPEN.Stripe_As_Of__c));
    expect(find(element, '[data-freshness="quickbooks"]').textContent).toBe('not yet');
  });

  it('shows a queued invoice with hardly anything on it', async () => {
    const element = await mount({ Name: 'Queued', Status__c: 'Queued' });
    expect(find(element, '[data-id="number"]').textContent).toBe('Queued');
    expect(find(element, 'c-trueup-copy-link')).toBeNull();
    expect(values(element, 'amount')).toEqual({});
    await expect(element).toBeAccessible();
  });

  it('shows what needs attention', async () => {
    const element = await mount({
      ...OPEN,
      Status__c: 'Needs Attention',
      Problem__c: 'QuickBooks holds another total. Ask the accountant.',
    });
    expect(find(element, '[data-id="problem"]').shadowRoot.textContent).toContain('QuickBooks holds another total');
    await expect(element).toBeAccessible();
  });

  it('says what happened when the record cannot be read', async () => {
    const element = await mount();
    getRecord.error({ message: 'You have no access.' });
    await Promise.resolve();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('You have no access.');
    expect(find(element, 'lightning-spinner')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('asks for the record again when an event names it', async () => {
    jest.useFakeTimers();
    await mount(OPEN);
    await jest.advanceTimersByTimeAsync(0);
    const publish = subscribe.mock.calls[0][2];
    publish({ data: { payload: { Invoice_Id__c: 'another' } } });
    await jest.advanceTimersByTimeAsync(1000);
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
    publish({ data: { payload: { Invoice_Id__c: 'a01' } } });
    await jest.advanceTimersByTimeAsync(1000);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a01' }]);
    jest.useRealTimers();
  });

  it('says so when it is not live', async () => {
    subscribe.mockRejectedValue(new Error('daily limit'));
    const element = await mount(OPEN);
    await settle();
    expect(find(element, 'c-trueup-live-status').mode).toBe('polling');
  });
});
