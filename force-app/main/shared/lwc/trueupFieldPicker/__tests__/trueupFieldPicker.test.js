import { createElement } from 'lwc';
import TrueupFieldPicker from 'c/trueupFieldPicker';

const OPTIONS = [
  { value: 'Industry', label: 'Industry', hint: 'picklist' },
  { value: 'Region__c', label: 'Sales area', hint: 'text, up to 40 characters' },
  { value: 'TotalAmt', label: 'Total', hint: 'Trueup writes it itself.', isDisabled: true },
];

let picker;
let picked;

beforeEach(() => {
  picker = createElement('c-trueup-field-picker', { is: TrueupFieldPicker });
  Object.assign(picker, { label: 'Field', options: OPTIONS, text: 'Account > Industry' });
  picked = jest.fn();
  picker.addEventListener('pick', (event) => picked(event.detail.value));
  document.body.appendChild(picker);
});
afterEach(() => document.body.replaceChildren());

const box = () => picker.shadowRoot.querySelector('input');
const shown = () => [...picker.shadowRoot.querySelectorAll('[role="option"]')].map((option) => option.dataset.value);
const settled = () => Promise.resolve();

async function type(text) {
  box().focus();
  box().value = text;
  box().dispatchEvent(new CustomEvent('input'));
  await settled();
}
async function press(key) {
  box().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  await settled();
}

it('shows what is chosen and finds by label or API name', async () => {
  expect([box().value, box().getAttribute('aria-expanded')]).toEqual(['Account > Industry', 'false']);
  await type('sales');
  expect(shown()).toEqual(['Region__c']);
  await type('REGION');
  expect(shown()).toEqual(['Region__c']);
  expect(picker.shadowRoot.querySelector('[data-id="announcement"]').textContent).toContain('1');
  await type('zzz');
  expect(picker.shadowRoot.querySelector('[data-id="nothing"]').textContent).toContain('zzz');
});

it('is worked by keys alone', async () => {
  box().focus();
  await press('ArrowDown');
  await press('ArrowDown');
  expect(box().getAttribute('aria-activedescendant')).toBeTruthy();
  await press('Enter');
  expect(picked).toHaveBeenCalledWith('Region__c');
  expect(box().getAttribute('aria-expanded')).toBe('false');
  await press('ArrowUp');
  await press('Escape');
  expect(box().getAttribute('aria-expanded')).toBe('false');
});

it('does not choose what is disabled, and says why', async () => {
  await type('total');
  expect(picker.shadowRoot.textContent).toContain('Trueup writes it itself.');
  picker.shadowRoot.querySelector('[role="option"]').click();
  await press('Enter');
  expect(picked).not.toHaveBeenCalled();
});

it('stays open where an option leads on', async () => {
  picker.options = [{ value: 'Account__r', label: 'Account', hint: '', staysOpen: true }];
  box().focus();
  await settled();
  picker.shadowRoot.querySelector('[role="option"]').click();
  await settled();
  expect(picked).toHaveBeenCalledWith('Account__r');
  expect(box().getAttribute('aria-expanded')).toBe('true');
});

it('says what is wrong beside the box, and is accessible', async () => {
  picker.problem = 'The field does not exist. Choose another one.';
  await settled();
  expect(picker.shadowRoot.querySelector('[data-id="problem"]').textContent).toContain('does not exist');
  expect(box().getAttribute('aria-invalid')).toBe('true');
  await type('');
  await expect(picker).toBeAccessible();
});

it('says how many there are when it shows only the first of them, and a press on the list is no leaving', async () => {
  picker.options = Array.from({ length: 75 }, (_, index) => ({ value: `F${index}`, label: `F${index}`, hint: '' }));
  await type('f');
  expect(shown()).toHaveLength(60);
  expect(picker.shadowRoot.querySelector('[data-id="announcement"]').textContent).toMatch(/75.*60/);
  const pressed = new MouseEvent('mousedown', { cancelable: true, bubbles: true });
  picker.shadowRoot.querySelector('[role="listbox"]').dispatchEvent(pressed);
  expect(pressed.defaultPrevented).toBe(true);
});
