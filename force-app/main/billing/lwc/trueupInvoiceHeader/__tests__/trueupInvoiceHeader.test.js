import { createElement } from 'lwc';
import TrueupInvoiceHeader from 'c/trueupInvoiceHeader';
import { previewAnswer, problem } from '../../../../../../config/jest-mocks/preview-answer.js';

function mount(properties) {
  const { draft, billTo, terms } = previewAnswer();
  const element = createElement('c-trueup-invoice-header', { is: TrueupInvoiceHeader });
  Object.assign(element, { draft, billTo, terms, ...properties });
  document.body.appendChild(element);
  return element;
}
const field = (element, path) => element.shadowRoot.querySelector(`[data-path="${path}"]`);

describe('c-trueup-invoice-header', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows what the draft holds', async () => {
    const element = mount();
    expect(field(element, 'billTo.accountId').value).toBe('001ACME');
    expect(field(element, 'billTo.contactId').value).toBe('003ANN');
    expect(field(element, 'invoiceDate').value).toBe('2026-03-01');
    expect(field(element, 'terms').options.map(({ label }) => label)).toEqual(['Due on receipt', 'Net 30']);
    expect(field(element, 'delivery').value).toBe('send');
    await expect(element).toBeAccessible();
  });

  it('offers to bill without a contact', () => {
    const element = mount({ draft: { ...previewAnswer().draft, contactId: null } });
    const contact = field(element, 'billTo.contactId');
    expect(contact.options.find((option) => option.value === contact.value).label).toBe('No contact');
  });

  it('reports every change, no contact as none', () => {
    const element = mount();
    const changes = [];
    element.addEventListener('fieldchange', ({ detail }) => changes.push(detail));
    field(element, 'poNumber').dispatchEvent(new CustomEvent('change', { detail: { value: 'PO 7' } }));
    field(element, 'billTo.contactId').dispatchEvent(new CustomEvent('change', { detail: { value: 'none' } }));
    expect(changes).toEqual([
      { name: 'poNumber', value: 'PO 7' },
      { name: 'contactId', value: null },
    ]);
  });

  it('marks a field with its problem, and clears it when it is gone', async () => {
    const element = mount();
    const contact = field(element, 'billTo.contactId');
    const shown = [];
    contact.setCustomValidity = (text) => shown.push(text);
    element.problems = [problem({ field: 'billTo.contactId', message: 'No e-mail address.', action: 'Add one.' })];
    await Promise.resolve();
    element.problems = [];
    await Promise.resolve();
    expect(shown).toEqual(['No e-mail address. Add one.', '']);
  });

  it('puts the cursor into the field of a problem', () => {
    const element = mount();
    const focused = [];
    field(element, 'memo').focus = () => focused.push('memo');
    expect(element.focusField('memo')).toBe(true);
    expect(element.focusField('lines[0].quantity')).toBe(false);
    expect(focused).toEqual(['memo']);
  });
});
