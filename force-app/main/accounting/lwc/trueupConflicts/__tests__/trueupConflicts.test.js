import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import decideConflict from '@salesforce/apex/TrueupConflictController.decideConflict';
import openConflicts from '@salesforce/apex/TrueupConflictController.openConflicts';
import takeOverValue from '@salesforce/apex/TrueupConflictController.takeOverValue';
import TrueupConflicts from 'c/trueupConflicts';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupConflictController.decideConflict', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupConflictController.takeOverValue', () => ({ default: jest.fn() }), { virtual: true });
jest.mock(
  '@salesforce/apex/TrueupConflictController.openConflicts',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const PHONE = {
  Id: 'a0C1',
  Account__r: { Name: 'Acme' },
  Field__c: 'Phone',
  Reason__c: 'Changed There',
  Salesforce_Value__c: '+1 555 0100',
  QuickBooks_Value__c: '+1 555 0199',
};
const CITY = {
  Id: 'a0C2',
  Account__r: { Name: 'Acme' },
  Field__c: 'City',
  Reason__c: 'Unknown Who Changed',
  Salesforce_Value__c: 'Boston',
  Stripe_Value__c: 'Salem',
  QuickBooks_Value__c: 'Lynn',
};

async function mount(conflicts) {
  const element = createElement('c-trueup-conflicts', { is: TrueupConflicts });
  const toasts = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => toasts.push(detail.message));
  document.body.appendChild(element);
  if (conflicts) {
    openConflicts.emit(conflicts);
  }
  await settle();
  return { element, toasts };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const radio = (element, id, choice) => find(element, `input[data-id="${id}"][data-choice="${choice}"]`);
async function choose(element, id, choice) {
  radio(element, id, choice).dispatchEvent(new CustomEvent('change'));
  await settle();
}
async function press(element, id) {
  find(element, `[data-id="${id}"]`).click();
  await settle();
  await settle();
}

describe('c-trueup-conflicts', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('shows that it loads, and that nothing waits', async () => {
    const { element } = await mount();
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    openConflicts.emit([]);
    await settle();
    expect(find(element, '[data-id="empty"]').textContent).toContain('Nothing waits');
    await expect(element).toBeAccessible();
  });

  it('shows a row per field with what each system says, and why it is asked', async () => {
    const { element } = await mount([PHONE, CITY]);
    const cells = (id) => [...find(element, `[data-row="${id}"]`).children].map(({ textContent }) => textContent.trim());
    expect(cells('a0C1')).toEqual(['Acme', 'Phone', '+1 555 0100', 'No other value', '+1 555 0199', 'Changed in the other system.']);
    expect(cells('a0C2').slice(2, 5)).toEqual(['Boston', 'Salem', 'Lynn']);
    expect(radio(element, 'a0C1', 'Stripe')).toBeNull();
    expect(radio(element, 'a0C1', 'QuickBooks').getAttribute('aria-label')).toContain('Phone of Acme');
    expect(find(element, '[data-id="save"]').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('keeps what Salesforce says for all, and writes nothing to Salesforce', async () => {
    decideConflict.mockResolvedValue({ outcome: 'done' });
    const { element, toasts } = await mount([PHONE, CITY]);
    await press(element, 'keep-all');
    expect(radio(element, 'a0C2', 'Salesforce').checked).toBe(true);
    await press(element, 'save');
    expect(decideConflict.mock.calls.map(([decision]) => decision)).toEqual([
      { conflictId: 'a0C1', choose: 'Salesforce', value: '+1 555 0100' },
      { conflictId: 'a0C2', choose: 'Salesforce', value: 'Boston' },
    ]);
    expect(takeOverValue).not.toHaveBeenCalled();
    expect(toasts).toEqual(['2 of 2 decided.']);
    expect(refreshApex).toHaveBeenCalled();
  });

  it('writes another value to Salesforce first, then has it carried over', async () => {
    const order = [];
    takeOverValue.mockImplementation(async ({ value }) => order.push(`Salesforce ${value}`));
    decideConflict.mockImplementation(async ({ choose: choice }) => {
      order.push(`decide ${choice}`);
      return { outcome: 'accepted' };
    });
    const { element, toasts } = await mount([PHONE, CITY]);
    await choose(element, 'a0C1', 'QuickBooks');
    await press(element, 'save');
    expect(order).toEqual(['Salesforce +1 555 0199', 'decide QuickBooks']);
    expect(toasts).toEqual([expect.stringContaining('on its way'), '1 of 1 decided.']);
  });

  it('says of each that was refused why, and goes on with the others', async () => {
    takeOverValue.mockRejectedValue({ body: { message: 'You cannot edit this account.' } });
    decideConflict.mockResolvedValue({ outcome: 'rejected', problems: [{ message: 'A value changed.', action: 'Look again.' }] });
    const { element, toasts } = await mount([PHONE, CITY]);
    await choose(element, 'a0C1', 'QuickBooks');
    await choose(element, 'a0C2', 'Salesforce');
    await press(element, 'save');
    const said = find(element, '[data-id="refusal"]').shadowRoot.textContent;
    expect(said).toContain('Acme, Phone: You cannot edit this account.');
    expect(said).toContain('Acme, City: A value changed.');
    expect(decideConflict).toHaveBeenCalledTimes(1);
    expect(toasts).toEqual(['0 of 2 decided.']);
    await expect(element).toBeAccessible();
  });

  it('says that more wait than it shows', async () => {
    const { element } = await mount(Array.from({ length: 101 }, (_, index) => ({ ...PHONE, Id: `a0C${1000 + index}` })));
    expect(element.shadowRoot.querySelectorAll('tr[data-row]')).toHaveLength(100);
    expect(find(element, '[data-id="more"]').textContent).toContain('than the 100 shown');
  });

  it('says what happened when the conflicts cannot be read', async () => {
    const { element } = await mount();
    openConflicts.error({ message: 'No access.' });
    await settle();
    expect(find(element, '[data-id="load-error"]').shadowRoot.textContent).toContain('No access.');
  });
});
