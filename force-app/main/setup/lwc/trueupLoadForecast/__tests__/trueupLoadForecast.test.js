import { createElement } from 'lwc';
import forecastLoad from '@salesforce/apex/TrueupFirstLoad.forecastLoad';
import startLoad from '@salesforce/apex/TrueupFirstLoad.startLoad';
import TrueupLoadForecast from 'c/trueupLoadForecast';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupFirstLoad.forecastLoad', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupFirstLoad.startLoad', () => ({ default: jest.fn() }), { virtual: true });

const FORECAST = {
  objects: [
    { object: 'quickbooks-customers', records: 1210, estimated: false },
    { object: 'stripe-payments', records: 47_000, estimated: true },
  ],
  records: 48_210,
  seconds: 6720,
  calls: { salesforce: 1, stripe: 2, quickbooks: 3 },
  salesforceShare: 0.06,
  binds: 'quickbooks',
};

let element;
const started = jest.fn();
const find = (selector) => element.shadowRoot.querySelector(selector);
const press = async (id) => {
  find(`[data-id="${id}"]`).click();
  await settle();
};
const set = async (id, detail) => {
  find(`[data-id="${id}"]`).dispatchEvent(new CustomEvent('change', { detail }));
  await settle();
};

beforeEach(() => {
  element = createElement('c-trueup-load-forecast', { is: TrueupLoadForecast });
  element.addEventListener('started', started);
  document.body.appendChild(element);
});
afterEach(() => {
  document.body.replaceChildren();
  jest.resetAllMocks();
});

it('says what a load brings and takes before it can be started', async () => {
  expect(find('[data-id="start"]')).toBeNull();
  forecastLoad.mockResolvedValue({ outcome: 'done', forecast: FORECAST, problems: [] });
  await press('forecast');
  expect(find('[data-id="sentence"]').textContent).toBe("48,210 records, about 1 hr 52 min, 6% of today's Salesforce calls that are left.");
  expect(find('[data-id="binds"]').textContent).toContain('QuickBooks');
  expect(find('[data-object="quickbooks-customers"]').textContent).toContain('1,210');
  expect(find('[data-object="stripe-payments"]').textContent).toContain('about 47,000');
  await expect(element).toBeAccessible();
});

it('starts what was asked: from that day on, with accounts for customers that have none', async () => {
  forecastLoad.mockResolvedValue({ outcome: 'done', forecast: FORECAST, problems: [] });
  startLoad.mockResolvedValue({ outcome: 'accepted', key: 'load.main.1', problems: [] });
  await set('since', { value: '2025-01-31' });
  await set('create-accounts', { checked: true });
  await press('forecast');
  expect(forecastLoad).toHaveBeenCalledWith({ since: '2025-01-31' });
  await press('start');
  expect(startLoad).toHaveBeenCalledWith({ since: '2025-01-31', createAccounts: true });
  expect(started).toHaveBeenCalledTimes(1);
});

it('forgets a forecast of another day', async () => {
  forecastLoad.mockResolvedValue({ outcome: 'done', forecast: FORECAST, problems: [] });
  await press('forecast');
  await set('since', { value: '2026-01-01' });
  expect(find('[data-id="start"]')).toBeNull();
});

it('has nothing to start where both systems are empty', async () => {
  forecastLoad.mockResolvedValue({ outcome: 'done', forecast: { ...FORECAST, objects: [], records: 0 }, problems: [] });
  await press('forecast');
  expect(find('[data-id="sentence"]').textContent).toContain('nothing to load');
  expect(find('[data-id="start"]')).toBeNull();
});

it('shows why it was refused, whoever refused it', async () => {
  const problems = [{ code: 'no-right', message: 'You may not.', action: 'Ask an administrator.' }];
  forecastLoad.mockResolvedValue({ outcome: 'rejected', problems });
  await press('forecast');
  expect(find('[data-id="refusal"]').problems).toEqual(problems);
  forecastLoad.mockRejectedValue({ body: { message: 'no answer' } });
  await press('forecast');
  expect(find('[data-id="refusal"]').error.body.message).toBe('no answer');
  expect(find('[data-id="forecast"]').disabled).toBe(false);
  expect(started).not.toHaveBeenCalled();
});
