import { createElement } from 'lwc';
import controlLoad from '@salesforce/apex/TrueupFirstLoad.controlLoad';
import TrueupLoadProgress from 'c/trueupLoadProgress';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupFirstLoad.controlLoad', () => ({ default: jest.fn() }), { virtual: true });

const counted = (object, more) => ({
  ...{ object, state: 'waiting', expected: 0, estimated: false, read: 0, written: 0, unchanged: 0, waiting: 0, refused: 0 },
  ...more,
});
const LOAD = {
  key: 'load.main.1',
  runId: 'a0R000000000001AAA',
  state: 'running',
  remainingSeconds: 125,
  objects: [
    counted('quickbooks-customers', { state: 'done', expected: 1200, read: 1210, written: 1200, waiting: 10 }),
    counted('stripe-invoices', { state: 'running', expected: 2000, estimated: true, read: 1500, written: 1499, refused: 1 }),
    counted('stripe-payments', {}),
  ],
  calls: { salesforce: 12, stripe: 34, quickbooks: 1056 },
  causes: [
    {
      ...{ object: 'stripe-invoices', standing: 'refused', code: 'draft', count: 1, examples: ['in_1'] },
      ...{ message: 'It is a draft and was never issued.', action: 'Nothing to do.' },
    },
    {
      ...{ object: 'quickbooks-customers', standing: 'waiting', code: 'no-account', count: 10, examples: [] },
      ...{ message: 'No account matches the customer.', action: 'Choose the account.' },
    },
  ],
  problems: [],
};

let element;
const controlled = jest.fn();
const find = (selector) => element.shadowRoot.querySelector(selector);
async function mount(load = LOAD) {
  element = createElement('c-trueup-load-progress', { is: TrueupLoadProgress });
  element.addEventListener('controlled', controlled);
  element.load = load;
  document.body.appendChild(element);
  await settle();
}
const press = async (id) => {
  find(`[data-id="${id}"]`).click();
  await settle();
};
afterEach(() => {
  document.body.replaceChildren();
  jest.resetAllMocks();
});

it('shows how far each object is, what is left, and what it cost', async () => {
  await mount();
  expect(find('[data-id="state"]').label).toBe('Loading');
  expect(find('[data-id="remaining"]').textContent).toBe('About 2 min 5 sec left');
  const bars = [...element.shadowRoot.querySelectorAll('[role="progressbar"]')].map((bar) => bar.getAttribute('aria-valuenow'));
  expect(bars).toEqual(['100', '75', '0']);
  expect(find('[data-object="stripe-invoices"] [data-count="written"]').textContent).toBe('1,499');
  expect(find('[data-object="stripe-invoices"]').textContent).toContain('about 2,000');
  expect(find('[data-id="spent"]').textContent).toContain('1,056 to QuickBooks');
  expect(find('[data-id="run"]').recordId).toBe(LOAD.runId);
  await expect(element).toBeAccessible();
});

it('names what waits and what was left out, the most frequent first, with what to do', async () => {
  await mount();
  const causes = [...element.shadowRoot.querySelectorAll('[data-cause]')].map((row) => row.textContent);
  expect(causes).toHaveLength(2);
  expect(causes[0]).toContain('Waiting: 10');
  expect(causes[0]).toContain('Choose the account.');
  expect(causes[1]).toContain('such as in_1');
});

it('pauses and resumes', async () => {
  await mount();
  const paused = { ...LOAD, state: 'paused', why: 'Salesforce has a tenth of its calls left.' };
  controlLoad.mockResolvedValue({ outcome: 'done', load: paused, problems: [] });
  await press('pause');
  expect(controlLoad).toHaveBeenCalledWith({ action: 'pause' });
  expect(controlled.mock.calls[0][0].detail.load).toEqual(paused);
  element.load = paused;
  await settle();
  expect(find('[data-id="why"]').textContent).toContain('a tenth of its calls');
  expect(find('[data-id="pause"]')).toBeNull();
  await press('resume');
  expect(controlLoad).toHaveBeenLastCalledWith({ action: 'resume' });
});

it('cancels only after it was said what stays', async () => {
  await mount();
  await press('cancel');
  expect(controlLoad).not.toHaveBeenCalled();
  const choice = find('c-trueup-confirm-choice');
  expect(choice.consequences).toHaveLength(2);
  controlLoad.mockResolvedValue({ outcome: 'done', load: { ...LOAD, state: 'cancelled' }, problems: [] });
  choice.dispatchEvent(new CustomEvent('confirm'));
  await settle();
  expect(controlLoad).toHaveBeenCalledWith({ action: 'cancel' });
  expect(find('c-trueup-confirm-choice')).toBeNull();
});

it('keeps loading when the person thinks better of it', async () => {
  await mount();
  await press('cancel');
  find('c-trueup-confirm-choice').dispatchEvent(new CustomEvent('cancel'));
  await settle();
  expect(controlLoad).not.toHaveBeenCalled();
  expect(find('[data-id="pause"]')).not.toBeNull();
});

it('shows why a button did nothing', async () => {
  await mount();
  const problems = [{ code: 'no-load', message: 'No load is under way.', action: 'Start one.' }];
  controlLoad.mockResolvedValue({ outcome: 'rejected', problems });
  await press('pause');
  expect(find('[data-id="refusal"]').problems).toEqual(problems);
  expect(controlled).not.toHaveBeenCalled();
});

it('offers no button once it is over', async () => {
  await mount({ ...LOAD, state: 'completed', remainingSeconds: null });
  expect(['pause', 'resume', 'cancel'].map((id) => find(`[data-id="${id}"]`))).toEqual([null, null, null]);
  expect(find('[data-id="remaining"]')).toBeNull();
});
