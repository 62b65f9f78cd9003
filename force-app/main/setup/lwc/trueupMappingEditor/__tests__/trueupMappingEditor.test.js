import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import { saveMapping } from 'c/trueupMapping';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';
import { TYPED, answering, find, heard, mount, press, type } from './editor.js';

jest.mock('@salesforce/apex/TrueupMappings.previewMapping', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/userPermission/CustomizeApplication', () => ({ __esModule: true, default: true }), { virtual: true });
jest.mock('c/trueupMapping', () => ({ ...jest.requireActual('c/trueupMapping'), saveMapping: jest.fn() }));

const PROBLEM = {
  code: 'source-missing',
  severity: 'error',
  field: 'Source_Field__c',
  message: 'It does not exist.',
  action: 'Choose another.',
};

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

const state = () => find('[data-id="state"]').textContent;

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
  await expect(find('section').getRootNode().host).toBeAccessible();
});

it('saves what is in order and hands on what Salesforce holds then', async () => {
  answering([], { invoiceId: 'a01', problems: [], payloads: [] });
  saveMapping.mockResolvedValue({ state: 'saved', records: ['all'] });
  await mount();
  await type(TYPED);
  expect(state()).toBe('Checked: all in order.');
  expect(find('c-trueup-mapping-preview').preview.payloads).toEqual([]);
  await press('save');
  expect(saveMapping.mock.calls[0][0]).toMatchObject({ name: 'Class', label: 'Class', valueMap: null });
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

it('says why nothing was checked, and takes that for no approval', async () => {
  previewMapping.mockResolvedValue({ outcome: 'unavailable', checks: [], problems: [{ message: 'QuickBooks does not answer.' }] });
  await mount();
  await type(TYPED);
  expect(find('[data-id="not-checked"]').shadowRoot.textContent).toContain('QuickBooks does not answer.');
  expect([state(), find('[data-id="save"]').disabled]).toEqual(['', true]);
});

it('retires a mapping that fails, and shows no form to type into while it is saved', async () => {
  answering([PROBLEM]);
  let end;
  saveMapping.mockReturnValue(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  await mount({ ...TYPED, name: 'Class' });
  await type({ ...TYPED, name: 'Class', active: false });
  expect(find('[data-id="save"]').disabled).toBe(false);
  await press('save');
  expect([find('c-trueup-mapping-form'), find('[data-id="saving"]') === null]).toEqual([null, false]);
  const [, leaving] = saveMapping.mock.calls[0];
  document.body.replaceChildren();
  expect(leaving.aborted).toBe(true);
  end({ state: 'left' });
  await settle();
  expect(heard).toEqual([]);
});
