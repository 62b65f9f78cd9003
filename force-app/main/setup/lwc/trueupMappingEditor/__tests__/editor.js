import { createElement } from 'lwc';
import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import TrueupMappingEditor from 'c/trueupMappingEditor';
import { newMapping } from 'c/trueupMapping';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

const OTHER = { ...newMapping(), name: 'Memo', label: 'Memo', targetField: 'PrivateNote' };
/** What a person enters. */
export const TYPED = { ...newMapping(), label: 'Class', targetField: 'ClassRef', sourceField: 'Account__r.Industry' };

let editor;
/** Events of the editor: `[type, detail]`. */
export const heard = [];
const hear = (event) => heard.push([event.type, event.detail]);

/** Shows the editor; the mocks of Apex, of the right and of c/trueupMapping are the test file's own, since they are hoisted there. */
export async function mount(mapping = newMapping()) {
  editor = createElement('c-trueup-mapping-editor', { is: TrueupMappingEditor });
  Object.assign(editor, { mapping, mappings: [OTHER], invoices: [{ Id: 'a01', Name: 'INV-1' }] });
  heard.length = 0;
  for (const name of ['close', 'saved', 'lightning__showtoast']) {
    editor.addEventListener(name, hear);
  }
  document.body.appendChild(editor);
  await settle();
  return editor;
}

export const find = (selector) => editor.shadowRoot.querySelector(selector);

/** The functions check the mapping called "Class" with these problems. */
export const answering = (problems, preview) =>
  previewMapping.mockImplementation(async ({ mappingsJson }) => ({
    outcome: 'done',
    checks: JSON.parse(mappingsJson).map(({ name }) => ({ name, problems: name === 'Class' ? problems : [] })),
    preview,
    problems: [],
  }));

export async function type(mapping) {
  find('c-trueup-mapping-form').dispatchEvent(new CustomEvent('mappingchange', { detail: mapping }));
  await settle(400);
}

export async function press(id) {
  find(`[data-id="${id}"]`).click();
  await settle();
}
