import { createElement } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import undoLink from '@salesforce/apex/TrueupMatchReviewController.undoLink';
import TrueupUndoLink from 'c/trueupUndoLink';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMatchReviewController.undoLink', () => ({ default: jest.fn() }), { virtual: true });

async function mount(fields = { Name: { value: 'LNK-000007' } }) {
  const element = createElement('c-trueup-undo-link', { is: TrueupUndoLink });
  element.recordId = 'a0L';
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
async function undo(element) {
  find(element, '[data-id="undo"]').click();
  await settle();
}

describe('c-trueup-undo-link', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads, and what happened when the link cannot be read', async () => {
    const { element } = await mount(null);
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    getRecord.error({ message: 'No access.' });
    await settle();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
  });

  it('says first what undoing means, then does it and closes', async () => {
    undoLink.mockResolvedValue({ outcome: 'done', problems: [] });
    const { element, happened } = await mount();
    expect(find(element, '[data-id="heading"]').textContent).toBe('What happens when you undo LNK-000007:');
    expect(element.shadowRoot.querySelectorAll('li')).toHaveLength(3);
    await expect(element).toBeAccessible();
    await undo(element);
    expect(undoLink).toHaveBeenCalledWith({ linkId: 'a0L' });
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a0L' }]);
    expect(happened).toEqual(['Link undone', 'closed']);
  });

  it('stays open with the reason when it is refused', async () => {
    undoLink.mockResolvedValueOnce({ outcome: 'rejected', problems: [{ message: 'This link is of a product.', action: 'Change it.' }] });
    undoLink.mockRejectedValueOnce({ body: { message: 'No answer.' } });
    const { element, happened } = await mount();
    await undo(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('This link is of a product.');
    await undo(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('No answer.');
    expect(happened).toEqual([]);
  });
});
