import { createElement } from 'lwc';
import TrueupValueMap from 'c/trueupValueMap';

let element;
let changes;

beforeEach(() => {
  element = createElement('c-trueup-value-map', { is: TrueupValueMap });
  changes = [];
  element.addEventListener('valuemapchange', (event) => {
    changes.push(event.detail.value);
    element.value = event.detail.value;
  });
});
afterEach(() => document.body.replaceChildren());

const settled = () => Promise.resolve();
const find = (selector) => element.shadowRoot.querySelector(selector);
const rows = () => [...element.shadowRoot.querySelectorAll('[data-row]')];

async function mount(props) {
  Object.assign(element, props);
  document.body.appendChild(element);
  await settled();
}
async function change(row, id, value) {
  const input = rows()[row].querySelector(`[data-id="${id}"]`);
  input.value = value;
  input.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}
async function press(id, row) {
  (row === undefined ? find(`[data-id="${id}"]`) : rows()[row].querySelector(`[data-id="${id}"]`)).click();
  await settled();
}

it('shows a map row by row and tells each change as JSON', async () => {
  await mount({ value: '{"Banking":"Finance"}' });
  expect(rows()).toHaveLength(1);
  await press('add');
  await change(1, 'from', 'Technology');
  await change(1, 'to', 'Hardware');
  expect(JSON.parse(changes.at(-1))).toEqual({ Banking: 'Finance', Technology: 'Hardware' });
  await press('remove', 0);
  await press('remove', 0);
  expect(changes.at(-1)).toBe('');
});

it('fills in the picklist, offers what the target holds, and is accessible', async () => {
  await mount({ value: '{"Banking":"Gone"}', sources: ['Banking', 'Energy'], options: [{ value: 'Field Sales', label: 'Field Sales' }] });
  await press('fill');
  expect(rows()).toHaveLength(2);
  expect(changes.at(-1)).toBe('{"Banking":"Gone"}');
  expect(find('[data-id="fill"]')).toBeNull();
  expect(
    rows()[0]
      .querySelector('[data-id="to"]')
      .options.map(({ value }) => value),
  ).toEqual(['Field Sales', 'Gone']);
  await expect(element).toBeAccessible();
});

it('shows no rows of what is not a map', async () => {
  await mount({ value: 'nonsense' });
  expect(rows()).toHaveLength(0);
});
