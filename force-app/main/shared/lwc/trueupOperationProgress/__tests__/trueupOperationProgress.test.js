import { createElement } from 'lwc';
import TrueupOperationProgress from 'c/trueupOperationProgress';

const EXPECTED = ['checked', 'customer', 'sent'];

function mount(properties) {
  const element = createElement('c-trueup-operation-progress', { is: TrueupOperationProgress });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element;
}
const text = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`)?.textContent ?? '';
const states = (element) =>
  [...element.shadowRoot.querySelectorAll('[data-step]')].map((step) => `${step.dataset.step} ${step.dataset.state}`);

describe('c-trueup-operation-progress', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('shows the first step as under way before any has happened', async () => {
    const element = mount({ steps: [], expected: EXPECTED, state: 'running' });
    expect(states(element)).toEqual(['checked running', 'customer to-come', 'sent to-come']);
    await expect(element).toBeAccessible();
  });

  it('shows and announces how far it is', async () => {
    const steps = [
      { name: 'checked', state: 'done' },
      { name: 'customer', state: 'running', message: 'Creating Acme' },
    ];
    const element = mount({ steps, expected: EXPECTED, state: 'running' });
    expect(states(element)).toEqual(['checked done', 'customer running', 'sent to-come']);
    expect(element.shadowRoot.textContent).toContain('Creating Acme');
    expect(text(element, 'announcement')).toBe('Customer: under way');
    await expect(element).toBeAccessible();
  });

  it('appends a step that nobody expected', () => {
    const element = mount({ steps: [{ name: 'stripe', state: 'done' }], expected: [], state: 'running' });
    expect(states(element)).toEqual(['stripe done']);
  });

  it('explains that it waits for a system', () => {
    expect(text(mount({ steps: [], state: 'waiting' }), 'explanation')).toContain('We keep going until it does');
  });

  it('explains that the progress is out of sight', () => {
    expect(text(mount({ steps: [], state: 'lost' }), 'explanation')).toContain('It goes on');
  });

  it('says after a while that waiting is not needed', async () => {
    jest.useFakeTimers();
    const element = mount({ steps: [], state: 'running' });
    expect(text(element, 'explanation')).toBe('');
    await jest.advanceTimersByTimeAsync(12000);
    expect(text(element, 'explanation')).toContain('longer than usual');
  });

  it('says what a person has to do', async () => {
    const problems = [{ message: 'Two customers fit.', action: 'Choose one under Match Reviews.' }];
    const element = mount({ steps: [{ name: 'customer', state: 'failed' }], state: 'needs-attention', problems });
    const panel = element.shadowRoot.querySelector('c-trueup-error-panel');
    expect(panel.shadowRoot.textContent).toContain('Choose one under Match Reviews.');
    await expect(element).toBeAccessible();
  });

  it('says that it needs a person even without a reason', () => {
    expect(text(mount({ steps: [], state: 'needs-attention', problems: [] }), 'explanation')).toContain('needs a person');
  });
});
