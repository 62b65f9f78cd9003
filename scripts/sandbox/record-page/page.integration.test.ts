import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../browser.ts';
import { startFakeOrg, type FakeOrg } from './fake-org.ts';
import { startPage, type RunningPage } from './server.ts';

const ACCOUNT = '/lightning/r/Account/001000000000001AAA/view';
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let server: RunningPage;
let browser: Browser;
let org: FakeOrg;
let page: Page;
let errors: string[];
let reported: number;
/** Violations a test causes on purpose. */
let blocked: string[];

beforeAll(async () => {
  const { executablePath, args } = await findBrowser();
  browser = await chromium.launch({ executablePath, args });
  org = await startFakeOrg();
  server = await startPage({
    port: 0,
    orgBaseUrl: org.baseUrl,
    sessions: { rep: 'rep-token', none: 'none-token' },
    packageDirs: [path.join(import.meta.dirname, 'modules/test-package')],
    // What was built of the same files is used again.
    cacheDir: path.resolve(import.meta.dirname, '../../../.sandbox/cache'),
    links: [{ label: 'Stripe stand-in', url: 'http://127.0.0.1:1/' }],
    control: {
      state: () => ({ now: Date.UTC(2026, 10, 24) }),
      runFlow: async () => ({ message: 'The sync checked 3 invoices.' }),
      advanceClock: async () => {},
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await org?.stop();
});

beforeEach(async () => {
  org.reset();
  reported = server.cspReports().length;
  page = await browser.newPage({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(15_000);
  errors = [];
  blocked = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on(
    'console',
    (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && errors.push(message.text()),
  );
});
afterEach(async () => {
  await page.close();
  expect(errors).toEqual([]);
  expect(reports()).toEqual(blocked);
});

/** What browsers have reported as blocked since the test began. */
const reports = () =>
  server
    .cspReports()
    .slice(reported)
    .map((report) => report['blocked-uri']);

interface Axe {
  run(options: { resultTypes: ['violations'] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Rules broken on the page, without what base components bring along on the platform too. */
async function brokenRules(): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
  });
  const isDatePickerButton = (html: string) => html.includes('Select a date for');
  return found
    .filter(({ id, nodes }) => !(id === 'target-size' && nodes.every(({ html }) => isDatePickerButton(html))))
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test('the record page shows what the package ships, with actions by right', async () => {
  await page.goto(ACCOUNT);
  await page.getByRole('heading', { name: /Harbor Foods/ }).waitFor();
  expect(await page.title()).toBe('Harbor Foods, Inc. | Account | Sandbox');
  await page.getByText('Harbor Foods, Inc.: 4522.5').waitFor();
  expect(await page.getByRole('button', { name: 'Make Bill' }).isVisible()).toBe(true);
  await page.getByRole('link', { name: 'Bills (9)', exact: true }).waitFor();
  await page.getByText('USD 100.50').waitFor();
  expect(await brokenRules()).toEqual([]);

  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByText('USD 1,000,000.00').waitFor();
  expect(await brokenRules()).toEqual([]);
});

test('a quick action opens in a modal, keeps the focus, refreshes the record and closes itself with a toast', async () => {
  await page.goto(ACCOUNT);
  const late = page.evaluate(
    () => new Promise((resolve) => document.addEventListener('gotid', (event) => resolve((event as CustomEvent).detail))),
  );
  await page.getByRole('button', { name: 'Make Bill' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a bill' });
  await dialog.getByText('Thermal sensor').waitFor();
  expect(await late).toBe(true);
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() =>
        Boolean(document.activeElement?.closest('sandbox-modal-frame') ?? document.activeElement?.matches('sandbox-app')),
      ),
    ).toBe(true);
  }
  expect(await brokenRules()).toEqual([]);

  await dialog.getByLabel('Amount').fill('0');
  await dialog.getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByText('Enter an amount above zero.').waitFor();
  await dialog.getByLabel('Amount').fill('27.5');
  await dialog.getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByText('The bill & its lines were made.').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Event Made').waitFor();
  await page.getByText('Harbor Foods, Inc.: 4550').waitFor();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByText('USD 1,000,027.50').waitFor();
});

test('Escape closes a modal and gives the focus back', async () => {
  await page.goto(ACCOUNT);
  await page.getByRole('button', { name: 'Make Bill' }).click();
  await page.getByRole('dialog').getByText('Thermal sensor').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.closest('sandbox-app') !== null)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Make a bill' }).waitFor();
});

test('the standard Edit action saves, and shows what the org refuses beside the field', async () => {
  await page.goto(ACCOUNT);
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Harbor Foods, Inc.' });
  await dialog.getByLabel('Phone').fill('bad');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Enter a phone number.').waitFor();
  await dialog.getByLabel('Phone').fill('+49 30 1');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('+49 30 1').first().waitFor();
});

test('lists show the views and columns of the package, sort, and link to records', async () => {
  await page.goto('/lightning/o/Bill__c/list');
  await page.getByRole('heading', { name: 'All Bills' }).waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(10);
  expect(await brokenRules()).toEqual([]);
  await page.getByRole('button', { name: 'Select a list view' }).click();
  await page.getByRole('menuitem', { name: 'Open Bills' }).click();
  await page.getByRole('heading', { name: 'Open Bills' }).waitFor();
  await page.getByText('4 items').waitFor();
  await page.getByRole('columnheader', { name: 'Total' }).getByRole('button').first().click();
  await page.getByText('4 items • Sorted by Total').waitFor();
  await page.getByRole('link', { name: 'B-2' }).click();
  await page.getByRole('heading', { name: /B-2/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Open Bills' }).waitFor();
});

test('home is the page the app activates', async () => {
  await page.goto(ACCOUNT);
  await page.getByRole('heading', { name: /Harbor Foods/ }).waitFor();
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByText('Welcome').waitFor();
  await page.getByRole('link', { name: 'Harbor Foods, Inc.' }).first().waitFor();
  await page.getByRole('heading', { name: 'Open Bills' }).waitFor();
  expect(await brokenRules()).toEqual([]);
});

test('what is missing or forbidden is said, and another user sees what that user may', async () => {
  await page.goto('/lightning/r/Bill__c/a0B0000000000ZZAAA/view');
  await page.getByText("This record doesn't exist").waitFor();
  await page.getByRole('button', { name: 'View profile of Riley Rep' }).click();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: /Noor Nobody/ }).click()]);
  await page.getByRole('button', { name: 'View profile of Noor Nobody' }).waitFor();
  await page.goto(ACCOUNT);
  await page.getByText("You don't have access to this record").waitFor();
  expect(await page.getByRole('link', { name: 'Bills' }).count()).toBe(0);
  expect(await brokenRules()).toEqual([]);
});

test('the sandbox strip runs the sync, moves the clock and links to the stand-ins', async () => {
  await page.goto('/');
  expect(await page.getByRole('link', { name: 'Stripe stand-in' }).getAttribute('href')).toBe('http://127.0.0.1:1/');
  await page.getByRole('button', { name: 'Run the nightly sync' }).click();
  await page.getByText('The sync checked 3 invoices.').waitFor();
  await page.getByRole('button', { name: 'Move the clock by 1 day' }).click();
  await page.getByText('The clock moved by one day.').waitFor();
});

test('planted foreign code is blocked and reported', async () => {
  await page.goto('/');
  await page.getByText('Welcome').waitFor();
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('script'), { src: 'https://cdn.example.com/lib.js' })),
  );
  await expect.poll(reports).toContain('https://cdn.example.com/lib.js');
  errors = [];
  blocked = ['https://cdn.example.com/lib.js'];
});
