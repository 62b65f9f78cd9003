import { createElement } from 'lwc';
import TrueupSyncFigures from 'c/trueupSyncFigures';

const figure = (standing, objectApiName, listView, records, row = objectApiName) => ({ row, standing, objectApiName, listView, records });
const FIGURES = [
  figure('in-step', 'Trueup_Invoice__c', 'Issued', 1200),
  figure('under-way', 'Trueup_Invoice__c', 'Under_Way', 0),
  figure('attention', 'Trueup_Invoice__c', 'Needs_Attention', 2),
  figure('attention', 'Trueup_Sync_Issue__c', 'Open', 1, 'Trueup_Invoice__c'),
  figure('attention', 'Trueup_Dispute__c', 'To_Answer', 0),
];

function mount(figures) {
  const element = createElement('c-trueup-sync-figures', { is: TrueupSyncFigures });
  element.figures = figures;
  document.body.appendChild(element);
  return element;
}
const cell = (element, row, standing) => element.shadowRoot.querySelector(`[data-row="${row}"] [data-standing="${standing}"]`);
const links = (found) =>
  [...found.querySelectorAll('c-trueup-page-link')].map(({ text, objectApiName, listView }) => `${text} ${objectApiName}/${listView}`);

describe('c-trueup-sync-figures', () => {
  afterEach(() => document.body.replaceChildren());

  it('links each figure to its list and says what is the matter', async () => {
    const element = mount(FIGURES);
    expect(links(cell(element, 'Trueup_Invoice__c', 'in-step'))).toEqual(['1,200 Trueup_Invoice__c/Issued']);
    expect(links(cell(element, 'Trueup_Invoice__c', 'under-way'))).toEqual(['0 Trueup_Invoice__c/Under_Way']);
    const attention = cell(element, 'Trueup_Invoice__c', 'attention');
    expect(links(attention)).toEqual(['2 Trueup_Invoice__c/Needs_Attention', '1 Trueup_Sync_Issue__c/Open']);
    expect(attention.textContent).toContain('with an open issue');
    expect(attention.querySelectorAll('lightning-icon')).toHaveLength(2);
    await expect(element).toBeAccessible();
  });

  it('leaves out what the user does not look after, and marks what does not exist', () => {
    const element = mount(FIGURES);
    expect(element.shadowRoot.querySelectorAll('[data-row]')).toHaveLength(2);
    expect(cell(element, 'Trueup_Dispute__c', 'in-step').textContent).toContain('none');
    expect(links(cell(element, 'Trueup_Dispute__c', 'attention'))).toEqual(['0 Trueup_Dispute__c/To_Answer']);
  });
});
