import { createElement } from 'lwc';
import TrueupCopyLink from 'c/trueupCopyLink';

const URL = 'https://pay.example.com/i/abc';

function mount() {
  const element = createElement('c-trueup-copy-link', { is: TrueupCopyLink });
  Object.assign(element, { url: URL, text: 'Payment page' });
  document.body.appendChild(element);
  return element;
}
async function copy(element) {
  element.shadowRoot.querySelector('[data-id="copy"]').click();
  await jest.advanceTimersByTimeAsync(0);
}
const announced = (element) => element.shadowRoot.querySelector('[data-id="announcement"]').textContent;

describe('c-trueup-copy-link', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('links to the address in a new tab', () => {
    const link = mount().shadowRoot.querySelector('[data-id="link"]');
    expect(link.href).toBe(URL);
    expect(link.target).toBe('_blank');
    expect(link.textContent).toContain('Payment page');
  });

  it('copies the address and says so for a while', async () => {
    let copied;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: async (text) => {
          copied = text;
        },
      },
    });
    const element = mount();
    await copy(element);
    expect(copied).toBe(URL);
    expect(announced(element)).toBe('Copied');
    await jest.advanceTimersByTimeAsync(3000);
    expect(announced(element)).toBe('');
  });

  it('shows the address to be selected where copying is forbidden', async () => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    const element = mount();
    await copy(element);
    expect(element.shadowRoot.querySelector('[data-id="manual"]').value).toBe(URL);
    expect(announced(element)).toContain('Select the address');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });
});
