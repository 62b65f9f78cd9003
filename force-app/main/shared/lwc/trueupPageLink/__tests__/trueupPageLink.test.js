import { createElement } from 'lwc';
import TrueupPageLink from 'c/trueupPageLink';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const visited = [];
  const NavigationMixin = (Base) =>
    class extends Base {
      [Navigate](page) {
        visited.push(page);
      }
      async [GenerateUrl](page) {
        return `/${page.attributes.recordId ?? page.state.filterName}`;
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }), visited };
});
const { visited } = jest.requireMock('lightning/navigation');

async function mount(properties) {
  const element = Object.assign(createElement('c-trueup-page-link', { is: TrueupPageLink }), properties);
  document.body.appendChild(element);
  await settle();
  return element.shadowRoot.querySelector('a');
}

describe('c-trueup-page-link', () => {
  afterEach(() => document.body.replaceChildren());

  it('opens a list, and says to a screen reader which', async () => {
    const link = await mount({ objectApiName: 'Trueup_Payment__c', listView: 'Not_Booked', text: '3', description: 'Payments' });
    expect(link.textContent).toBe('3 Payments');
    await expect(link).toBeAccessible();
    expect(link.getAttribute('href')).toBe('/Not_Booked');
    link.click();
    expect(visited.pop()).toEqual({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Trueup_Payment__c', actionName: 'list' },
      state: { filterName: 'Not_Booked' },
    });
  });

  it('opens a record', async () => {
    (await mount({ objectApiName: 'Trueup_Sync_Issue__c', recordId: 'a09', text: 'SI-000001' })).click();
    expect(visited.pop().attributes).toEqual({
      recordId: 'a09',
      objectApiName: 'Trueup_Sync_Issue__c',
      actionName: 'view',
    });
  });
});
