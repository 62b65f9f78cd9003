import { createElement } from 'lwc';
import companies from '@salesforce/apex/TrueupMappingSources.companies';
import latestInvoices from '@salesforce/apex/TrueupMappingSources.latestInvoices';
import savedMappings from '@salesforce/apex/TrueupMappingSources.savedMappings';
import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import targetFields from '@salesforce/apex/TrueupMappings.targetFields';
import TrueupFieldMappings from 'c/trueupFieldMappings';
import { saveMapping } from 'c/trueupMapping';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMappingSources.companies', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupMappingSources.latestInvoices', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupMappingSources.savedMappings', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupMappings.previewMapping', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupMappings.targetFields', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/userPermission/CustomizeApplication', () => ({ __esModule: true, default: true }), { virtual: true });
jest.mock('c/trueupMapping', () => ({ ...jest.requireActual('c/trueupMapping'), saveMapping: jest.fn() }));

const recordOf = (name, more) => ({
  DeveloperName: name,
  MasterLabel: name,
  Target_Object__c: 'QuickBooks Invoice',
  Target_Field__c: 'ClassRef',
  Source_Field__c: 'Account__r.Industry',
  Active__c: true,
  Required__c: false,
  ...more,
});
const CLASS = recordOf('Class', { Company_Key__c: 'main' });
const MEMO = recordOf('Memo', { Source_Kind__c: 'Constant', Constant_Value__c: 'Thanks', Target_Object__c: 'Stripe Invoice' });
const OLD = recordOf('Old', { Active__c: false });
const PROBLEM = { severity: 'error', field: 'Target_Field__c', message: 'The class is gone.', action: 'Choose another.' };

let page;
async function mount(records = [CLASS, MEMO, OLD]) {
  savedMappings.mockResolvedValue(records);
  companies.mockResolvedValue([{ Name: 'Ridgeline', External_Key__c: 'main' }]);
  latestInvoices.mockResolvedValue([]);
  targetFields.mockResolvedValue({ outcome: 'done', targets: [], problems: [] });
  page = createElement('c-trueup-field-mappings', { is: TrueupFieldMappings });
  document.body.appendChild(page);
  await settle(10);
}
beforeEach(() =>
  previewMapping.mockResolvedValue({
    outcome: 'done',
    checks: [
      { name: 'Class', problems: [PROBLEM] },
      { name: 'Memo', problems: [] },
    ],
  }),
);
afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

const find = (selector) => page.shadowRoot.querySelector(selector);
const all = (selector) => [...page.shadowRoot.querySelectorAll(selector)];
const statusOf = (name) => find(`[data-status="${name}"]`).label;

it('lists the mappings of each company and target with how they stand', async () => {
  await mount();
  expect(all('[data-group]').map((group) => group.dataset.group)).toEqual([
    'All companies: QuickBooks Invoice',
    'All companies: Stripe Invoice',
    'Ridgeline: QuickBooks Invoice',
  ]);
  expect([statusOf('Class'), statusOf('Memo'), statusOf('Old')]).toEqual(['Needs attention', 'In order', 'Retired']);
  expect(find('[data-row="Class"]').textContent).toContain('The class is gone. Choose another.');
  expect(find('[data-row="Memo"]').textContent).toContain('"Thanks"');
  await expect(page).toBeAccessible();
});

it('says so when there are none, and opens an empty editor', async () => {
  await mount([]);
  expect(find('[data-id="empty"]')).not.toBeNull();
  find('[data-id="new"]').click();
  await settle();
  expect(find('c-trueup-mapping-editor').mapping.name).toBe('');
  find('c-trueup-mapping-editor').dispatchEvent(new CustomEvent('close'));
  await settle();
  expect(find('c-trueup-mapping-editor')).toBeNull();
});

it('opens a mapping and shows what was saved', async () => {
  await mount();
  find('[data-edit="Class"]').click();
  await settle();
  const editor = find('c-trueup-mapping-editor');
  expect(editor.mapping.name).toBe('Class');
  editor.dispatchEvent(new CustomEvent('saved', { detail: { records: [MEMO] } }));
  await settle(10);
  expect(all('[data-row]').map((row) => row.dataset.row)).toEqual(['Memo']);
  expect(previewMapping).toHaveBeenLastCalledWith({ mappingsJson: '', invoiceId: '' });
});

it('retires a mapping, for Salesforce deletes none from code', async () => {
  saveMapping.mockResolvedValue({ state: 'saved', records: [{ ...CLASS, Active__c: false }] });
  await mount();
  find('[data-toggle="Class"]').click();
  await settle(10);
  expect(saveMapping.mock.calls[0][0]).toMatchObject({ name: 'Class', active: false });
  expect(statusOf('Class')).toBe('Retired');
  saveMapping.mockResolvedValue({ state: 'refused', reason: 'Not today', id: '0Af1' });
  await mount();
  find('[data-toggle="Memo"]').click();
  await settle(10);
  expect(find('[data-id="refusal"]').shadowRoot.textContent).toContain('Not today');
});

it('has a mapping that is to be active again checked in the editor first', async () => {
  await mount();
  find('[data-toggle="Old"]').click();
  await settle(10);
  expect(saveMapping).not.toHaveBeenCalled();
  expect(find('c-trueup-mapping-editor').mapping).toMatchObject({ name: 'Old', active: true });
});

it('says what happened when the mappings or the books cannot be read', async () => {
  previewMapping.mockRejectedValue({ body: { message: 'No answer.' } });
  await mount();
  expect(find('[data-id="books-error"]').shadowRoot.textContent).toContain('No answer.');
  expect(statusOf('Class')).toBe('Active');
  document.body.replaceChildren();
  savedMappings.mockReset();
  page = createElement('c-trueup-field-mappings', { is: TrueupFieldMappings });
  savedMappings.mockRejectedValue({ body: { message: 'No access.' } });
  document.body.appendChild(page);
  await settle(10);
  expect(find('[data-id="load-error"]').shadowRoot.textContent).toContain('No access.');
});
