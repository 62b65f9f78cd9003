import type { Page } from 'playwright-core';

/** Tells of everything a person would find in the browser's console after something broke. */
export async function watch(page: Page, tell: (trouble: string) => void): Promise<void> {
  const say = (what: string) => tell(`${new URL(page.url()).pathname}: ${what}`);
  page.on('pageerror', (error) => say(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') say(message.text());
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left ends its stream of events and what it still asked for.
    if (reason !== 'net::ERR_ABORTED') say(`${request.url()} ${reason}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content-security violation: ${violatedDirective} ${blockedURI}`),
    );
  });
}
