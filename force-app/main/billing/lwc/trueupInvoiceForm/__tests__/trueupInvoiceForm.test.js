import { createElement } from 'lwc';
import TrueupInvoiceForm from 'c/trueupInvoiceForm';
import { accountAnswer, previewAnswer, problem } from '../../../../../../config/jest-mocks/preview-answer.js';

function mount({ answer = previewAnswer(), ...properties } = {}) {
  const element = createElement('c-trueup-invoice-form', { is: TrueupInvoiceForm });
  Object.assign(element, { draft: answer.draft, preview: answer, touched: new Set(), ...properties });
  document.body.appendChild(element);
  const changes = [];
  element.addEventListener('draftchange', ({ detail }) => changes.push(detail));
  return { element, changes };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const panelText = (element, id) => find(element, `[data-id="${id}"]`).shadowRoot.textContent;
const tell = (element, tag, name, detail) => find(element, tag).dispatchEvent(new CustomEvent(name, { detail }));

describe('c-trueup-invoice-form', () => {
  afterEach(() => document.body.replaceChildren());

  it('says what is billed, and for whom in both books', async () => {
    const { element } = mount();
    expect(find(element, '[data-id="source"]').textContent).toBe('From Acme renewal, in the books of Trueup Inc.');
    expect([...element.shadowRoot.querySelectorAll('c-trueup-invoice-identity')].map(({ identity }) => identity.status)).toEqual([
      'linked',
      'will-be-created',
    ]);
    expect(panelText(element, 'errors')).toBe('');
    await expect(element).toBeAccessible();
  });

  it('lists what is wrong, with a way to each field, and apart from it what is worth noting', async () => {
    const problems = [
      problem({ field: 'memo', message: 'The memo is too long.' }),
      problem({ field: 'lines[1].quantity', message: 'Too many.' }),
      problem({ severity: 'warning', message: 'QuickBooks does not answer.' }),
    ];
    const { element } = mount({ answer: previewAnswer({ problems, canIssue: false }) });
    expect(panelText(element, 'errors')).toContain('2 things to fix first');
    expect(panelText(element, 'errors')).toContain('The memo is too long.');
    expect(panelText(element, 'errors')).toContain('Support: Too many.');
    expect(panelText(element, 'warnings')).toContain('QuickBooks does not answer.');
    await expect(element).toBeAccessible();
  });

  it('leads from a problem to its field', () => {
    const { element } = mount();
    const focused = [];
    const memo = find(element, 'c-trueup-invoice-header').shadowRoot.querySelector('[data-path="memo"]');
    const quantity = find(element, 'c-trueup-invoice-lines').shadowRoot.querySelector('[data-path="lines[1].quantity"]');
    memo.focus = () => focused.push('memo');
    quantity.focus = () => focused.push('quantity');
    tell(element, '[data-id="errors"]', 'problemselect', { field: 'memo' });
    tell(element, '[data-id="errors"]', 'problemselect', { field: 'lines[1].quantity' });
    expect(focused).toEqual(['memo', 'quantity']);
  });

  it('reports a changed draft and leaves its own alone', () => {
    const { element, changes } = mount();
    tell(element, 'c-trueup-invoice-header', 'fieldchange', { name: 'terms', value: 'Due on receipt' });
    tell(element, 'c-trueup-invoice-lines', 'linechange', { lineKey: '00kSUPPORT-1', name: 'quantity', value: '2' });
    expect(changes[0].draft.terms).toBe('Due on receipt');
    expect(changes[1].draft.lines[1].quantity).toBe('2');
    expect([...changes[1].touched]).toEqual(['00kSUPPORT-1.quantity']);
    expect(element.draft).toEqual(previewAnswer().draft);
  });

  it('adds and removes lines on an account only', () => {
    expect(find(mount().element, 'c-trueup-invoice-lines').canAdd).toBe(false);
    const { element, changes } = mount({ answer: accountAnswer() });
    expect(find(element, 'c-trueup-invoice-lines').canAdd).toBe(true);
    tell(element, 'c-trueup-invoice-lines', 'lineadd');
    expect(changes[0].draft.lines).toHaveLength(1);
    expect(panelText(element, 'errors')).toBe('');
  });

  it('keeps a refusal in sight, and the way to the invoice that is in the way', async () => {
    const refusal = {
      heading: 'The invoice was not issued',
      problems: [problem({ message: 'Just billed on invoice INV-7.' })],
      invoiceId: 'a01',
    };
    const { element } = mount({ refusal });
    const opened = jest.fn();
    element.addEventListener('openexisting', opened);
    expect(panelText(element, 'errors')).toContain('The invoice was not issued');
    expect(panelText(element, 'errors')).toContain('Just billed on invoice INV-7.');
    find(element, '[data-id="existing"]').click();
    expect(opened).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('says so when a refusal gave no reason', () => {
    const { element } = mount({ refusal: { heading: 'The invoice was not issued', problems: [] } });
    expect(panelText(element, 'errors')).toContain('No reason was given');
  });
});
