import { createElement } from 'lwc';
import TrueupMappingPreview from 'c/trueupMappingPreview';

const INVOICES = [
  { Id: 'a01', Name: 'INV-1', Number__c: 'RD-1001', Account__r: { Name: 'Harbor Foods' } },
  { Id: 'a02', Name: 'INV-2' },
];
const PREVIEW = {
  problems: [{ code: 'mapped-value-unmapped', field: 'mapping.Class', message: 'Banking is not in the value map.', action: 'Add it.' }],
  payloads: [
    {
      object: 'QuickBooks Invoice',
      rows: [
        { path: 'DocNumber', before: 'RD-1001', after: 'RD-1001', changed: false },
        { path: 'ClassRef.name', after: 'Field Sales', changed: true },
      ],
    },
  ],
};

let element;
const settled = () => Promise.resolve();
const find = (selector) => element.shadowRoot.querySelector(selector);
const paths = () => [...element.shadowRoot.querySelectorAll('[data-path]')].map((row) => row.dataset.path);

async function mount(props) {
  element = createElement('c-trueup-mapping-preview', { is: TrueupMappingPreview });
  Object.assign(element, props);
  document.body.appendChild(element);
  await settled();
}
afterEach(() => document.body.replaceChildren());

it('shows what changes, and on request all of it; marked not by colour alone', async () => {
  await mount({ invoices: INVOICES, invoiceId: 'a01', preview: PREVIEW });
  expect(paths()).toEqual(['ClassRef.name']);
  expect(find('[data-path="ClassRef.name"] lightning-badge')).not.toBeNull();
  expect(find('[data-id="invoice"]').options.map(({ label }) => label)).toEqual(['RD-1001 - Harbor Foods', 'INV-2']);
  const all = find('[data-id="only-changes"]');
  all.checked = false;
  all.dispatchEvent(new CustomEvent('change'));
  await settled();
  expect(paths()).toEqual(['DocNumber', 'ClassRef.name']);
  expect(find('[data-id="problems"]').shadowRoot.textContent).toContain('Banking is not in the value map.');
  await expect(element).toBeAccessible();
});

it('tells another choice of invoice', async () => {
  await mount({ invoices: INVOICES, invoiceId: 'a01' });
  const chosen = jest.fn();
  element.addEventListener('invoicechange', (event) => chosen(event.detail.value));
  find('[data-id="invoice"]').dispatchEvent(new CustomEvent('change', { detail: { value: 'a02' } }));
  expect(chosen).toHaveBeenCalledWith('a02');
});

it('says so when nothing changes, and when there is no invoice', async () => {
  await mount({ preview: { problems: [], payloads: [] } });
  expect(find('[data-id="no-invoices"]')).not.toBeNull();
  expect(find('[data-id="unchanged"]')).not.toBeNull();
});
