import { createElement } from 'lwc';
import TrueupConfirmChoice from 'c/trueupConfirmChoice';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

async function mount(given = {}) {
  const element = createElement('c-trueup-confirm-choice', { is: TrueupConfirmChoice });
  const consequences = [
    { key: '1', says: 'The next invoices go there.' },
    { key: '2', says: 'You can undo it.' },
  ];
  Object.assign(element, { question: 'Link it?', confirmLabel: 'Link', consequences, ...given });
  const heard = [];
  element.addEventListener('confirm', () => heard.push('confirm'));
  element.addEventListener('cancel', () => heard.push('cancel'));
  document.body.appendChild(element);
  await settle();
  return { element, heard };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const escape = (element) =>
  find(element, '[data-id="confirm"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));

describe('c-trueup-confirm-choice', () => {
  afterEach(() => document.body.replaceChildren());

  it('says what will happen, with the focus on the question', async () => {
    const { element } = await mount();
    expect(element.shadowRoot.activeElement).toBe(find(element, '[data-id="question"]'));
    expect([...element.shadowRoot.querySelectorAll('li')].map((line) => line.textContent)).toEqual([
      'The next invoices go there.',
      'You can undo it.',
    ]);
    await expect(element).toBeAccessible();
  });

  it('tells what was pressed, Escape being Cancel', async () => {
    const { element, heard } = await mount();
    find(element, '[data-id="confirm"]').click();
    find(element, '[data-id="cancel"]').click();
    escape(element);
    expect(heard).toEqual(['confirm', 'cancel', 'cancel']);
  });

  it('cannot be left while it is being done, and says how far it is', async () => {
    const { element, heard } = await mount({ isBusy: true, progress: '1 of 2' });
    escape(element);
    expect(heard).toEqual([]);
    expect(find(element, '[data-id="confirm"]').disabled).toBe(true);
    expect(find(element, '[role="status"]').textContent).toBe('1 of 2');
    await expect(element).toBeAccessible();
  });
});
