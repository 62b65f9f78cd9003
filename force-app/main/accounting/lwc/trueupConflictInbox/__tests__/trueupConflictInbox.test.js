import { createElement } from 'lwc';
import openConflicts from '@salesforce/apex/TrueupConflictController.openConflicts';
import TrueupConflictInbox from 'c/trueupConflictInbox';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupConflictController.decideConflict', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupConflictController.takeOverValue', () => ({ default: jest.fn() }), { virtual: true });
jest.mock(
  '@salesforce/apex/TrueupConflictController.openConflicts',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);

it('shows the conflicts under a heading of its own', async () => {
  const element = createElement('c-trueup-conflict-inbox', { is: TrueupConflictInbox });
  document.body.appendChild(element);
  openConflicts.emit([]);
  await settle();
  expect(element.shadowRoot.querySelector('h1').textContent).toBe('Conflict Inbox');
  expect(element.shadowRoot.querySelector('c-trueup-conflicts').shadowRoot.textContent).toContain('Nothing waits');
  await expect(element).toBeAccessible();
});
