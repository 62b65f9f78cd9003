import { createElement } from 'lwc';
import TrueupSyncProblemGroup from 'c/trueupSyncProblemGroup';

const GROUP = {
  key: 'issue:Changed In QuickBooks',
  isOperation: false,
  isAllowed: true,
  isDisabled: false,
  title: 'Changed In QuickBooks',
  count: 70,
  at: '2026-03-01T10:00:00.000Z',
  message: 'INV-7 was changed.',
  fix: 'Restore it.',
  records: Array.from({ length: 60 }, (_, index) => ({
    id: `a09${index}`,
    objectApiName: 'Trueup_Sync_Issue__c',
    text: `SI-${index}`,
    invoiceId: index === 0 ? 'a01' : undefined,
    invoiceText: 'INV-7',
  })),
};

function mount(part = {}) {
  const element = createElement('c-trueup-sync-problem-group', { is: TrueupSyncProblemGroup });
  element.group = { ...GROUP, ...part };
  document.body.appendChild(element);
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);

describe('c-trueup-sync-problem-group', () => {
  afterEach(() => document.body.replaceChildren());

  it('says how many, the newest and what to do, and links the records', async () => {
    const element = mount();
    expect(find(element, '[data-id="count"]').label).toBe('Records: 70');
    expect(find(element, '[data-id="newest"]').textContent).toContain('INV-7 was changed.');
    expect(find(element, '[data-id="fix"]').textContent).toContain('Restore it.');
    expect(element.shadowRoot.querySelectorAll('[data-record]')).toHaveLength(50);
    expect(find(element, 'details').textContent).toContain('The newest 50 of 70');
    expect(find(element, '[data-record="a090"] c-trueup-page-link:nth-of-type(2)').recordId).toBe('a01');
    await expect(element).toBeAccessible();
  });

  it('links the record that one without an invoice is about, and says what trying again does', async () => {
    const [first] = GROUP.records;
    const element = mount({ isAskedFor: true, records: [{ ...first, invoiceId: undefined, aboutId: '0061' }] });
    const link = find(element, '[data-record="a090"] c-trueup-page-link:nth-of-type(2)');
    expect([link.recordId, link.text, link.description]).toEqual(['0061', 'Open the record', 'SI-0']);
    expect(find(element, '[data-id="explanation"]').textContent).toContain('closed once its record is billed');
    await expect(element).toBeAccessible();
  });

  it('asks for all to be tried again', () => {
    const element = mount();
    const asked = [];
    element.addEventListener('tryagain', ({ detail }) => asked.push(detail.key));
    find(element, '[data-id="try-again"]').click();
    expect(asked).toEqual([GROUP.key]);
  });

  it('shows how far it is', async () => {
    const element = mount({ isOperation: true, isDisabled: true, progress: { tried: 3, total: 4 } });
    expect(find(element, '[data-id="progress"]').textContent).toBe('3 of 4 tried');
    expect(find(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('75');
    expect(find(element, '[data-id="try-again"]').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('claims no share while a sync goes on', async () => {
    const element = mount({ progress: { isSync: true } });
    expect(find(element, '[data-id="progress"]').textContent).toContain('A sync is reading them again');
    expect(find(element, '[role="progressbar"]').hasAttribute('aria-valuenow')).toBe(false);
    await expect(element).toBeAccessible();
  });

  it('offers nothing that the user may not do', () => {
    const element = mount({ isAllowed: false });
    expect(find(element, '[data-id="try-again"]')).toBeNull();
    expect(find(element, '[data-id="explanation"]').textContent).toContain('do not have the right');
  });

  it('offers nothing where Trueup sees to it by itself', () => {
    const element = mount({ closesByItself: 'It is closed by itself.' });
    expect(find(element, '[data-id="try-again"]')).toBeNull();
    expect(find(element, '[data-id="explanation"]').textContent).toContain('closed by itself');
  });
});
