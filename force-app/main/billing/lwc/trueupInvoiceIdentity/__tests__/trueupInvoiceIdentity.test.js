import { createElement } from 'lwc';
import TrueupInvoiceIdentity from 'c/trueupInvoiceIdentity';

function mount(identity) {
  const element = createElement('c-trueup-invoice-identity', { is: TrueupInvoiceIdentity });
  Object.assign(element, { system: 'Stripe', identity });
  document.body.appendChild(element);
  return element;
}
const find = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

describe('c-trueup-invoice-identity', () => {
  afterEach(() => document.body.replaceChildren());

  it('links to a known customer', async () => {
    const element = mount({ status: 'linked', name: 'Acme', url: 'https://stripe.example.com/cus_1' });
    expect(find(element, 'status').label).toBe('Linked');
    expect(find(element, 'link').href).toBe('https://stripe.example.com/cus_1');
    await expect(element).toBeAccessible();
  });

  it('says that the customer will be created', async () => {
    const element = mount({ status: 'will-be-created' });
    expect(find(element, 'status').label).toBe('Will be created');
    expect(find(element, 'link')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says why it needs review', async () => {
    const element = mount({ status: 'needs-review', reason: 'Two customers share this e-mail address.' });
    expect(find(element, 'status').label).toBe('Needs review');
    expect(find(element, 'reason').textContent).toContain('Two customers share');
    await expect(element).toBeAccessible();
  });

  it('does not pretend to know a status it does not know', () => {
    expect(find(mount({ status: 'something-new' }), 'status').label).toBe('Not known');
  });
});
