import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import followOperation from '@salesforce/apex/TrueupIssueInvoiceController.followOperation';
import voidInvoice from '@salesforce/apex/TrueupInvoiceController.voidInvoice';
import TrueupVoidInvoice from 'c/trueupVoidInvoice';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupIssueInvoiceController.followOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupInvoiceController.voidInvoice', () => ({ default: jest.fn() }), { virtual: true });

const INVOICE = { Name: { value: 'INV-7' }, Bill_To_Email__c: { value: 'ann@acme.example' }, Sent_At__c: { value: null } };

async function mount(fields = INVOICE) {
  const element = createElement('c-trueup-void-invoice', { is: TrueupVoidInvoice });
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
async function voidFor(element, reason) {
  const area = find(element, 'lightning-textarea');
  area.dispatchEvent(new CustomEvent('change', { detail: { value: reason } }));
  find(element, '[data-id="void"]').click();
  await settle();
}

describe('c-trueup-void-invoice', () => {
  afterEach(() => {
    document.body.replaceChildren();
    [followOperation, voidInvoice].forEach((method) => method.mockReset());
  });

  it('shows that it loads', async () => {
    const { element } = await mount(null);
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    expect(find(element, '[data-id="void"]')).toBeNull();
  });

  it('says first what voiding means', async () => {
    const { element } = await mount();
    expect(find(element, '[data-id="heading"]').textContent).toBe('What happens when you void invoice INV-7:');
    expect(element.shadowRoot.querySelectorAll('li')).toHaveLength(4);
    expect(find(element, '[data-id="void"]').variant).toBe('destructive');
    await expect(element).toBeAccessible();
  });

  it('says what happened when the invoice cannot be read', async () => {
    const { element } = await mount(null);
    getRecord.error({ message: 'No access.' });
    await Promise.resolve();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
  });

  it('wants a reason', async () => {
    const { element } = await mount();
    await voidFor(element, '   ');
    expect(voidInvoice).not.toHaveBeenCalled();
    expect(find(element, 'lightning-textarea').required).toBe(true);
  });

  it('voids once with the reason, then closes with a toast', async () => {
    const { element, happened } = await mount();
    voidInvoice.mockResolvedValue({ outcome: 'done' });
    await voidFor(element, ' Wrong account ');
    expect(voidInvoice.mock.calls).toEqual([[{ invoiceId: 'a01', reason: 'Wrong account' }]]);
    expect(happened).toEqual(['Invoice voided', 'closed']);
  });

  it('keeps the reason when a payment is processing', async () => {
    const { element, happened } = await mount();
    voidInvoice.mockResolvedValue({ outcome: 'rejected', problems: [{ message: 'A payment is processing.', action: 'Wait for it.' }] });
    await voidFor(element, 'Wrong account');
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('A payment is processing.');
    expect(find(element, 'lightning-textarea').value).toBe('Wrong account');
    expect(happened).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('shows the progress of what takes longer', async () => {
    const { element } = await mount();
    voidInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1' });
    followOperation.mockResolvedValue({ state: 'running', steps: [{ name: 'stripe', state: 'done' }] });
    await voidFor(element, 'Wrong account');
    expect(find(element, 'c-trueup-operation-progress').steps).toEqual([{ name: 'stripe', state: 'done' }]);
  });

  it('says what Apex threw', async () => {
    const { element } = await mount();
    voidInvoice.mockRejectedValue({ body: { message: 'You need the permission.' } });
    await voidFor(element, 'Wrong account');
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('You need the permission.');
  });
});
