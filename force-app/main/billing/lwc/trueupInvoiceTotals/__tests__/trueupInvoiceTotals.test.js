import { createElement } from 'lwc';
import TrueupInvoiceTotals from 'c/trueupInvoiceTotals';

function mount(properties) {
  const element = createElement('c-trueup-invoice-totals', { is: TrueupInvoiceTotals });
  Object.assign(element, {
    totals: { subtotal: { display: '$1.10' }, tax: { display: '$0.09' }, total: { display: '$1.19' } },
    ...properties,
  });
  document.body.appendChild(element);
  return element;
}
const shown = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`).textContent;

describe('c-trueup-invoice-totals', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows the sums as they were given', async () => {
    const element = mount();
    expect(['subtotal', 'tax', 'total'].map((id) => shown(element, id))).toEqual(['$1.10', '$0.09', '$1.19']);
    await expect(element).toBeAccessible();
  });

  it('marks sums that are about to change', () => {
    expect(mount({ isPending: true }).shadowRoot.querySelector('[aria-busy="true"]')).not.toBeNull();
  });
});
