import { createElement } from 'lwc';
import TrueupStatusBadge from 'c/trueupStatusBadge';

function badge(properties) {
  const element = createElement('c-trueup-status-badge', { is: TrueupStatusBadge });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element.shadowRoot.querySelector('lightning-badge');
}

describe('c-trueup-status-badge', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows the status in the user’s language', () => {
    expect(badge({ status: 'Paid', label: 'Bezahlt' }).label).toBe('Bezahlt');
  });

  it('shows the value where there is no translation', () => {
    expect(badge({ status: 'Open' }).label).toBe('Open');
  });

  it('colours what asks for attention', () => {
    expect(badge({ status: 'Needs Attention' }).className).toContain('slds-theme_warning');
  });
});
