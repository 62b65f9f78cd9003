import { createElement } from 'lwc';
import TrueupInvoiceLines from 'c/trueupInvoiceLines';
import { accountAnswer, previewAnswer, problem } from '../../../../../../config/jest-mocks/preview-answer.js';

const FREE = { lineKey: 'free-1', sourceLineId: null, description: '', quantity: '1', unitPrice: '', serviceDate: null, include: true };

function mount({ answer = previewAnswer(), ...properties } = {}) {
  const element = createElement('c-trueup-invoice-lines', { is: TrueupInvoiceLines });
  Object.assign(element, { draft: answer.draft, shownLines: answer.lines, problems: answer.problems, ...properties });
  document.body.appendChild(element);
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const cells = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map((cell) => cell.textContent);

describe('c-trueup-invoice-lines', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows each line with what is left and its exact amount', async () => {
    const element = mount();
    expect(cells(element, 'product')).toEqual(['Licence', 'Support']);
    expect(cells(element, 'left')).toEqual(['10 of 10', '3 of 5']);
    expect(cells(element, 'amount')).toEqual(['$1,000.00', '$59.97']);
    await expect(element).toBeAccessible();
  });

  it('names every input by its column and line', () => {
    expect(find(mount(), '[data-path="lines[1].quantity"]').label).toBe('Quantity: Support');
  });

  it('lets a price be changed only where the person may', () => {
    const element = mount();
    expect(find(element, '[data-path="lines[0].unitPrice"]')).toBeNull();
    expect(find(element, '[data-id="price"]').value).toBe(element.draft.lines[0].unitPrice);
    expect(find(element, '[data-path="lines[1].unitPrice"]')).not.toBeNull();
  });

  it('says that a line is billed in full', () => {
    const answer = previewAnswer();
    answer.lines[0] = { ...answer.lines[0], quantityLeft: '0', billable: false };
    expect(cells(mount({ answer }), 'left')[0]).toBe('Billed in full');
  });

  it('shows no amount for a line that is left out', () => {
    const answer = previewAnswer();
    answer.draft.lines[0].include = false;
    expect(cells(mount({ answer }), 'amount')).toEqual(['', '$59.97']);
  });

  it('reports every change', () => {
    const element = mount();
    const changes = [];
    element.addEventListener('linechange', ({ detail }) => changes.push(detail));
    find(element, '[data-path="lines[0].quantity"]').dispatchEvent(new CustomEvent('change', { detail: { value: '2.5' } }));
    find(element, '[data-path="lines[1].include"]').dispatchEvent(new CustomEvent('change', { detail: { checked: false } }));
    expect(changes).toEqual([
      { lineKey: '00kLICENSE-0', name: 'quantity', value: '2.5' },
      { lineKey: '00kSUPPORT-1', name: 'include', value: false },
    ]);
  });

  it('writes a problem under its line and marks the field', async () => {
    const problems = [problem({ field: 'lines[1].quantity', message: 'Only 3 of 5 are left to bill.', action: 'Lower the quantity.' })];
    const element = mount({ problems });
    const note = find(element, '[data-problems-of="00kSUPPORT-1"] [role="alert"]');
    expect(note.textContent).toContain('Only 3 of 5 are left to bill. Lower the quantity.');
    expect(find(element, '[data-path="lines[1].quantity"]').dataset.note).toBe('See the note below this line');
    expect(find(element, '[data-path="lines[0].quantity"]').dataset.note).toBe('');
    await expect(element).toBeAccessible();
  });

  it('puts the cursor into the field of a problem, or into the line’s first field', () => {
    const element = mount();
    const focused = [];
    ['lines[1].quantity', 'lines[1].include', 'lines[0].include'].forEach((path) => {
      find(element, `[data-path="${path}"]`).focus = () => focused.push(path);
    });
    ['lines[1].quantity', 'lines[1].productId', 'lines'].forEach((path) => element.focusField(path));
    expect(focused).toEqual(['lines[1].quantity', 'lines[1].include', 'lines[0].include']);
    expect(element.focusField('memo')).toBe(false);
  });

  it('says that a record has no lines', async () => {
    const element = mount({ answer: { ...accountAnswer(), problems: [] } });
    expect(cells(element, 'empty')[0]).toContain('no lines to bill');
    await expect(element).toBeAccessible();
  });

  it('lets lines be added and removed on an account', async () => {
    const element = mount({ answer: accountAnswer(), canAdd: true });
    const events = [];
    ['lineadd', 'lineremove'].forEach((name) => element.addEventListener(name, ({ detail }) => events.push([name, detail])));
    find(element, '[data-id="add"]').click();
    element.draft = { ...accountAnswer().draft, lines: [FREE] };
    await Promise.resolve();
    expect(find(element, '[data-path="lines[0].description"]').label).toBe('Description: New line');
    expect(find(element, '[data-id="left"]')).toBeNull();
    find(element, '[data-id="remove"]').click();
    expect(events).toEqual([
      ['lineadd', null],
      ['lineremove', { lineKey: 'free-1' }],
    ]);
    await expect(element).toBeAccessible();
  });

  it('does not blame a new line for what was not filled in yet', async () => {
    const problems = [problem({ field: 'lines[0].unitPrice', message: '"" is not a price.' })];
    const element = mount({ answer: accountAnswer(), draft: { ...accountAnswer().draft, lines: [FREE] }, problems, canAdd: true });
    expect(find(element, '[role="alert"]')).toBeNull();
    element.touched = new Set(['free-1.unitPrice']);
    await Promise.resolve();
    expect(find(element, '[role="alert"]').textContent).toContain('is not a price');
  });

  it('marks amounts that are about to change', () => {
    expect(find(mount({ isPending: true }), 'table').getAttribute('aria-busy')).toBe('true');
  });
});
