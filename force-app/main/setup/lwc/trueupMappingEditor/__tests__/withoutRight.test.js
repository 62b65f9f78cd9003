import { createElement } from 'lwc';
import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import TrueupMappingEditor from 'c/trueupMappingEditor';
import { newMapping, saveMapping } from 'c/trueupMapping';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMappings.previewMapping', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/userPermission/CustomizeApplication', () => ({ __esModule: true, default: undefined }), { virtual: true });
jest.mock('c/trueupMapping', () => ({ ...jest.requireActual('c/trueupMapping'), saveMapping: jest.fn() }));

const OTHER = { ...newMapping(), name: 'Memo', label: 'Memo', targetField: 'PrivateNote' };
const TYPED = { ...newMapping(), label: 'Class', targetField: 'ClassRef', sourceField: 'Account__r.Industry' };

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

it('gives the source to copy or download where the right to customize is missing', async () => {
  answering([]);
  Object.assign(navigator, { clipboard: { writeText: jest.fn().mockResolvedValue() } });
  await mount();
  await type(TYPED);
  expect(find('[data-id="may-not"]')).not.toBeNull();
  await press('save');
  expect(find('[data-id="source"]').textContent).toContain('<field>Target_Field__c</field>');
  expect(find('[data-id="download"]').getAttribute('download')).toBe('Trueup_Field_Mapping.Class.md-meta.xml');
  await press('copy');
  expect(navigator.clipboard.writeText).toHaveBeenCalledWith(expect.stringContaining('CustomMetadata'));
  expect(find('[data-id="announcement"]').textContent).toBe('Copied');
  expect(saveMapping).not.toHaveBeenCalled();
  await expect(editor).toBeAccessible();
});
