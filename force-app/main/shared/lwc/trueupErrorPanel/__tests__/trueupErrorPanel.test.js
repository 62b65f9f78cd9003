import { createElement } from 'lwc';
import TrueupErrorPanel from 'c/trueupErrorPanel';

function mount(properties) {
  const element = createElement('c-trueup-error-panel', { is: TrueupErrorPanel });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element;
}

describe('c-trueup-error-panel', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows nothing while there is nothing to say', () => {
    const element = mount({ heading: 'Not used', problems: [], error: undefined });
    expect(element.shadowRoot.textContent).toBe('');
  });

  it('says what happened and what to do', async () => {
    const element = mount({ problems: [{ code: 'x', message: 'It broke.', action: 'Mend it.' }] });
    expect(element.shadowRoot.querySelector('[role="alert"]')).not.toBeNull();
    expect(element.shadowRoot.querySelector('[data-id="heading"]').textContent).toBe('Something went wrong');
    expect(element.shadowRoot.querySelector('[data-id="item"]').textContent).toContain('It broke.');
    expect(element.shadowRoot.querySelector('[data-id="action"]').textContent).toBe('Mend it.');
    await expect(element).toBeAccessible();
  });

  it('makes a problem with a field a link to it', () => {
    const element = mount({ problems: [{ message: 'Too long.', action: 'Shorten it.', field: 'memo' }] });
    const chosen = jest.fn();
    element.addEventListener('problemselect', (event) => chosen(event.detail));
    element.shadowRoot.querySelector('button').click();
    expect(chosen).toHaveBeenCalledWith({ field: 'memo' });
  });

  it('shows what Apex threw, and offers to try again', () => {
    const element = mount({ heading: 'Not loaded', error: { body: { message: 'No access.' } }, retryLabel: 'Try Again' });
    const retried = jest.fn();
    element.addEventListener('retry', retried);
    element.shadowRoot.querySelector('[data-id="retry"]').click();
    expect(element.shadowRoot.querySelector('[data-id="item"]').textContent).toContain('No access.');
    expect(retried).toHaveBeenCalledTimes(1);
  });

  it('announces a warning politely', async () => {
    const element = mount({ variant: 'warning', problems: [{ message: 'Look.' }] });
    expect(element.shadowRoot.querySelector('[role="status"]')).not.toBeNull();
    await expect(element).toBeAccessible();
  });
});
