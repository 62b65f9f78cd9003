import { createElement } from 'lwc';
import controlLoad from '@salesforce/apex/TrueupFirstLoad.controlLoad';
import readLoad from '@salesforce/apex/TrueupFirstLoad.readLoad';
import TrueupFirstLoad from 'c/trueupFirstLoad';
import { after } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupFirstLoad.readLoad', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupFirstLoad.controlLoad', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupFirstLoad.forecastLoad', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupFirstLoad.startLoad', () => ({ default: jest.fn() }), { virtual: true });

const LOAD = {
  key: 'load.main.1',
  runId: null,
  state: 'running',
  remainingSeconds: 90,
  objects: [],
  calls: { salesforce: 1, stripe: 2, quickbooks: 3 },
  causes: [],
  problems: [],
};
const told = (load) => readLoad.mockResolvedValueOnce({ outcome: 'done', ...(load ? { load } : {}), problems: [] });

const pass = (ms) => jest.advanceTimersByTimeAsync(ms);
const settle = () => pass(0);

let page;
async function mount() {
  page = createElement('c-trueup-first-load', { is: TrueupFirstLoad });
  document.body.appendChild(page);
  await settle();
}
const find = (selector) => page.shadowRoot.querySelector(selector);

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
  readLoad.mockReset();
  jest.useRealTimers();
});

it('offers a forecast while none was started, and shows the load once it is', async () => {
  told(undefined);
  await mount();
  expect(find('c-trueup-load-forecast')).not.toBeNull();
  expect(find('c-trueup-load-progress')).toBeNull();
  told(LOAD);
  find('c-trueup-load-forecast').dispatchEvent(new CustomEvent('started'));
  await settle();
  expect(find('c-trueup-load-forecast')).toBeNull();
  expect(find('c-trueup-load-progress').load.key).toBe('load.main.1');
});

it('is accessible', async () => {
  jest.useRealTimers();
  told(undefined);
  page = createElement('c-trueup-first-load', { is: TrueupFirstLoad });
  document.body.appendChild(page);
  await after(0);
  await expect(page).toBeAccessible();
});

it('follows a load to its end, then offers another', async () => {
  told(LOAD);
  await mount();
  told({ ...LOAD, state: 'completed', remainingSeconds: null });
  await pass(3000);
  expect(find('c-trueup-load-progress').load.state).toBe('completed');
  await pass(60_000);
  expect(readLoad).toHaveBeenCalledTimes(2);
  find('[data-id="again"]').click();
  await settle();
  expect(find('c-trueup-load-forecast')).not.toBeNull();
});

it('takes what a button did without another question', async () => {
  told(LOAD);
  await mount();
  find('c-trueup-load-progress').dispatchEvent(new CustomEvent('controlled', { detail: { load: { ...LOAD, state: 'paused' } } }));
  await settle();
  expect(find('c-trueup-load-progress').load.state).toBe('paused');
  expect(controlLoad).not.toHaveBeenCalled();
});

it('says at once when nothing can be read, and later only after some failures', async () => {
  readLoad.mockResolvedValueOnce({ outcome: 'unavailable', problems: [{ code: 'down', message: 'It is down.', action: 'Wait.' }] });
  await mount();
  expect(find('[data-id="unread"]').problems[0].message).toBe('It is down.');
  told(LOAD);
  find('[data-id="unread"]').dispatchEvent(new CustomEvent('retry'));
  await settle();
  readLoad.mockRejectedValue({ body: { message: 'gone' } });
  await pass(15_000);
  expect(find('[data-id="unread"]').error).toBeUndefined();
  await pass(3000);
  expect(find('[data-id="unread"]').error.body.message).toBe('gone');
  expect(find('c-trueup-load-progress').load.state).toBe('running');
});

it('asks no more once it was left', async () => {
  told(LOAD);
  await mount();
  page.remove();
  await pass(60_000);
  expect(readLoad).toHaveBeenCalledTimes(1);
});
