import { createElement } from 'lwc';
import TrueupSyncFreshness from 'c/trueupSyncFreshness';

const COMPANY = { Id: 'a02', Name: 'Books', External_Key__c: 'main', Connected__c: true };
const AS_OF = '2026-03-01T10:00:00.000Z';

function mount(companies, issues = []) {
  const element = createElement('c-trueup-sync-freshness', { is: TrueupSyncFreshness });
  element.health = { asOf: AS_OF, companies, issues };
  document.body.appendChild(element);
  return element;
}
const system = (element, name) => element.shadowRoot.querySelector(`[data-system="${name}"]`);
const state = (element, name) => system(element, name).querySelector('[data-id="state"]').label;

describe('c-trueup-sync-freshness', () => {
  afterEach(() => document.body.replaceChildren());

  it('says up to when each system is known', async () => {
    const element = mount([
      { ...COMPANY, Stripe_Read_To__c: '2026-03-01T09:57:00.000Z', QuickBooks_Read_To__c: '2026-03-01T07:30:00.000Z' },
    ]);
    expect(state(element, 'stripe')).toBe('Up to date');
    expect(system(element, 'stripe').textContent).toContain('Read up to 3 minutes ago');
    expect(system(element, 'stripe').querySelector('[data-id="warning"]')).toBeNull();
    expect(state(element, 'quickbooks')).toBe('Behind');
    expect(system(element, 'quickbooks').textContent).toContain('Read up to 2 hours ago');
    expect(system(element, 'quickbooks').textContent).toContain('every quarter of an hour');
    await expect(element).toBeAccessible();
  });

  it('says why a system is silent or waits, instead of guessing', () => {
    const element = mount(
      [{ ...COMPANY, Stripe_Read_To__c: AS_OF }],
      [
        { Id: 'a09', Issue_Key__c: 'main.silent.stripe', Message__c: 'No webhook has come.' },
        { Id: 'a10', Issue_Key__c: 'main.waiting.quickbooks', Message__c: '3 changes wait.' },
        { Id: 'a11', Issue_Key__c: 'other.silent.stripe', Message__c: 'Not ours.' },
      ],
    );
    expect(system(element, 'stripe').querySelector('[data-id="warning"]').textContent).toContain('No webhook has come.');
    expect(state(element, 'quickbooks')).toBe('Not read yet');
    expect(system(element, 'quickbooks').querySelector('[data-id="warning"]').textContent).toContain('3 changes wait.');
    expect(element.shadowRoot.textContent).not.toContain('Not ours.');
  });

  it('names the companies when there are several', () => {
    const element = mount([COMPANY, { ...COMPANY, Id: 'a03', Name: 'Books of Japan' }]);
    expect(element.shadowRoot.querySelectorAll('[data-system]')).toHaveLength(4);
    expect(element.shadowRoot.textContent).toContain('Books of Japan');
  });

  it('says that nothing is connected', async () => {
    const element = mount([{ ...COMPANY, Connected__c: false }]);
    expect(element.shadowRoot.querySelector('[data-id="empty"]').textContent).toContain('No company is connected');
    await expect(element).toBeAccessible();
  });
});
