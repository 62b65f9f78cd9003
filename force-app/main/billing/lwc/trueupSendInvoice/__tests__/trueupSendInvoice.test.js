import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import followOperation from '@salesforce/apex/TrueupIssueInvoiceController.followOperation';
import sendInvoice from '@salesforce/apex/TrueupInvoiceController.sendInvoice';
import TrueupSendInvoice from 'c/trueupSendInvoice';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupIssueInvoiceController.followOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupInvoiceController.sendInvoice', () => ({ default: jest.fn() }), { virtual: true });

const INVOICE = { Name: { value: 'INV-7' }, Bill_To_Email__c: { value: 'ann@acme.example' }, Sent_At__c: { value: null } };

async function mount(fields = INVOICE) {
  const element = createElement('c-trueup-send-invoice', { is: TrueupSendInvoice });
  element.recordId = 'a01';
  const happened = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => happened.push(detail.title));
  element.addEventListener('lightning__actionsclosescreen', () => happened.push('closed'));
  document.body.appendChild(element);
  if (fields) {
    getRecord.emit({ fields });
  }
  await Promise.resolve();
  return { element, happened };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
async function send(element) {
  find(element, '[data-id="send"]').click();
  await settle();
}

describe('c-trueup-send-invoice', () => {
  afterEach(() => {
    document.body.replaceChildren();
    [followOperation, sendInvoice].forEach((method) => method.mockReset());
  });

  it('shows that it loads', async () => {
    const { element } = await mount(null);
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    expect(find(element, '[data-id="send"]')).toBeNull();
  });

  it('says to whom the invoice goes, and when it went before', async () => {
    const { element } = await mount({ ...INVOICE, Sent_At__c: { value: '2026-03-01T10:00:00.000Z' } });
    expect(find(element, '[data-id="question"]').textContent).toBe('Stripe will e-mail invoice INV-7 to ann@acme.example.');
    expect(find(element, '[data-id="last-sent"]').textContent).toContain('Last sent:');
    await expect(element).toBeAccessible();
  });

  it('does not promise an address it cannot see', async () => {
    const { element } = await mount({ Name: { value: 'INV-7' } });
    expect(find(element, '[data-id="question"]').textContent).toContain("the customer's address in Stripe");
    expect(find(element, '[data-id="last-sent"]')).toBeNull();
  });

  it('says what happened when the invoice cannot be read', async () => {
    const { element } = await mount(null);
    getRecord.error({ message: 'No access.' });
    await Promise.resolve();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
  });

  it('sends once, then closes with a toast', async () => {
    const { element, happened } = await mount();
    sendInvoice.mockResolvedValue({ outcome: 'done' });
    const button = find(element, '[data-id="send"]');
    button.click();
    button.click();
    await settle();
    expect(sendInvoice).toHaveBeenCalledTimes(1);
    expect(happened).toEqual(['Invoice sent', 'closed']);
  });

  it('shows the progress of what takes longer, and can be closed', async () => {
    const { element, happened } = await mount();
    sendInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1' });
    followOperation.mockResolvedValue({ state: 'waiting', steps: [] });
    await send(element);
    expect(find(element, 'c-trueup-operation-progress').state).toBe('waiting');
    await expect(element).toBeAccessible();
    find(element, '[data-id="close"]').click();
    expect(happened).toEqual(['closed']);
  });

  it('says why it was not sent', async () => {
    const { element, happened } = await mount();
    sendInvoice.mockResolvedValue({ outcome: 'rejected', problems: [{ message: 'The invoice is void.', action: 'Issue a new one.' }] });
    await send(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('Issue a new one.');
    expect(happened).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says what Apex threw', async () => {
    const { element } = await mount();
    sendInvoice.mockRejectedValue({ body: { message: 'You need the permission.' } });
    await send(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('You need the permission.');
  });
});
