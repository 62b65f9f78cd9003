import { createElement } from 'lwc';
import TrueupLiveStatus from 'c/trueupLiveStatus';

function mount(mode) {
  const element = createElement('c-trueup-live-status', { is: TrueupLiveStatus });
  element.mode = mode;
  document.body.appendChild(element);
  return element;
}

describe('c-trueup-live-status', () => {
  afterEach(() => document.body.replaceChildren());

  it('is silent while updates are live', () => {
    expect(mount('live').shadowRoot.textContent).toBe('');
  });

  it('says that it polls', async () => {
    const element = mount('polling');
    expect(element.shadowRoot.querySelector('[role="status"]').textContent).toContain('every 20 seconds');
    await expect(element).toBeAccessible();
  });
});
