import { createElement } from 'lwc';
import TrueupSyncTrend from 'c/trueupSyncTrend';

const run = (number, part) => ({ Id: `a${number}`, Name: `SR-${number}`, State__c: 'Completed', ...part });

function mount(runs) {
  const element = createElement('c-trueup-sync-trend', { is: TrueupSyncTrend });
  element.runs = runs;
  document.body.appendChild(element);
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);

describe('c-trueup-sync-trend', () => {
  afterEach(() => document.body.replaceChildren());

  it('draws the finished runs, oldest first, and says the same in words', async () => {
    const element = mount([
      run(4, { State__c: 'Running' }),
      run(3, { Issues__c: 1, Statuses_Corrected__c: 2 }),
      run(2, { State__c: 'Failed' }),
      run(1, { Issues__c: 5, Payments_Booked__c: 1, Entries_Booked__c: 4 }),
    ]);
    expect([...element.shadowRoot.querySelectorAll('[data-bar]')].map(({ dataset }) => dataset.bar)).toEqual(['a1', 'a2', 'a3']);
    expect(find(element, '[data-bar="a1"] .left').getAttribute('height')).toBe('56');
    expect(find(element, '[data-bar="a3"] .left').getAttribute('height')).toBe('11');
    expect(find(element, '[data-bar="a2"] text').textContent).toBe('×');
    expect(find(element, '[data-id="chart"]').getAttribute('aria-label')).toBe(
      '3 runs, oldest first: 7 corrected or booked and 6 left for a person in all; the newest left 1.',
    );
    expect(find(element, '[data-id="in-words"]').textContent).toContain('SR-3, Completed: 2 corrected or booked, 1 left for a person');
    await expect(element).toBeAccessible();
  });

  it('makes no trend of a single run', () => {
    expect(find(mount([run(1)]), 'figure')).toBeNull();
  });
});
