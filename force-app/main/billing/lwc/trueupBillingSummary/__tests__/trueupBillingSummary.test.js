import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { subscribe } from 'lightning/empApi';
import getSummary from '@salesforce/apex/TrueupBillingSummaryController.getSummary';
import TrueupBillingSummary from 'c/trueupBillingSummary';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock(
  '@salesforce/apex/TrueupBillingSummaryController.getSummary',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const SUMMARY = {
  currencyCode: 'USD',
  ordered: 2000,
  billed: 1070,
  paid: 500,
  open: 570,
  left: 1000,
  invoiceCount: 2,
  otherCurrencies: [],
};
const INVOICES = [
  { Id: 'a02', Name: 'INV-8', Status__c: 'Open', Currency_Code__c: 'USD', Total__c: 570, Amount_Due__c: 570 },
  { Id: 'a01', Name: 'INV-7', Status__c: 'Paid', Currency_Code__c: 'USD', Total__c: 500, Amount_Due__c: 0 },
];

async function mount(summary, objectApiName = 'Opportunity') {
  const element = createElement('c-trueup-billing-summary', { is: TrueupBillingSummary });
  Object.assign(element, { recordId: '006', objectApiName });
  document.body.appendChild(element);
  if (summary) {
    getSummary.emit(summary);
  }
  await settle();
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const amounts = (element) =>
  Object.fromEntries(
    [...element.shadowRoot.querySelectorAll('[data-amount]')].map((node) => [node.dataset.amount, node.firstElementChild.value]),
  );

describe('c-trueup-billing-summary', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads', async () => {
    expect(find(await mount(), 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('shows billed, paid, open and left to bill', async () => {
    const element = await mount(SUMMARY);
    expect(amounts(element)).toEqual({ billed: 1070, paid: 500, open: 570, left: 1000 });
    expect(find(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('50');
    expect(find(element, '[data-id="share"]').textContent).toBe('50% billed');
    await expect(element).toBeAccessible();
  });

  it('lists the invoices with a link to each', async () => {
    const element = await mount({ ...SUMMARY, invoices: INVOICES });
    const rows = [...element.shadowRoot.querySelectorAll('[data-invoice]')];
    expect(rows.map((row) => row.querySelector('a').textContent)).toEqual(['INV-8', 'INV-7']);
    expect(rows.map((row) => row.querySelector('c-trueup-status-badge').status)).toEqual(['Open', 'Paid']);
    await expect(element).toBeAccessible();
  });

  it('shows no share and nothing left on an account, which has no lines', async () => {
    const element = await mount({ ...SUMMARY, ordered: null, left: null }, 'Account');
    expect(amounts(element)).toEqual({ billed: 1070, paid: 500, open: 570 });
    expect(find(element, '[role="progressbar"]')).toBeNull();
  });

  it('says what to do while nothing is billed', async () => {
    const element = await mount({ ...SUMMARY, billed: 0, paid: 0, open: 0, left: 2000, invoiceCount: 0, invoices: [] });
    expect(find(element, '[data-id="empty"]').textContent).toContain('Choose Issue Invoice');
    expect(find(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('0');
    await expect(element).toBeAccessible();
  });

  it('names the currencies that the amounts leave out', async () => {
    const element = await mount({ ...SUMMARY, otherCurrencies: ['EUR', 'JPY'] });
    expect(find(element, '[data-id="other-currencies"]').textContent).toBe('Invoices in EUR, JPY are not part of these amounts.');
  });

  it('says what happened when it cannot be read, and tries again', async () => {
    const element = await mount();
    getSummary.error({ message: 'No access.' });
    await Promise.resolve();
    const panel = find(element, 'c-trueup-error-panel');
    expect(panel.shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
    panel.dispatchEvent(new CustomEvent('retry'));
    expect(refreshApex).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['an order with its own events', 'Order', '006', 1],
    ['an order with events of others', 'Order', 'another', 0],
    ['an account with events of records below it', 'Account', 'another', 1],
  ])('refreshes %s', async (_, objectApiName, source, times) => {
    jest.useFakeTimers();
    const mounting = mount(SUMMARY, objectApiName);
    await jest.advanceTimersByTimeAsync(0);
    await mounting;
    subscribe.mock.calls[0][2]({ data: { payload: { Source_Id__c: source } } });
    await jest.advanceTimersByTimeAsync(1000);
    expect(refreshApex).toHaveBeenCalledTimes(times);
    jest.useRealTimers();
  });
});
