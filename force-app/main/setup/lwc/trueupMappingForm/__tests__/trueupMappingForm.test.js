import { createElement } from 'lwc';
import sourceFields from '@salesforce/apex/TrueupMappingSources.sourceFields';
import TrueupMappingForm from 'c/trueupMappingForm';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock(
  '@salesforce/apex/TrueupMappingSources.sourceFields',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);

const TARGETS = [
  {
    object: 'QuickBooks Invoice',
    fields: [
      {
        name: 'ClassRef',
        label: 'Class',
        type: 'list',
        required: false,
        writable: true,
        options: [
          { value: 'Field Sales', label: 'Field Sales', active: true },
          { value: 'Old', label: 'Old', active: false },
        ],
      },
      { name: 'TotalAmt', label: 'Total', type: 'number', required: false, writable: false, reason: 'Trueup writes it itself.' },
    ],
  },
  {
    object: 'Stripe Invoice',
    fields: [
      {
        name: 'metadata[…]',
        label: 'Metadata',
        type: 'text',
        length: 500,
        required: false,
        writable: true,
        named: { longestName: 40, most: 50 },
      },
    ],
  },
];
const INVOICE_FIELDS = [
  { name: 'PO_Number__c', label: 'PO Number', type: 'STRING', length: 31 },
  { name: 'Problem__c', label: 'Problem', type: 'TEXTAREA', length: 5000 },
  { name: 'Account__r', label: 'Account', type: 'REFERENCE', leadsTo: 'Account' },
];
const ACCOUNT_FIELDS = [{ name: 'Industry', label: 'Industry', type: 'PICKLIST', length: 40, options: ['Banking', 'Energy'] }];
const MAPPING = {
  targetObject: 'QuickBooks Invoice',
  targetField: '',
  sourceKind: 'Field',
  sourceField: '',
  transform: 'None',
  active: true,
};

let form;
let mapping;

async function mount(given = {}, props = {}) {
  mapping = { ...MAPPING, ...given };
  form = createElement('c-trueup-mapping-form', { is: TrueupMappingForm });
  Object.assign(form, { mapping, targets: TARGETS, companies: [{ Name: 'Ridgeline', External_Key__c: 'main' }], ...props });
  form.addEventListener('mappingchange', (event) => {
    mapping = event.detail;
    form.mapping = mapping;
  });
  document.body.appendChild(form);
  sourceFields.emit(INVOICE_FIELDS);
  await settle();
}
afterEach(() => document.body.replaceChildren());

const find = (selector) => form.shadowRoot.querySelector(selector);
const field = (name) => find(`[data-field="${name}"]`);
async function choose(element, value) {
  element.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settle();
}
async function pick(element, value) {
  element.dispatchEvent(new CustomEvent('pick', { detail: { value } }));
  await settle();
}
const options = (name) => field(name).options.map(({ label, hint, isDisabled }) => `${label} | ${hint}${isDisabled ? ' | disabled' : ''}`);

it('offers what can be read before the invoice exists, and walks to parents and back', async () => {
  await mount();
  expect(options('Source_Field__c')).toEqual(['Account > | Account__r', 'PO Number | PO_Number__c (text, up to 31 characters)']);
  await pick(field('Source_Field__c'), 'Account__r');
  expect(sourceFields.getLastConfig()).toEqual({ objectName: 'Account' });
  sourceFields.emit(ACCOUNT_FIELDS);
  await settle();
  expect(options('Source_Field__c')).toEqual(['Back | ', 'Industry | Industry (list, up to 40 characters)']);
  await pick(field('Source_Field__c'), 'Industry');
  expect(mapping.sourceField).toBe('Account__r.Industry');
  await pick(field('Source_Field__c'), '..');
  expect(sourceFields.getLastConfig()).toEqual({ objectName: 'Trueup_Invoice__c' });
  await expect(form).toBeAccessible();
});

it('finds a field of the account without opening the account first', async () => {
  sourceFields.mockResolvedValue(ACCOUNT_FIELDS);
  await mount({ transform: 'Value Map' });
  expect(options('Source_Field__c').at(-1)).toBe('Account > Industry | Account__r.Industry (list, up to 40 characters)');
  await pick(field('Source_Field__c'), 'Account__r.Industry');
  expect(mapping.sourceField).toBe('Account__r.Industry');
  expect(field('Value_Map__c').sources).toEqual(['Banking', 'Energy']);
  sourceFields.mockReset();
});

it('offers the live fields of the target with type, length and why one is not to be mapped', async () => {
  await mount();
  expect(options('Target_Field__c')).toEqual([
    'Class | ClassRef (list)',
    'Total | TotalAmt (number) - Trueup writes it itself. | disabled',
  ]);
  await pick(field('Target_Field__c'), 'ClassRef');
  expect(find('[data-id="target-hint"]').textContent).toBe('list');
  await choose(field('Target_Object__c'), 'Stripe Invoice');
  await pick(field('Target_Field__c'), 'metadata[…]');
  await choose(find('[data-id="member"]'), 'region');
  expect(mapping).toMatchObject({ targetObject: 'Stripe Invoice', targetField: 'metadata[region]', label: 'Class' });
});

it('offers a list for a constant, and fields for a text that joins them', async () => {
  await mount({ targetField: 'ClassRef' });
  await choose(field('Source_Kind__c'), 'Constant');
  expect(field('Constant_Value__c').options).toEqual([{ value: 'Field Sales', label: 'Field Sales' }]);
  await choose(field('Source_Kind__c'), 'Template');
  await choose(field('Template__c'), 'PO ');
  await pick(find('[data-id="insert"]'), 'PO_Number__c');
  expect(mapping.template).toBe('PO {!PO_Number__c}');
});

it('opens a saved path where it leads, and maps the values of its picklist', async () => {
  await mount({ targetField: 'ClassRef', sourceField: 'Account__r.Industry', transform: 'Value Map' });
  expect(sourceFields.getLastConfig()).toEqual({ objectName: 'Account' });
  sourceFields.emit(ACCOUNT_FIELDS);
  await settle();
  expect(field('Value_Map__c').sources).toEqual(['Banking', 'Energy']);
  field('Value_Map__c').dispatchEvent(new CustomEvent('valuemapchange', { detail: { value: '{"Banking":"Field Sales"}' } }));
  await settle();
  expect(mapping.valueMap).toBe('{"Banking":"Field Sales"}');
});

it('keeps the source where the new target can have it, and begins anew where it cannot', async () => {
  await mount({ sourceField: 'PO_Number__c' });
  await choose(field('Target_Object__c'), 'Stripe Invoice');
  expect(mapping).toMatchObject({ targetField: '', sourceField: 'PO_Number__c' });
  await choose(field('Source_Object__c'), 'Opportunity');
  await choose(field('Target_Object__c'), 'QuickBooks Invoice Line');
  expect(mapping).toMatchObject({ sourceObject: 'Trueup_Invoice_Line__c', sourceField: '' });
});

it('shows each problem beside its field and asks for an argument where one is needed', async () => {
  await mount({ transform: 'First Characters' });
  const said = [];
  field('Transform_Argument__c').setCustomValidity = (text) => said.push(text);
  form.problems = [
    { field: 'Transform_Argument__c', message: 'It is not a number.', action: 'Enter how many.' },
    { field: 'Source_Field__c', message: 'The field does not exist.', action: '' },
  ];
  await settle();
  expect(said).toEqual(['It is not a number. Enter how many.']);
  expect(field('Source_Field__c').problem).toBe('The field does not exist.');
  expect(field('Transform_Argument__c').label).toBe('How many characters');
  form.problems = [];
  await settle();
  expect(said).toEqual(['It is not a number. Enter how many.', '']);
  const check = field('Required__c');
  check.checked = true;
  check.dispatchEvent(new CustomEvent('change'));
  await settle();
  expect(mapping.required).toBe(true);
});

it('says when the fields cannot be read', async () => {
  await mount();
  sourceFields.error({ message: 'No access.' });
  await settle();
  expect(find('[data-id="load-error"]').shadowRoot.textContent).toContain('No access.');
});
