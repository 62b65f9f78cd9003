import { createElement } from 'lwc';
import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import TrueupMappingEditor from 'c/trueupMappingEditor';
import { newMapping, saveMapping } from 'c/trueupMapping';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMappings.previewMapping', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/userPermission/CustomizeApplication', () => ({ __esModule: true, default: true }), { virtual: true });
jest.mock('c/trueupMapping', () => ({ ...jest.requireActual('c/trueupMapping'), saveMapping: jest.fn() }));

const OTHER = { ...newMapping(), name: 'Memo', label: 'Memo', targetField: 'PrivateNote' };
const TYPED = { ...newMapping(), label: 'Class', targetField: 'ClassRef', sourceField: 'Account__r.Industry' };
const PROBLEM = {
  code: 'source-missing',
  severity: 'error',
  field: 'Source_Field__c',
  message: 'It does not exist.',
  action: 'Choose another.',
};

let editor;
const heard = [];
const hear = (event) => heard.push([event.type, event.detail]);

async function mount(mapping = newMapping()) {
  editor = createElement('c-trueup-mapping-editor', { is: TrueupMappingEditor });
  Object.assign(editor, { mapping, mappings: [OTHER], invoices: [{ Id: 'a01', Name: 'INV-1' }] });
  heard.length = 0;
  for (const name of ['close', 'saved', 'lightning__showtoast']) {
    editor.addEventListener(name, hear);
  }
  document.body.appendChild(editor);
  await settle();
}
afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

const find = (selector) => editor.shadowRoot.querySelector(selector);
const state = () => find('[data-id="state"]').textContent;
const answering = (problems, preview) =>
  previewMapping.mockImplementation(async ({ mappingsJson }) => ({
    outcome: 'done',
    checks: JSON.parse(mappingsJson).map(({ name }) => ({ name, problems: name === 'Class' ? problems : [] })),
    preview,
    problems: [],
  }));
async function type(mapping) {
  find('c-trueup-mapping-form').dispatchEvent(new CustomEvent('mappingchange', { detail: mapping }));
  await settle(400);
}
async function press(id) {
  find(`[data-id="${id}"]`).click();
  await settle();
}

it('asks once per pause, with all mappings, and shows what would fail beside the field', async () => {
  answering([PROBLEM]);
  await mount();
  expect([state(), previewMapping.mock.calls.length]).toEqual(['Choose the target field.', 0]);
  find('c-trueup-mapping-form').dispatchEvent(new CustomEvent('mappingchange', { detail: { ...TYPED, label: 'C' } }));
  await type(TYPED);
  expect(previewMapping).toHaveBeenCalledTimes(1);
  const { mappingsJson, invoiceId } = previewMapping.mock.calls[0][0];
  expect(JSON.parse(mappingsJson).map(({ name }) => name)).toEqual(['Memo', 'Class']);
  expect(invoiceId).toBe('a01');
  expect(find('c-trueup-mapping-form').problems).toEqual([PROBLEM]);
  expect(find('[data-id="problems"]').shadowRoot.textContent).toContain('It does not exist.');
  expect(find('[data-id="save"]').disabled).toBe(true);
  await expect(editor).toBeAccessible();
});

it('saves what is in order and hands on what Salesforce holds then', async () => {
  answering([], { invoiceId: 'a01', problems: [], payloads: [] });
  saveMapping.mockResolvedValue({ state: 'saved', records: ['all'] });
  await mount();
  await type(TYPED);
  expect(state()).toBe('Checked: all in order.');
  expect(find('c-trueup-mapping-preview').preview.payloads).toEqual([]);
  await press('save');
  expect(saveMapping).toHaveBeenCalledWith(expect.objectContaining({ name: 'Class', label: 'Class', valueMap: null }));
  expect(heard.map(([name]) => name)).toEqual(['lightning__showtoast', 'saved']);
  expect(heard[1][1]).toEqual({ records: ['all'] });
});

it.each([
  [{ state: 'refused', reason: 'Target: bad value', id: '0Af1' }, 'Target: bad value'],
  [{ state: 'unknown', id: '0Af1' }, '0Af1'],
])('says why it was not saved: %o', async (end, words) => {
  answering([]);
  saveMapping.mockResolvedValue(end);
  await mount();
  await type(TYPED);
  await press('save');
  expect(find('[data-id="refusal"]').shadowRoot.textContent).toContain(words);
});

it('does not save what could not be checked, and checks again', async () => {
  previewMapping.mockRejectedValue({ body: { message: 'No answer.' } });
  await mount();
  await type(TYPED);
  expect(find('[data-id="not-checked"]').shadowRoot.textContent).toContain('No answer.');
  expect(find('[data-id="save"]').disabled).toBe(true);
  answering([]);
  find('[data-id="not-checked"]').dispatchEvent(new CustomEvent('retry'));
  await settle(20);
  expect(find('[data-id="save"]').disabled).toBe(false);
});

it('closes on request and tries another invoice', async () => {
  answering([]);
  await mount({ ...TYPED, name: 'Class' });
  find('c-trueup-mapping-preview').dispatchEvent(new CustomEvent('invoicechange', { detail: { value: 'a02' } }));
  await settle(20);
  expect(previewMapping.mock.calls.at(-1)[0].invoiceId).toBe('a02');
  await press('cancel');
  expect(heard.map(([name]) => name)).toEqual(['close']);
});
