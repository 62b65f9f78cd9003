import { createElement } from 'lwc';
import TrueupSyncBudgets from 'c/trueupSyncBudgets';

const AS_OF = '2026-03-15T10:00:00.000Z';
const COMPANY = {
  ...{ Id: 'a02', Name: 'Books', External_Key__c: 'main', Connected__c: true },
  ...{ QuickBooks_Reads__c: 362410, QuickBooks_Reads_Allowed__c: 500000 },
  ...{ QuickBooks_Reads_As_Of__c: '2026-03-15T09:48:00.000Z', QuickBooks_Reads_Last_Until__c: '2026-03-24' },
  ...{ Salesforce_Calls__c: 1204, Salesforce_Calls_Allowed__c: 100000, Salesforce_Calls_As_Of__c: '2026-03-15T09:48:00.000Z' },
};

function mount(companies, asOf = AS_OF) {
  const element = createElement('c-trueup-sync-budgets', { is: TrueupSyncBudgets });
  element.health = { asOf, companies, issues: [] };
  document.body.appendChild(element);
  return element;
}
const rows = (element) => [...element.shadowRoot.querySelectorAll('[data-budget]')];
const row = (element, system) => element.shadowRoot.querySelector(`[data-budget="${system}"]`);
const said = (element, system, id) => row(element, system).querySelector(`[data-id="${id}"]`)?.textContent;
const state = (element, system) => row(element, system).querySelector('[data-id="state"]');

describe('c-trueup-sync-budgets', () => {
  afterEach(() => document.body.replaceChildren());

  it('says how much of each is used, as of when, and how long it lasts', async () => {
    const element = mount([COMPANY]);
    expect(said(element, 'quickbooks', 'used')).toBe('362,410 of 500,000 reads this month (72 %)');
    expect(said(element, 'quickbooks', 'forecast')).toBe('At the pace of the last days the reads last until Mar 24, 2026.');
    expect(said(element, 'quickbooks', 'as-of')).toBe('As of 12 minutes ago');
    expect(said(element, 'salesforce', 'used')).toBe('1,204 of 100,000 API calls of the last 24 hours (1 %)');
    expect(said(element, 'salesforce', 'forecast')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  it('tells a screen reader the same as the eye', async () => {
    const bar = row(mount([COMPANY]), 'quickbooks').querySelector('[role="progressbar"]');
    expect(bar.getAttribute('aria-label')).toBe('QuickBooks');
    expect(bar.getAttribute('aria-valuenow')).toBe('72');
    expect(bar.getAttribute('aria-valuetext')).toBe('362,410 of 500,000 reads this month (72 %)');
  });

  it.each([
    [349999, 'Enough left', 'slds-theme_success'],
    [350000, 'Look ahead', 'slds-theme_warning'],
    [450000, 'Act now', 'slds-theme_error'],
    [500000, 'Used up', 'slds-theme_error'],
  ])('says in words how %i reads stand', async (used, label, badge) => {
    const element = mount([{ ...COMPANY, QuickBooks_Reads__c: used, QuickBooks_Reads_Last_Until__c: '2026-03-15' }]);
    expect(state(element, 'quickbooks').label).toBe(label);
    expect(state(element, 'quickbooks').className).toContain(badge);
    expect(said(element, 'quickbooks', 'forecast') === undefined).toBe(used === 500000);
    await expect(element).toBeAccessible();
  });

  it('shows a full bar for more than all', () => {
    const bar = row(mount([{ ...COMPANY, QuickBooks_Reads__c: 510000 }]), 'quickbooks').querySelector('[role="progressbar"]');
    expect(bar.getAttribute('aria-valuenow')).toBe('100');
    expect(bar.getAttribute('aria-valuetext')).toContain('(102 %)');
  });

  it('says that they are enough, and nothing of a pace it does not know', () => {
    const enough = mount([{ ...COMPANY, QuickBooks_Reads_Last_Until__c: '2026-04-01' }]);
    expect(said(enough, 'quickbooks', 'forecast')).toContain('enough for this month');
    const unknown = mount([{ ...COMPANY, QuickBooks_Reads_Last_Until__c: undefined }]);
    expect(said(unknown, 'quickbooks', 'forecast')).toBeUndefined();
  });

  it('claims nothing that is no longer current', () => {
    const hoursLater = mount([COMPANY], '2026-03-15T13:00:00.000Z');
    expect(state(hoursLater, 'quickbooks').label).toBe('Not current');
    expect(said(hoursLater, 'quickbooks', 'as-of')).toBe('As of 3 hours ago');
  });

  it('claims nothing of a month that has just begun', async () => {
    const element = mount([{ ...COMPANY, QuickBooks_Reads_As_Of__c: '2026-03-31T23:59:00.000Z' }], '2026-04-01T00:00:00.000Z');
    expect(said(element, 'quickbooks', 'used')).toContain('A new month has begun.');
    expect(row(element, 'quickbooks').querySelector('[role="progressbar"]')).toBeNull();
    expect(said(element, 'quickbooks', 'forecast')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  it('says what is to come before anything is known', async () => {
    const element = mount([{ Id: 'a02', Name: 'Books', Connected__c: true }]);
    expect(element.shadowRoot.querySelector('[data-id="empty"]').textContent).toContain('within a quarter of an hour');
    await expect(element).toBeAccessible();
  });

  it('names the companies when there are several, and the calls of their org once', () => {
    const element = mount([
      COMPANY,
      { ...COMPANY, Id: 'a03', Name: 'Books of Japan', Salesforce_Calls_As_Of__c: AS_OF, Salesforce_Calls__c: 1300 },
    ]);
    expect(rows(element).map((each) => each.dataset.budget)).toEqual(['quickbooks', 'quickbooks', 'salesforce']);
    expect(element.shadowRoot.textContent).toContain('Books of Japan');
    expect(said(element, 'salesforce', 'used')).toContain('1,300');
  });

  it('leaves out companies that are not connected', () => {
    expect(rows(mount([{ ...COMPANY, Connected__c: false }]))).toEqual([]);
  });
});
